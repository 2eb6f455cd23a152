"""Internet services, Wi-Fi, badges, keys and doors."""

from .door import Door, DoorRight, Passage
from .service import FixedAddress, InternetService
from .token import Credential
from .wifi import RadiusServer, WifiAccount, WifiSession, WifiTotal

__all__ = [
    "Credential",
    "Door",
    "DoorRight",
    "FixedAddress",
    "InternetService",
    "Passage",
    "RadiusServer",
    "WifiAccount",
    "WifiSession",
    "WifiTotal",
]
