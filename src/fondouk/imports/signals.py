"""What imports announce."""

from django.dispatch import Signal

rows_written = Signal()
"""An import, or its undo, has written all its rows, in the transaction that does. `keys`: a set of keys by model; the rows
were made, changed or removed. What is worked out from such rows is worked out again now; an `IntegrityError`, or a
`BookOvertaken`, refuses the whole. `is_undo` says which of the two.
"""
