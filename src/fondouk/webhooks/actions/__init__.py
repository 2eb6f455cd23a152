"""What can be done with webhooks."""

from .delivering import TRIES, NotDelivered, deliver
from .keeping import (
    add_endpoint,
    change_endpoint,
    remove_endpoint,
    rotate_secret,
    send_again,
    send_failed_again,
    switch,
)
from .telling import announce, send_test

__all__ = [
    "TRIES",
    "NotDelivered",
    "add_endpoint",
    "announce",
    "change_endpoint",
    "deliver",
    "remove_endpoint",
    "rotate_secret",
    "send_again",
    "send_failed_again",
    "send_test",
    "switch",
]
