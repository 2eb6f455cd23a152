"""Who issues an invoice and to whom, as the paper says it: frozen onto it at issue (CGI, art. 145-III)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from fondouk.billing.models import Customer, Profile
from fondouk.companies.enums import LegalForm
from fondouk.companies.models import LegalIdentity, Residency
from fondouk.lib.identifiers import rib_to_iban

MOROCCO = "MA"


@dataclass(frozen=True)
class Missing:
    """`what` is missing of a party. Without it nothing is issued, unless it `is_warning`."""

    what: str
    is_warning: bool = False


def seller_of(profile: Profile) -> dict[str, Any]:
    """What the paper says of whoever issues it."""
    operator = profile.operator
    return {
        "name": operator.name,
        "ice": operator.ice,
        "rc": operator.rc,
        "if": operator.if_number,
        "tp": operator.tp,
        "cnss": operator.cnss,
        "capital": f"{profile.capital:.2f}" if profile.capital is not None else "",
        "address": operator.address.strip(),
        "city": profile.city,
        "postal_code": profile.postal_code,
        "country": MOROCCO,
        "email": profile.email,
        "phone": profile.phone,
        "bank": profile.bank,
        "rib": profile.rib,
        "iban": rib_to_iban(profile.rib) if profile.rib else "",
    }


def buyers(customers: Collection[Customer], day: date) -> dict[int, dict[str, Any]]:
    """By key of customer, what the paper says of them: companies under the legal identity of that day. Where no address is
    given, that of the site where they are hosted: the last one there is.
    """
    companies = [one.company_id for one in customers if one.company_id]
    identities = {one.company_id: one for one in LegalIdentity.objects.on(day).filter(company__in=companies)}
    stays = Residency.objects.filter(company__in=companies).select_related("site")
    hosted = {stay.company_id: stay.site for stay in stays.order_by("period", "pk")}
    found = {}
    for customer in customers:
        identity = identities.get(customer.company_id or 0)
        site = hosted.get(customer.company_id or 0)
        address, city = customer.address.strip(), customer.city
        if not address and site is not None:
            address, city = site.address.strip(), city or site.city
        found[customer.pk] = {
            "name": identity.legal_name if identity else _plain_name(customer),
            "form": str(LegalForm(identity.legal_form).label) if identity and identity.legal_form else "",
            "ice": identity.ice if identity else "",
            "rc": identity.rc if identity else "",
            "if": identity.if_number if identity else "",
            "address": address,
            "city": city,
            "postal_code": customer.postal_code,
            "country": MOROCCO,
            "email": customer.main_email,
        }
    return found


def _plain_name(customer: Customer) -> str:
    return customer.company.name if customer.company else str(customer.person)


def missing_of(seller: dict[str, Any], buyer: dict[str, Any], *, is_company: bool) -> list[Missing]:
    """What the law wants on the paper and nobody has told."""
    wanted = {
        "address": _("the operator’s address"), "city": _("the operator’s city"), "ice": _("the operator’s ICE"),
        "if": _("the operator’s IF"), "tp": _("the operator’s TP"),
    }  # fmt: skip
    found = [Missing(what) for name, what in wanted.items() if not seller[name]]
    if not buyer["address"]:
        found.append(Missing(_("the customer’s address")))
    if is_company and not buyer["ice"]:
        found.append(Missing(_("the customer’s ICE"), is_warning=True))
    if not seller["rib"]:
        found.append(Missing(_("the operator’s RIB"), is_warning=True))
    return found
