"""How django-allauth meets our persons: nobody signs up, people are invited."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "email_taken": _("Another account has this address."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code is not right. Codes change every 30 seconds."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_user_search_fields(self) -> list[str]:
        return ["email"]

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Sign-in and sign-out speak for themselves; what needs saying is on the page."""

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("my_account")

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the address the operator gave, never at one that a request names."""
        return settings.PUBLIC_URL + reverse("account_reset_password_from_key", args=key.split("-", 1))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return settings.PUBLIC_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def render_mail(self, template_prefix: str, *args: Any, **kwargs: Any) -> Any:
        """Our own letters: "account/email/password_reset_key" is people/mail/password_reset_key."""
        return super().render_mail(f"people/mail/{template_prefix.rpartition('/')[2]}", *args, **kwargs)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        labels = {
            "reauthenticate": _("With the password"),
            "mfa_reauthenticate": _("With a code of the application"),
            "mfa_reauthenticate:webauthn": _("With a passkey"),
        }
        return [
            {**method, "description": labels.get(method["id"], method["description"])}
            for method in super().get_reauthentication_methods(user)
        ]


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """The operator's identity provider opens existing accounts only."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whoever the provider vouches for and nobody has invited is told so, on a page of ours."""
        raise ImmediateHttpResponse(render(request, "people/account/closed.html", status=403))

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        raise ImmediateHttpResponse(redirect("socialaccount_login_error"))


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Codes change every 30 seconds."),
        "cannot_delete_authenticator": _("The second factor cannot be switched off now."),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Fondouk"}

    def build_totp_svg(self, url: str) -> str:
        """On a white ground of its own: a camera must read it in the dark theme too."""
        import qrcode
        from qrcode.image.svg import SvgPathFillImage

        out = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(out)
        return out.getvalue().decode()
