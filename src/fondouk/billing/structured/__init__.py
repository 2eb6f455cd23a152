"""An issued invoice as data for machines: EN 16931 in both of its syntaxes, UN/CEFACT CII (for Factur-X) and UBL 2.1."""

from .cii import to_cii
from .facturx import FILE_NAME, with_schema
from .ubl import to_ubl

__all__ = ["FILE_NAME", "to_cii", "to_ubl", "with_schema"]
