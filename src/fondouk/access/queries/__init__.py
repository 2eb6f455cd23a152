"""Questions about access."""

from .doors import may_pass
from .wifi import Admission, admission, may_stay, service_on, totals_of

__all__ = ["Admission", "admission", "may_pass", "may_stay", "service_on", "totals_of"]
