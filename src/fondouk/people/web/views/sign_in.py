"""django-allauth's views that need something of ours."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import translation


class SignIn(LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "providers": providers(self.request)}

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> Any:
        response = super().render_to_response(context, **kwargs)
        origins = [origin for provider in context["providers"] if (origin := origin_of(provider))]
        if origins:
            # Browsers hold a form to `form-action` also where the answer sends it on, here to the provider.
            response._csp_update = {"form-action": origins}
        return response


def providers(request: HttpRequest) -> list[Any]:
    """The operator's own identity providers, as configured."""
    apps = get_adapter().list_apps(request, provider="openid_connect")
    return [get_adapter().get_provider(request, app.provider_id) for app in apps]


def origin_of(provider: Any) -> str:
    """Where the provider lives: "https://id.example.ma"."""
    parts = urlsplit(provider.app.settings.get("server_url", ""))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


class OneCallback(OpenIDConnectOAuth2Adapter):
    """The provider is told one address to come back to, whatever language the visitor reads."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        with translation.override(settings.LANGUAGE_CODE):
            return str(super().get_callback_url(request, app))


# The way there and the way back ask the provider for the same address (RFC 6749, 4.1.3): both go through this class.
OpenIDConnectProvider.oauth2_adapter_class = OneCallback


def openid_sign_in(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    try:
        return OAuth2LoginView.adapter_view(OneCallback(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error


def openid_callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    try:
        return OAuth2CallbackView.adapter_view(OneCallback(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
