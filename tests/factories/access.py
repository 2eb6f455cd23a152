"""Networks, badges and doors, as the actions make them."""

from __future__ import annotations

from typing import Any

from fondouk.access.actions import add_server, issue, save_door, save_service
from fondouk.access.models import Credential, Door, InternetService, RadiusServer
from fondouk.companies.models import Company

from .people import PersonFactory
from .sites import SiteFactory
from .values import since


def service(company: Company, *addresses: str, **values: Any) -> InternetService:
    """On the company's own site, network 100 unless told otherwise."""
    said = {"site": company.residencies.get().site, "network": 100, "period": since(), **values}
    return save_service(InternetService(company=company, **said), addresses, by=PersonFactory())


def server(site: Any) -> tuple[RadiusServer, str]:
    made = RadiusServer(site=site, label="Bornes du bâtiment A")
    return made, add_server(made, by=PersonFactory())


def badge(**values: Any) -> Credential:
    said = {"number": "0042", **values}
    said.setdefault("site", said["company"].residencies.get().site if said.get("company") else SiteFactory())
    return issue(Credential(**said), by=PersonFactory())


def door(**values: Any) -> tuple[Door, str]:
    said = {"name": "Porte du hall", **values}
    said.setdefault("site", None)
    said["site"] = said["site"] or SiteFactory()
    made = Door(**said)
    return made, save_door(made, by=PersonFactory())
