"""Addresses of people: signing in, one's own account, the register of processings.

django-allauth's names, our addresses and templates. What it could also do (signing up, usernames, telephone
numbers) is left out; `account_signup` exists because it is linked to by name, and says that it is closed.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from django.urls import path, re_path

from .forms import accounts as forms
from .views import my_account, processings, retention, sign_in


def at(name: str) -> str:
    return f"people/account/{name}.html"


entrance = [
    path(
        "sign-in/",
        sign_in.SignIn.as_view(form_class=forms.SignInForm, template_name=at("sign_in")),
        name="account_login",
    ),
    path("sign-out/", account.LogoutView.as_view(template_name=at("sign_out")), name="account_logout"),
    path(
        "sign-up/",
        account.SignupView.as_view(template_name=at("closed"), template_name_signup_closed=at("closed")),
        name="account_signup",
    ),
    path(
        "sign-in/second-factor/",
        mfa.AuthenticateView.as_view(form_class=forms.CodeForm, template_name=at("second_factor")),
        name="mfa_authenticate",
    ),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/openid/<slug:provider_id>/", sign_in.openid_sign_in, name="openid_connect_login"),
    path(
        "sign-in/openid/<slug:provider_id>/callback/", sign_in.openid_callback, name="openid_connect_callback"
    ),
    path(
        "sign-in/cancelled/",
        social.LoginCancelledView.as_view(template_name=at("provider_cancelled")),
        name="socialaccount_login_cancelled",
    ),
    path(
        "sign-in/error/",
        social.LoginErrorView.as_view(template_name=at("provider_error")),
        name="socialaccount_login_error",
    ),
    path(
        "sign-in/unknown/",
        social.SignupView.as_view(template_name=at("closed"), template_name_signup_closed=at("closed")),
        name="socialaccount_signup",
    ),
    path(
        "account/inactive/",
        account.AccountInactiveView.as_view(template_name=at("inactive")),
        name="account_inactive",
    ),
]

reset = [
    path(
        "password/",
        account.PasswordResetView.as_view(form_class=forms.ResetPasswordForm, template_name=at("reset")),
        name="account_reset_password",
    ),
    path(
        "password/sent/",
        account.PasswordResetDoneView.as_view(template_name=at("reset_sent")),
        name="account_reset_password_done",
    ),
    path(
        "password/changed/",
        account.PasswordResetFromKeyDoneView.as_view(template_name=at("reset_done")),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.PasswordResetFromKeyView.as_view(
            form_class=forms.ResetPasswordKeyForm, template_name=at("reset_new")
        ),
        name="account_reset_password_from_key",
    ),
]

mine = [
    path("account/", my_account.my_account, name="my_account"),
    path("account/data/", my_account.my_data, name="my_data"),
    path("account/tokens/", my_account.my_tokens, name="my_tokens"),
    path("account/tokens/<int:pk>/revocation/", my_account.my_token_revocation, name="my_token_revocation"),
    path(
        "account/confirmation/",
        account.ReauthenticateView.as_view(form_class=forms.ReauthenticateForm, template_name=at("confirm")),
        name="account_reauthenticate",
    ),
    path(
        "account/confirmation/code/",
        mfa.ReauthenticateView.as_view(form_class=forms.ReauthenticateCodeForm, template_name=at("confirm")),
        name="mfa_reauthenticate",
    ),
    path(
        "account/confirmation/passkey/",
        passkeys.ReauthenticateWebAuthnView.as_view(template_name=at("confirm_passkey")),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "account/email/",
        account.EmailView.as_view(form_class=forms.ChangeEmailForm, template_name=at("email")),
        name="account_email",
    ),
    path(
        "account/email/sent/",
        account.EmailVerificationSentView.as_view(template_name=at("email_sent")),
        name="account_email_verification_sent",
    ),
    re_path(
        r"^account/email/(?P<key>[-:\w]+)/$",
        account.ConfirmEmailView.as_view(template_name=at("email_confirm")),
        name="account_confirm_email",
    ),
    path(
        "account/password/",
        account.PasswordChangeView.as_view(form_class=forms.ChangePasswordForm, template_name=at("password")),
        name="account_change_password",
    ),
    path(
        "account/password/first/",
        account.PasswordSetView.as_view(form_class=forms.SetPasswordForm, template_name=at("password")),
        name="account_set_password",
    ),
    path(
        "account/providers/",
        social.ConnectionsView.as_view(template_name=at("providers")),
        name="socialaccount_connections",
    ),
]

security = [
    path("account/security/", mfa.IndexView.as_view(template_name=at("security")), name="mfa_index"),
    path(
        "account/security/application/",
        totp.ActivateTOTPView.as_view(form_class=forms.ActivateCodeForm, template_name=at("application")),
        name="mfa_activate_totp",
    ),
    path(
        "account/security/application/removal/",
        totp.DeactivateTOTPView.as_view(template_name=at("application_removal")),
        name="mfa_deactivate_totp",
    ),
    path(
        "account/security/codes/",
        codes.ViewRecoveryCodesView.as_view(template_name=at("codes")),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/security/codes/new/",
        codes.GenerateRecoveryCodesView.as_view(template_name=at("codes_new")),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/security/codes/file/",
        codes.DownloadRecoveryCodesView.as_view(template_name="people/account/codes.txt"),
        name="mfa_download_recovery_codes",
    ),
    path(
        "account/security/passkeys/",
        passkeys.ListWebAuthnView.as_view(template_name=at("passkeys")),
        name="mfa_list_webauthn",
    ),
    path(
        "account/security/passkeys/new/",
        passkeys.AddWebAuthnView.as_view(form_class=forms.AddPasskeyForm, template_name=at("passkey_new")),
        name="mfa_add_webauthn",
    ),
    path(
        "account/security/passkeys/<int:pk>/",
        passkeys.EditWebAuthnView.as_view(form_class=forms.RenamePasskeyForm, template_name=at("passkey")),
        name="mfa_edit_webauthn",
    ),
    path(
        "account/security/passkeys/<int:pk>/removal/",
        passkeys.RemoveWebAuthnView.as_view(template_name=at("passkey_removal")),
        name="mfa_remove_webauthn",
    ),
]

register = [
    path("settings/processings/", processings.processing_list, name="processings"),
    path("settings/processings/new/", processings.processing_form, name="processing_new"),
    path("settings/processings/usual/", processings.usual_processings, name="processings_usual"),
    path("settings/processings/export.csv", processings.processing_file, name="processings_export"),
    path("settings/processings/retention/", retention.retention, name="retention"),
    path("settings/processings/<int:pk>/", processings.processing_form, name="processing"),
]

urlpatterns = [*entrance, *reset, *mine, *security, *register]
