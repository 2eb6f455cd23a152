"""Rows for tests, made by factory_boy.

`CompanyFactory(name="Khettara")`, `staff("reception", site)`, `owner_of(company)`. Factories write rows as
they are, without actions: no audit, no mail. Whatever a test does not name is plausible, valid and different
from one row to the next. Dates are counted from the local day, as the application does.
"""

from .companies import (
    CompanyDocumentFactory,
    CompanyFactory,
    FigureFactory,
    LegalIdentityFactory,
    MembershipFactory,
    ResidencyFactory,
    SectorAssignmentFactory,
    SectorFactory,
    hosted_company,
    owner_of,
)
from .contracts import ContractFactory, ContractLineFactory
from .frameworks import (
    BookFactory,
    ImportFactory,
    JobFactory,
    MessageFactory,
    StoredFileFactory,
    finished_job,
)
from .people import (
    AccountFactory,
    InvitationFactory,
    PersonEmailFactory,
    PersonFactory,
    ProcessingFactory,
    SavedFilterFactory,
    TokenFactory,
)
from .public_site import FollowUpFactory, NewsFactory, ProspectFactory, QuestionFactory, TourFactory
from .sites import (
    BuildingFactory,
    FeastFactory,
    FloorFactory,
    GrantFactory,
    HoursOverrideFactory,
    NetworkFactory,
    OpeningHoursFactory,
    OperatorFactory,
    SiteFactory,
    SitePhaseFactory,
    staff,
)
from .spaces import PartFactory, ResourceFactory, ResourceRateFactory
from .values import ice, since

__all__ = [
    "AccountFactory",
    "BookFactory",
    "BuildingFactory",
    "CompanyDocumentFactory",
    "CompanyFactory",
    "ContractFactory",
    "ContractLineFactory",
    "FeastFactory",
    "FigureFactory",
    "FloorFactory",
    "FollowUpFactory",
    "GrantFactory",
    "HoursOverrideFactory",
    "ImportFactory",
    "InvitationFactory",
    "JobFactory",
    "LegalIdentityFactory",
    "MembershipFactory",
    "MessageFactory",
    "NetworkFactory",
    "NewsFactory",
    "OpeningHoursFactory",
    "OperatorFactory",
    "PartFactory",
    "PersonEmailFactory",
    "PersonFactory",
    "ProcessingFactory",
    "ProspectFactory",
    "QuestionFactory",
    "ResidencyFactory",
    "ResourceFactory",
    "ResourceRateFactory",
    "SavedFilterFactory",
    "SectorAssignmentFactory",
    "SectorFactory",
    "SiteFactory",
    "SitePhaseFactory",
    "StoredFileFactory",
    "TokenFactory",
    "TourFactory",
    "finished_job",
    "hosted_company",
    "ice",
    "owner_of",
    "since",
    "staff",
]
