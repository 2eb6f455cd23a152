"""Methods of other fields, as pure functions on plain values: no Django, no noun of the house."""
