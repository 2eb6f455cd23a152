"""Questions about access."""

from .doors import may_pass
from .wifi import Admission, admission, service_on, totals_of

__all__ = ["Admission", "admission", "may_pass", "service_on", "totals_of"]
