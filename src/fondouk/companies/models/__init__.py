"""Companies: who they are in law, where they are hosted, who works there, what they declare."""

from .campaign import FigureCampaign, FigureRequest
from .company import Company, CompanyGroup, CompanyKind, GroupMembership, Stewardship, label_of
from .document import CompanyDocument, CompanyNote
from .figure import Figure
from .identity import LegalIdentity
from .membership import Membership
from .merge import CompanyMerge
from .residency import Residency
from .sector import Sector, SectorAssignment, SectorSynonym, StageAssignment

__all__ = [
    "Company",
    "CompanyDocument",
    "CompanyGroup",
    "CompanyKind",
    "CompanyMerge",
    "CompanyNote",
    "Figure",
    "FigureCampaign",
    "FigureRequest",
    "GroupMembership",
    "LegalIdentity",
    "Membership",
    "Residency",
    "Sector",
    "SectorAssignment",
    "SectorSynonym",
    "StageAssignment",
    "Stewardship",
    "label_of",
]
