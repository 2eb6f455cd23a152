"""What can be done with the network's figures."""

from .editions import TooFewChanged, publish_edition, withdraw_edition
from .official import correct_official, note_official

__all__ = ["TooFewChanged", "correct_official", "note_official", "publish_edition", "withdraw_edition"]
