"""What a row of a book means for companies, with their contacts, residencies and figures."""

from .book import CompanyBook
from .kind import COMPANIES

__all__ = ["COMPANIES", "CompanyBook"]
