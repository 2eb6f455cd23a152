"""Reading billing: who operates a site, who a paper is from and to, rates on a day, what is due, the proof of numbers."""

from .deferred import deferred_income
from .finance import Finance, finance
from .journal import Posting, VatDue, closed_until, journal, vat_due
from .listing import (
    Account,
    Age,
    account_of,
    ageing,
    customer_of_company,
    in_state,
    listed,
    open_of,
    state_of,
)
from .matching import CERTAIN, Proposal, best_of, propose
from .operators import Operated, operated
from .parties import Missing, buyers, missing_of, seller_of
from .rates import rates_on, usual_codes
from .review import Difference, Oddity, Reviewed, review
from .statement import Movement, statement
from .verification import Fault, verify

__all__ = [
    "CERTAIN",
    "Account",
    "Age",
    "Difference",
    "Fault",
    "Finance",
    "Missing",
    "Movement",
    "Oddity",
    "Operated",
    "Posting",
    "Proposal",
    "Reviewed",
    "VatDue",
    "account_of",
    "ageing",
    "best_of",
    "buyers",
    "closed_until",
    "customer_of_company",
    "deferred_income",
    "finance",
    "in_state",
    "journal",
    "listed",
    "missing_of",
    "open_of",
    "operated",
    "propose",
    "rates_on",
    "review",
    "seller_of",
    "state_of",
    "statement",
    "usual_codes",
    "vat_due",
    "verify",
]
