"""Reading the network's figures."""

from .records import Record, records
from .report import Report, report, work_out, years_known
from .scope import Scope

__all__ = ["Record", "Report", "Scope", "records", "report", "work_out", "years_known"]
