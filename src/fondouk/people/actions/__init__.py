"""What can be done to persons and accounts."""

from .accounts import close_account, create_account, open_account_of, reopen_account
from .invitations import (
    InvitationClosed,
    accept_invitation,
    create_invitation,
    find_invitation,
    join_by_invitation,
    setup_link,
    setup_secret,
    withdraw_invitation,
)
from .persons import change_person, create_person, set_main_email
from .privacy import collect_data, erase_person
from .processings import add_usual_processings, save_processing
from .retention import apply_retention, retention_standing, set_retention
from .tokens import create_token, find_token, revoke_token

__all__ = [
    "InvitationClosed",
    "accept_invitation",
    "add_usual_processings",
    "apply_retention",
    "change_person",
    "close_account",
    "collect_data",
    "create_account",
    "create_invitation",
    "create_person",
    "create_token",
    "erase_person",
    "find_invitation",
    "find_token",
    "join_by_invitation",
    "open_account_of",
    "reopen_account",
    "retention_standing",
    "revoke_token",
    "save_processing",
    "set_main_email",
    "set_retention",
    "setup_link",
    "setup_secret",
    "withdraw_invitation",
]
