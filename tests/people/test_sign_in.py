"""Coming in: password, second factor, too many attempts, the operator's own identity provider."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.urls import reverse

from fondouk.people.actions import create_account
from fondouk.people.web.adapters import SocialAccountAdapter
from tests.factories import AccountFactory, PersonFactory, staff
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client, email, password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": email, "password": password, **extra})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_password_opens_the_account(client):
    account = AccountFactory()
    answer = sign_in(client, account.email)
    assert (answer.status_code, answer.url) == (302, reverse("home"))
    assert is_signed_in(client)


def test_case_of_the_address_does_not_matter(client):
    person = PersonFactory()
    create_account(person=person, email="Salma.Idrissi@example.ma", password=PASSWORD, by=None)
    sign_in(client, "salma.idrissi@EXAMPLE.ma")
    assert is_signed_in(client)
    assert person.main_email == "Salma.Idrissi@example.ma"


def test_next_page_is_kept(client):
    account = AccountFactory()
    assert sign_in(client, account.email, next="/fr/account/").url == "/fr/account/"


def test_next_page_elsewhere_is_not_followed(client):
    account = AccountFactory()
    assert sign_in(client, account.email, next="https://example.org/").url == reverse("home")


@pytest.mark.parametrize("email", ["known@example.ma", "unknown@example.ma"])
def test_wrong_password_and_unknown_address_get_the_same_answer(client, email):
    AccountFactory(email="known@example.ma")
    answer = sign_in(client, email, "wrong")
    assert answer.context["form"].non_field_errors() == ["The e-mail address or the password is not right."]
    assert not is_signed_in(client)


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["fondouk_language"] = "en"
    from django.utils import translation

    with translation.override("en"):
        yield


def test_after_five_failures_the_right_password_has_to_wait(client):
    account = AccountFactory()
    for _ in range(5):
        sign_in(client, account.email, "wrong")
    answer = sign_in(client, account.email)
    assert answer.context["form"].non_field_errors() == [
        "Too many attempts. Wait five minutes, then try again."
    ]
    assert not is_signed_in(client)


def test_failures_of_one_account_do_not_lock_another(client):
    locked, other = AccountFactory(), AccountFactory()
    for _ in range(5):
        sign_in(client, locked.email, "wrong")
    sign_in(client, other.email)
    assert is_signed_in(client)


def test_closed_account_is_told_so_only_with_the_right_password(client):
    account = AccountFactory(is_active=False)
    assert sign_in(client, account.email).url == reverse("account_inactive")
    assert not is_signed_in(client)


def test_person_without_password_cannot_sign_in_with_an_empty_one(client):
    account = AccountFactory(password=None)
    sign_in(client, account.email, "")
    assert not is_signed_in(client)


def test_signing_out_takes_a_post(client):
    client.force_login(AccountFactory())
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


def test_nobody_signs_up(client):
    answer = client.post(
        reverse("account_signup"), {"email": "me@example.ma", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert "People are invited" in answer.content.decode()
    assert not is_signed_in(client)


@pytest.fixture
def secret():
    return totp.generate_totp_secret()


def code_of(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def test_second_factor_is_asked_for_and_opens(client, secret):
    account = AccountFactory()
    totp.TOTP.activate(account, secret)
    assert sign_in(client, account.email).url == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    answer = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert answer.url == reverse("home")
    assert is_signed_in(client)


def test_wrong_code_does_not_open(client, secret):
    account = AccountFactory()
    totp.TOTP.activate(account, secret)
    sign_in(client, account.email)
    answer = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert answer.context["form"].errors["code"] == ["This code is not right. Codes change every 30 seconds."]
    assert not is_signed_in(client)


def test_recovery_code_opens_once(client, secret):
    account = AccountFactory()
    totp.TOTP.activate(account, secret)
    code = RecoveryCodes.activate(account).get_unused_codes()[0]
    for opened in (True, False):
        sign_in(client, account.email)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert is_signed_in(client) is opened
        client.post(reverse("account_logout"))


def test_switching_the_application_on_asks_who_it_is_then_takes_its_code(
    client, django_capture_on_commit_callbacks
):
    account = AccountFactory()
    client.force_login(account)
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert client.post(asked.url, {"password": PASSWORD}).url == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp"))
    assert "data:image/svg+xml" in page.content.decode()
    code = code_of(page.context["form"].secret)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code})
    kinds = set(Authenticator.objects.filter(user=account).values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}
    client.post(reverse("account_logout"))
    sign_in(client, account.email)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert not is_signed_in(client)  # it was used to switch it on


def test_passkey_options_are_handed_out_without_signing_in(client):
    answer = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert answer.json()["request_options"]["publicKey"]["userVerification"] == "required"


PROVIDER = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": "Parc",
                "client_id": "fondouk",
                "secret": "s",
                "settings": {"server_url": "https://id.example.ma"},
            }
        ]
    }
}


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_provider_is_told_one_address_whatever_the_language(client, settings, monkeypatch, language):
    settings.SOCIALACCOUNT_PROVIDERS = PROVIDER
    known = {
        f"{what}_endpoint": f"https://id.example.ma/{what}" for what in ("authorization", "token", "userinfo")
    }
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "openid_config", known)
    sent = client.post(f"/{language}/sign-in/openid/oidc/")
    told = parse_qs(urlsplit(sent.url).query)["redirect_uri"][0]
    assert told.endswith("/fr/sign-in/openid/oidc/callback/")


def test_whoever_the_provider_vouches_for_and_nobody_invited_meets_a_page_of_ours(rf):
    with pytest.raises(ImmediateHttpResponse) as met:
        SocialAccountAdapter().is_open_for_signup(rf.get("/fr/"), None)
    assert met.value.response.status_code == 403
    assert "fk-entry" in met.value.response.content.decode()


def test_provider_button_shows_only_when_one_is_configured(client, settings):
    page = client.get(reverse("account_login"))
    assert "openid" not in page.content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": "Park ID",
                    "client_id": "fondouk",
                    "secret": "s",
                    "settings": {"server_url": "https://id.example.ma"},
                }
            ]
        }
    }
    page = client.get(reverse("account_login"))
    assert "Continue with Park ID" in page.content.decode()
    assert "form-action 'self' https://id.example.ma" in page.headers["Content-Security-Policy"]


def test_signed_in_staff_reach_their_account_page(client):
    client.force_login(staff("reception"))
    assert client.get(reverse("my_account")).status_code == 200


def test_account_pages_send_strangers_to_sign_in(client):
    for name in ("my_account", "mfa_index", "account_email", "account_change_password", "mfa_list_webauthn"):
        assert client.get(reverse(name)).url.startswith(reverse("account_login"))
