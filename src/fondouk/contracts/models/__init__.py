"""Hosting contracts: the spaces a company holds, from when to when, at what rent."""

from .contract import Contract, ContractTermination
from .line import ContractLine

__all__ = ["Contract", "ContractLine", "ContractTermination"]
