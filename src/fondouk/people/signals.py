"""Facts that people announces. Every signal but `retention_applied` and `person_joined`
carries `by`, the acting person or None."""

from django.dispatch import Signal

account_created = Signal()
"""`account`, `by`."""

account_closed = Signal()
"""`account`, `by`: it may no longer sign in."""

account_reopened = Signal()
"""`account`, `by`: it may sign in again."""

invitation_created = Signal()
"""`invitation`, `by`."""

invitation_withdrawn = Signal()
"""`invitation`, `by`."""

person_created = Signal()
"""`person`, `by`."""

person_joined = Signal()
"""`placeholder`, `person`: somebody invited turned out to be known. What was given to `placeholder` passes to `person`,
in the same transaction; the placeholder goes afterwards."""

person_changed = Signal()
"""`person`, `fields` (names of those that changed), `by`."""

person_exported = Signal()
"""`person`, `by`: their data were handed out."""

person_erased = Signal()
"""`person`, `by`: sent inside the transaction of the erasure."""

token_created = Signal()
"""`token`, `by`."""

token_revoked = Signal()
"""`token`, `by`."""

processing_saved = Signal()
"""`processing`, `by`."""

retention_decided = Signal()
"""`rules` (codes whose period changed), `by`."""

retention_applied = Signal()
"""`rule` (its code), `count`: so many things of it were removed, in the same transaction."""
