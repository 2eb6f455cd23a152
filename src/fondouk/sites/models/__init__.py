"""The network's operators and sites, their buildings and hours, and who does what for them."""

from .building import Building, Floor
from .feast import Feast
from .grant import Grant
from .hours import HoursOverride, OpeningHours, OverrideHours
from .network import Network
from .operator import Operator, SiteOperator
from .site import Site, SitePhase

__all__ = [
    "Building",
    "Feast",
    "Floor",
    "Grant",
    "HoursOverride",
    "Network",
    "OpeningHours",
    "Operator",
    "OverrideHours",
    "Site",
    "SiteOperator",
    "SitePhase",
]
