"""What each figure means. A definition that changes gets a new version: editions keep the one they were made with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Definition:
    """`term`, `text` and `source` are lazy; `version` counts from 1."""

    code: str
    term: Any
    text: Any
    source: Any
    version: int = 1


_declarations = _("Yearly declarations of the companies")
_stays = _("Register of residencies")
_contracts = _("Hosting contracts and inventory of spaces")

DEFINITIONS = {
    definition.code: definition
    for definition in (
        Definition(
            "hosted", _("Hosted companies"),
            _("Companies whose stay on at least one site covers the last day of the year. One that is on two sites counts once; in a table by site it counts on both."),
            _stays,
        ),
        Definition(
            "headcount", _("People employed"),
            _("Headcounts of the hosted companies at the end of the year, as they declared them. Where a company has not declared that year, its last headcount of the two years before is carried forward, and shown apart. The others are not estimated."),
            _declarations,
        ),
        Definition(
            "women", _("Women"),
            _("Women among the people employed, of the companies that declared both for the year. The share is of the people of those same companies. Nothing is carried forward."),
            _declarations,
        ),
        Definition(
            "under_35", _("Under 35"),
            _("People under 35 among the people employed, of the companies that declared both for the year. The share is of the people of those same companies. Nothing is carried forward."),
            _declarations,
        ),
        Definition(
            "turnover", _("Turnover"),
            _("Turnover before tax of the calendar year, declared by the companies hosted on its last day. What is missing is not estimated: the rate of response says how much that is."),
            _declarations,
        ),
        Definition(
            "exports", _("Exports"),
            _("The part of the turnover made with customers abroad, of the companies that declared any. A company that declared none counts as zero."),
            _declarations,
        ),
        Definition(
            "funds_raised", _("Funds raised"),
            _("Equity and grants received in the calendar year, as declared by the companies hosted on its last day."),
            _declarations,
        ),
        Definition(
            "entries", _("Entries"),
            _("Companies that began a stay in the year without having been hosted in the thirty days before."),
            _stays,
        ),
        Definition(
            "departures", _("Departures"),
            _("Companies whose stay ended in the year and who were not hosted again within thirty days."),
            _stays,
        ),
        Definition(
            "renewal", _("Renewal"),
            _("Entries of the year for each hundred companies hosted on its first day."),
            _stays,
        ),
        Definition(
            "area", _("Offices held"),
            _("Square metres of offices held by a contract on the last day of the year, of all offices in use. Measured on parts: no square metre counts twice."),
            _contracts,
        ),
        Definition(
            "places", _("Coworking places held"),
            _("Places in coworking rooms held by a contract on the last day of the year, of all places in use."),
            _contracts,
        ),
        Definition(
            "survival", _("Survival of hosted companies"),
            _("The share of companies still hosted so long after their entry, by the Kaplan–Meier estimate. Origin: the first day of the stay; gaps of up to thirty days do not interrupt it. Event: the departure from the sites looked at, for whatever reason; it is no closing down. Companies still hosted are censored on the day of the calculation. Those that entered before the beginning of the observation are at risk only from then on (left truncation). The interval is at 95 %, Greenwood on the log-log scale."),
            _stays,
        ),
        Definition(
            "ict_share", _("Share of the national ICT turnover"),
            _("Turnover declared for the year by hosted companies of the ICT sector, over the national ICT turnover without telecoms operators, as its source gives it. The range shows what is missing: at the low end those that did not declare made nothing; at the high end each made as much as the upper quartile of those that did."),
            _("Yearly declarations of the companies, and the official figure named beside it"),
        ),
    )
}  # fmt: skip


def definition(code: str) -> Definition:
    return DEFINITIONS[code]
