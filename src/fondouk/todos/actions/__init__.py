"""What can be done with items: say who deals with them, put them off, take them up again."""

from .notes import assign_items, forget_old, put_off_items

__all__ = ["assign_items", "forget_old", "put_off_items"]
