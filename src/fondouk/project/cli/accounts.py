"""`fondouk user` and `fondouk token`: people who sign in, and machines."""

from __future__ import annotations

import json
import sys
from datetime import datetime, time, timedelta
from typing import Any

import click

from fondouk.lib.emails import BrokenEmail, parse_email
from fondouk.project.cli.errors import Refused
from fondouk.project.cli.session import needs_database


def address(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    try:
        return parse_email(value)
    except BrokenEmail:
        raise click.BadParameter(f"“{value}” is not an e-mail address.") from None


def some_name(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    name = " ".join(value.split())
    if not name:
        raise click.BadParameter("A name is needed.")
    return name


@click.group()
def user() -> None:
    """People who may sign in."""


@user.command("create")
@click.argument("email", callback=address)
@click.option(
    "--name", help="The person's name. Asked for when it is not given.", prompt="Name", callback=some_name
)
@click.option(
    "--role",
    default="administrator",
    show_default=True,
    help="A role of the park; an unknown one lists them all.",
)
@click.option("--site", default="", help="The code of one site. Without it the role is on the whole network.")
@click.option("--language", type=click.Choice(["fr", "ar", "en"]), default="fr", show_default=True)
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input instead of asking twice."
)
@click.option("--json", "as_json", is_flag=True, help="Answer for a machine.")
@needs_database
def create(
    email: str, name: str, role: str, site: str, language: str, password_stdin: bool, as_json: bool
) -> None:
    """Open an account for EMAIL, and give it a role.

    A person already known by this address gets the account; nobody is written twice.
    """
    from fondouk.demo.queries import is_loaded
    from fondouk.sites.enums import Role
    from fondouk.sites.models import Site

    if is_loaded():
        raise Refused("This is the demonstration: an account would go with it. First: fondouk demo clear")
    if role not in Role.values:
        raise click.BadParameter(
            f"“{role}” is no role. Roles: {', '.join(Role.values)}.", param_hint="--role"
        )
    place = Site.objects.filter(code=site).first() if site else None
    if site and place is None:
        known = ", ".join(Site.objects.values_list("code", flat=True)) or "none yet"
        raise click.BadParameter(f"No site has the code “{site}”. Sites: {known}.", param_hint="--site")
    account = _open(email, name, _password(password_stdin), role, place, language)
    answer = {"account": account.pk, "email": account.email, "role": role, "site": site or None}
    click.echo(json.dumps(answer) if as_json else f"{email} may sign in as {role}.")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise click.UsageError("Nobody is there to type a password: send it with --password-stdin.")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


def _open(email: str, name: str, password: str, role: str, site: Any, language: str) -> Any:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from fondouk.people.actions import create_account, create_person
    from fondouk.people.models import Account, Person
    from fondouk.sites.actions import give_role

    if Account.objects.filter(email__iexact=email).exists():
        raise Refused(f"{email} has an account already.")
    try:
        validate_password(password)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from None
    with transaction.atomic():
        person = Person.objects.living().filter(account=None).for_email(email).first()
        person = person or create_person(name=name, email=email, language=language, by=None)
        account = create_account(person=person, email=email, password=password, by=None)
        give_role(person, role=role, site=site, by=None)
    return account


@click.group()
def token() -> None:
    """Keys for machines that use the API."""


@token.command("create")
@click.argument("email", callback=address)
@click.option(
    "--name", required=True, help="What the token is for, to recognise it later.", callback=some_name
)
@click.option("--days", type=click.IntRange(1, 3650), help="How long it lives. Without it: until revoked.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(["bookings"]),
    help="What it may do besides reading.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer for a machine.")
@needs_database
def create_for(email: str, name: str, days: int | None, scopes: tuple[str, ...], as_json: bool) -> None:
    """Make a token that speaks for the account of EMAIL. It is shown once."""
    from django.utils import timezone

    from fondouk.people.actions import create_token
    from fondouk.people.models import Account

    account = Account.objects.filter(email__iexact=email, is_active=True).first()
    if account is None:
        raise Refused(f"No account that may sign in has the address {email}.")
    expires = None
    if days:
        last = timezone.localdate() + timedelta(days=days)
        expires = timezone.make_aware(datetime.combine(last, time()))
    made, secret = create_token(account, name=name, expires_at=expires, scopes=scopes, by=None)
    if as_json:
        answer = {"token": secret, "name": name, "account": email, "expires_at": made.expires_at}
        click.echo(json.dumps(answer, default=str))
    else:
        click.echo(f"{secret}\nKeep it now: it is not shown again.")
