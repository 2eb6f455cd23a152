"""What can be done with companies."""

from .documents import add_document, remove_document, write_note
from .figures import FigureRefused, declare_figures
from .merging import CannotSeparate, merge_companies, undo_merge
from .records import (
    assign_sector,
    assign_stage,
    assign_steward,
    assign_stewards,
    change_company,
    create_company,
    set_identity,
)
from .residencies import close_residency, open_residency
from .team import add_member, end_membership

__all__ = [
    "CannotSeparate",
    "FigureRefused",
    "add_document",
    "add_member",
    "assign_sector",
    "assign_stage",
    "assign_steward",
    "assign_stewards",
    "change_company",
    "close_residency",
    "create_company",
    "declare_figures",
    "end_membership",
    "merge_companies",
    "open_residency",
    "remove_document",
    "set_identity",
    "undo_merge",
    "write_note",
]
