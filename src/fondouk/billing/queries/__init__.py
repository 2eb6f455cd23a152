"""Reading billing: who operates a site, who a paper is from and to, rates on a day, the proof of numbers."""

from .operators import Operated, operated
from .parties import Missing, buyers, missing_of, seller_of
from .rates import rates_on, usual_codes
from .verification import Fault, verify

__all__ = [
    "Fault",
    "Missing",
    "Operated",
    "buyers",
    "missing_of",
    "operated",
    "rates_on",
    "seller_of",
    "usual_codes",
    "verify",
]
