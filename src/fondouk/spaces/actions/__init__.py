"""What can be done with the inventory."""

from .resources import change_resource, create_resource, restore_resource, set_rate, withdraw_resource

__all__ = ["change_resource", "create_resource", "restore_resource", "set_rate", "withdraw_resource"]
