"""What can be done with companies."""

from .campaigns import (
    CampaignClosed,
    answer_request,
    close_campaign,
    note_opening,
    open_campaign,
    reopen_campaign,
    write_request,
)
from .documents import add_document, change_document, remove_document, write_note
from .figures import FigureRefused, declare_figures
from .merging import CannotSeparate, merge_companies, undo_merge
from .records import (
    assign_kinds,
    assign_sector,
    assign_stage,
    assign_steward,
    assign_stewards,
    change_company,
    create_company,
    set_identity,
)
from .residencies import change_residency, close_residency, open_residency, remove_residency
from .team import add_member, change_member, end_membership

__all__ = [
    "CampaignClosed",
    "CannotSeparate",
    "FigureRefused",
    "add_document",
    "add_member",
    "answer_request",
    "assign_kinds",
    "assign_sector",
    "assign_stage",
    "assign_steward",
    "assign_stewards",
    "change_company",
    "change_document",
    "change_member",
    "change_residency",
    "close_campaign",
    "close_residency",
    "create_company",
    "declare_figures",
    "end_membership",
    "merge_companies",
    "note_opening",
    "open_campaign",
    "open_residency",
    "remove_document",
    "remove_residency",
    "reopen_campaign",
    "set_identity",
    "undo_merge",
    "write_note",
    "write_request",
]
