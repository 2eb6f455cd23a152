"""What bookings do when a space becomes free: the waiting list moves up."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from fondouk.bookings.actions import promote
from fondouk.spaces.models import Claim
from fondouk.spaces.signals import claims_released


@receiver(claims_released, sender=Claim, dispatch_uid="bookings.promote")
def move_up(sender: Any, spans: Any, **_said: Any) -> None:
    promote(spans)
