"""How a command ends when it does not end well. 0 is done, and 2, a mistake in the command itself, is click's
own.
"""

import click


class Refused(click.ClickException):
    """What was asked is not allowed or does not fit what is there; nothing was written."""

    exit_code = 1


class Unreadable(click.ClickException):
    """The file that was given is not there, is damaged, or is not of the kind that was asked for."""

    exit_code = 3


class Missing(click.ClickException):
    """Something that Fondouk needs is missing; the message says what to do."""

    exit_code = 4
