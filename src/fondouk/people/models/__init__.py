"""Persons, their accounts, and what the law asks to be kept about their data."""

from .account import Account
from .erasure import PersonErasure
from .invitation import Invitation
from .person import Person, PersonEmail
from .processing import Processing
from .retention import RetentionPeriod
from .saved_filter import SavedFilter
from .token import ApiToken

__all__ = [
    "Account",
    "ApiToken",
    "Invitation",
    "Person",
    "PersonEmail",
    "PersonErasure",
    "Processing",
    "RetentionPeriod",
    "SavedFilter",
]
