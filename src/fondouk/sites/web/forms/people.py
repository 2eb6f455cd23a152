"""Persons as the staff enter them, their invitation and their roles."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.lib.fields import EmailAddressField, PhoneField, TypedDateField
from fondouk.lib.text import fold
from fondouk.people.models import Account, Person
from fondouk.people.rules import verdict
from fondouk.sites.enums import ROLE_DESCRIPTIONS, Role
from fondouk.sites.models import Grant, Site
from fondouk.sites.queries import matching_people, people_within

NETWORK = "network"


def free_address(address: str, *, of: Person | None = None) -> str:
    """`address`, unless somebody else signs in with it."""
    others = Account.objects.filter(email__iexact=address)
    if of is not None and of.pk:
        others = others.exclude(person=of)
    if others.exists():
        raise ValidationError(_("Somebody else signs in with this address."))
    return address


class PersonForm(forms.ModelForm):
    email = EmailAddressField(label=_("E-mail address"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)

    class Meta:
        model = Person
        fields = ("name", "name_ar", "phone", "language")
        widgets = {"name_ar": forms.TextInput(attrs={"dir": "rtl", "lang": "ar"})}
        help_texts = {"language": _("In which they are written to.")}
        error_messages = {"name": {"required": _("Give the person a name.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["email"].initial = self.instance.main_email

    def clean(self) -> dict[str, Any]:
        """Several people may share a mailbox, but not one with which somebody else signs in."""
        data = super().clean() or {}
        if data.get("email") and not self.is_known_already(data):
            try:
                free_address(data["email"], of=self.instance)
            except ValidationError as error:
                self.add_error("email", error)
        return data

    def is_known_already(self, data: dict[str, Any]) -> bool:
        return False

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "name_ar", "phone", "language", "email")}


class NewPersonForm(PersonForm):
    invite = forms.BooleanField(
        label=_("Invite them to make an account"),
        required=False,
        help_text=_("A link goes to their address; it works once, for two weeks."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("invite") and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("An invitation needs an address to go to."))
        return data

    def is_known_already(self, data: dict[str, Any]) -> bool:
        named = Person.objects.living().filter(name_folded=fold(data.get("name", "")))
        twins = named.for_email(data["email"])
        if twins.exists():
            self.add_error("name", _("This person is known already, with this address."))
        return twins.exists()


class InvitationForm(forms.Form):
    email = EmailAddressField(label=_("Send it to"))

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"email": person.main_email})
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        return free_address(self.cleaned_data["email"], of=self.person)


class RoleForm(forms.Form):
    """Sites within the reach of whoever gives the role; none means the whole network."""

    role = forms.ChoiceField(
        label=_("Role"),
        widget=forms.RadioSelect,
        choices=[(role.value, role.label) for role in Role],
        error_messages={"required": _("Choose a role.")},
    )
    site = forms.ModelChoiceField(
        label=_("Where"), queryset=Site.objects.all(), required=False, empty_label=_("The whole network")
    )
    until = TypedDateField(label=_("Until"), required=False, help_text=_("Empty: until it is ended."))

    def __init__(self, person: Person, *args: Any, account: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.may_make_administrators = verdict(account, "people.grant_administrator")

    @property
    def roles(self) -> list[dict[str, Any]]:
        """Each role with what it may do, for the radio buttons."""
        return [
            {
                "value": role.value,
                "label": role.label,
                "text": ROLE_DESCRIPTIONS[role],
                "chosen": self["role"].value() == role,
                "denied": "" if self._may_give(role) else self.may_make_administrators.reason,
            }
            for role in Role
        ]

    def _may_give(self, role: str) -> bool:
        return role != Role.ADMINISTRATOR or bool(self.may_make_administrators)

    def clean_role(self) -> str:
        role: str = self.cleaned_data["role"]
        if not self._may_give(role):
            raise ValidationError(self.may_make_administrators.reason)
        return role

    def clean_until(self) -> Any:
        day = self.cleaned_data["until"]
        if day and day < timezone.localdate():
            raise ValidationError(_("This day is past."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "role" in data and not self.errors:
            held = Grant.objects.on(timezone.localdate()).filter(
                person=self.person, role=data["role"], site=data.get("site")
            )
            if held.exists():
                raise ValidationError(_("They have this role there already."))
        return data


class PeopleFilter(filters.FilterSet):
    """The list of people, from what the address says."""

    ACCOUNTS = [("open", _("With an account")), ("invited", _("Invited")), ("none", _("Without account"))]

    q = filters.CharFilter(method="by_words", label=_("Name, e-mail address or phone"))
    role = filters.ChoiceFilter(
        label=_("Role"),
        method="by_role",
        choices=[*Role.choices, ("none", _("No role"))],
        empty_label=_("Any role"),
    )
    at = filters.ChoiceFilter(label=_("Role at"), method="by_site", empty_label=_("Anywhere"))
    account = filters.ChoiceFilter(
        label=_("Account"), method="by_account", choices=ACCOUNTS, empty_label=_("With or without")
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def __init__(self, data: Any, *, account: Any) -> None:
        super().__init__(data, queryset=people_within(account))
        sites = [(site.code, str(site)) for site in Site.objects.visible_to(account)]
        self.filters["at"].extra["choices"] = [(NETWORK, _("The whole network")), *sites]

    def by_words(self, people: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        return matching_people(people, value)

    def by_role(self, people: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        held = Grant.objects.on(timezone.localdate()).filter(person=OuterRef("pk"))
        return people.filter(~Exists(held) if value == "none" else Exists(held.filter(role=value)))

    def by_site(self, people: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        held = Grant.objects.on(timezone.localdate()).filter(person=OuterRef("pk"))
        return people.filter(
            Exists(held.filter(site=None) if value == NETWORK else held.filter(site__code=value))
        )

    def by_account(self, people: Any, name: str, value: str) -> Any:
        if value == "open":
            return people.filter(signs_in=True)
        return people.filter(signs_in=False, is_invited=value == "invited")
