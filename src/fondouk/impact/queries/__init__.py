"""Reading the network's figures."""

from .records import Record, StayRecord, records, stay_records
from .report import Report, report, work_out, years_known
from .scope import Scope

__all__ = [
    "Record",
    "Report",
    "Scope",
    "StayRecord",
    "records",
    "report",
    "stay_records",
    "work_out",
    "years_known",
]
