"""Facts that billing announces: synchronous, in the transaction that makes them true."""

from django.dispatch import Signal

invoice_issued = Signal()
"""`invoice`: it has a number, and will never change."""

lines_credited = Signal()
"""`charges`: keys of charges whose lines an issued credit note has taken back as a whole, to be billed anew. Whoever posted
them may charge anew.
"""

invoice_paid = Signal()
"""`invoice`, `on`: nothing is left to pay of it."""

invoice_unpaid = Signal()
"""`invoice`: it was paid, and what had paid it was taken back."""
