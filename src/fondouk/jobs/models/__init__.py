"""Long work: what was asked, how far it is, how it ended."""

from .job import Job, JobCancellation, JobOutcome, JobProgress

__all__ = ["Job", "JobCancellation", "JobOutcome", "JobProgress"]
