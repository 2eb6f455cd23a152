"""Who may send files."""

from django.utils.translation import gettext_lazy as _

from fondouk.people.rules import define, is_signed_in

define("files.upload", is_signed_in, _("Sign in to send a file."))
