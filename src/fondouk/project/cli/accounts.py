"""`fondouk user` and `fondouk token`: people who sign in, and machines."""

import click


@click.group()
def user() -> None:
    """People who may sign in."""


@click.group()
def token() -> None:
    """Keys for machines that use the API."""
