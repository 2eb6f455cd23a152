"""Hosting contracts: the spaces a company holds, from when to when, at what rent, and what of it has been charged."""

from .charge import LineCharge, ServiceCharge
from .contract import Contract, ContractTermination
from .line import ContractLine
from .service import ContractService

__all__ = [
    "Contract",
    "ContractLine",
    "ContractService",
    "ContractTermination",
    "LineCharge",
    "ServiceCharge",
]
