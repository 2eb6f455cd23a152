"""What a company's owner may do on its own pages, besides what the slices below allow."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.companies.rules import is_owner
from fondouk.people.rules import define

define("portal.details", is_owner, _("Only an owner of the company may change these details."))
