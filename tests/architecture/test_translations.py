"""Every string is said in French and in Arabic."""

from fondouk.project.cli.translations import find_faults


def test_the_catalogues_are_complete() -> None:
    assert [str(fault) for fault in find_faults()] == []
