"""What members do that no slice below does for others."""

from .team import LastOwner, change_membership, join_team, leave_team, return_to_team

__all__ = ["LastOwner", "change_membership", "join_team", "leave_team", "return_to_team"]
