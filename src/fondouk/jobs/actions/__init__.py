"""What can be done with jobs."""

from .asking import MayNotRepeat, UnknownKind, cancel_job, repeat_job, start
from .running import Interrupted, JobBusy, run_job

__all__ = [
    "Interrupted",
    "JobBusy",
    "MayNotRepeat",
    "UnknownKind",
    "cancel_job",
    "repeat_job",
    "run_job",
    "start",
]
