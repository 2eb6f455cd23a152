"""Mail that the network sends."""

from .message import Attempt, Message

__all__ = ["Attempt", "Message"]
