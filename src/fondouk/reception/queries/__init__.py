"""Questions about visits."""

from .desk import Desk, desk_of
from .people import companies_at, hosts_of, sites_of_company, spaces_at

__all__ = ["Desk", "companies_at", "desk_of", "hosts_of", "sites_of_company", "spaces_at"]
