"""Settings, from the environment. `docs/operators.md` lists every variable that may be set."""

import os
from collections.abc import Collection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

import fondouk  # noqa: F401  (time zones first)
from fondouk.runtime.data import DataFolder

SHORTEST_KEY = 32
WORDS = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
}


def flag(name: str, default: bool = False) -> bool:
    typed = os.environ.get(name, "").strip().lower()
    if typed and typed not in WORDS:
        raise ImproperlyConfigured(f"{name}={typed} is neither yes nor no.")
    return WORDS.get(typed, default)


def whole(name: str, default: int) -> int:
    typed = os.environ.get(name, "").strip()
    if typed and not (typed.isascii() and typed.isdecimal()):
        raise ImproperlyConfigured(f"{name}={typed} is not a whole number.")
    return int(typed or default)


def together(*names: str) -> dict[str, str]:
    """Variables of which none or all are set."""
    values = {name: os.environ.get(name, "").strip() for name in names}
    missing = [name for name, value in values.items() if not value]
    if missing and len(missing) < len(names):
        raise ImproperlyConfigured(
            f"{' and '.join(missing)} must be set too: {', '.join(names)} go together."
        )
    return {} if missing else values


def one_of(name: str, default: str, allowed: Collection[str]) -> str:
    typed = os.environ.get(name, "").strip().upper() or default
    if typed not in allowed:
        raise ImproperlyConfigured(f"{name}={typed} is none of {', '.join(allowed)}.")
    return typed


def address(name: str, default: str, *schemes: str) -> str:
    typed = os.environ.get(name, "").strip() or default
    parts = urlsplit(typed)
    if typed and (parts.scheme not in schemes or not parts.netloc):
        raise ImproperlyConfigured(
            f"{name}={typed} is no address that begins with {' or '.join(schemes)}://."
        )
    return typed


def listed(name: str, default: str = "") -> list[str]:
    """Separated by commas. Nothing at all counts as not set."""
    return [item.strip() for item in (os.environ.get(name) or default).split(",") if item.strip()]


PACKAGE = Path(__file__).resolve().parent.parent
DATA = DataFolder.from_environment()

DEBUG = flag("FONDOUK_DEBUG")
SECRET_KEY = os.environ.get("FONDOUK_SECRET_KEY") or DATA.secret_key()
if len(SECRET_KEY) < SHORTEST_KEY:
    raise ImproperlyConfigured(
        f"FONDOUK_SECRET_KEY is too short to be secret: {SHORTEST_KEY} signs at least, at random."
    )
ALLOWED_HOSTS = listed("FONDOUK_HOSTS", "localhost,127.0.0.1,[::1]")
PUBLIC_URL = address(
    "FONDOUK_URL", f"http://localhost:{os.environ.get('PORT', '8000')}", "http", "https"
).rstrip("/")
SECURE = PUBLIC_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL, *listed("FONDOUK_TRUSTED_ORIGINS")]

# Slices, lowest first: see ARCHITECTURE, section 1.
SLICES = [
    "fondouk.ui",
    "fondouk.people",
    "fondouk.audit",
    "fondouk.files",
    "fondouk.jobs",
    "fondouk.documents",
    "fondouk.mail",
    "fondouk.imports",
    "fondouk.search",
    "fondouk.todos",
    "fondouk.sites",
    "fondouk.companies",
    "fondouk.editorial",
    "fondouk.presence",
    "fondouk.billing",
    "fondouk.spaces",
    "fondouk.prospects",
    "fondouk.credits",
    "fondouk.contracts",
    "fondouk.bookings",
    "fondouk.displays",
    "fondouk.reception",
    "fondouk.access",
    "fondouk.webhooks",
    "fondouk.openings",
    "fondouk.requests",
    "fondouk.impact",
    "fondouk.demo",
    "fondouk.console",
    "fondouk.portal",
    "fondouk.public",
    "fondouk.api",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rules",
    *SLICES,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "fondouk.ui.middleware.BoundedBody",
    "fondouk.ui.middleware.PlainQuery",
    "fondouk.ui.middleware.PrivatePages",
    "fondouk.ui.middleware.BusyDatabase",
    "fondouk.ui.middleware.RemovedMeanwhile",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fondouk.public.middleware.KeptPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "fondouk.audit.middleware.AuditMiddleware",
    "fondouk.sites.middleware.ChosenSite",
    "fondouk.ui.middleware.SentAddress",
]

ROOT_URLCONF = "fondouk.project.urls"
WSGI_APPLICATION = "fondouk.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fondouk.ui.context.interface",
                "fondouk.console.context.shell",
            ],
            # Partials outermost, or the partials' loader replaces cotton's and <c-card> reaches the browser
            # raw.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "fondouk.ui.templatetags.fondouk",
            ],
        },
    }
]
COTTON_DIR = "cotton"
COTTON_SNAKE_CASED_NAMES = False

SERVER: dict[str, Any] = dict(dj_database_url.parse(os.environ.get("DATABASE_URL") or DATA.database_url()))
DATABASES = {
    "default": {
        **SERVER,
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            **SERVER.get("OPTIONS", {}),  # what the address says besides, sslmode for one
            # pgtrigger asks for its list at every trigger. Where none is set it catches an error each time: a subtransaction
            # that fails, and so a look through every deferred event of the transaction.
            "options": "-c timezone=UTC -c lock_timeout=10s -c jit=off -c pgtrigger.ignore={}",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHE_URL = address("CACHE_URL", "", "redis", "rediss", "valkey", "valkeys")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
        if CACHE_URL
        # Shared by every process: the limits on sign-in attempts are kept in it.
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    ),
    # Of each process: public pages as they were answered to the last visitor.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 400},
    },
}
PAGES_KEPT_FOR = 60
"""Seconds; 0 keeps none."""

# Languages and time. Dates are formatted by fondouk.lib.formats, never by Django's own locale files.
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("ar", _("Arabic")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "fondouk_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Africa/Casablanca"

# Accounts
AUTH_USER_MODEL = "people.Account"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # the address is unique whatever its capitals, by constraint
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "fondouk.people.passwords.UnlikeThePerson"},
    {
        "NAME": "fondouk.people.passwords.LongEnough",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "fondouk.people.passwords.NotCommon"},
    {"NAME": "fondouk.people.passwords.NotOnlyDigits"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "fondouk.people.web.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "fondouk.people.web.adapters.SocialAccountAdapter"
MFA_ADAPTER = "fondouk.people.web.adapters.MFAAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts come from invitations, which prove the address
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody unknown is written to because somebody typed their address
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "visit_request": "10/h/ip,3/h/key",  # the public form; the key is the mailbox written in it
    "visit_changed": "10/h/key",  # withdrawn and wanted again; the key is the request
}
ALLAUTH_TRUSTED_PROXY_COUNT = whole("FONDOUK_PROXIES", 0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "Fondouk"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, dict] = {}
if OIDC := together("FONDOUK_OIDC_SERVER", "FONDOUK_OIDC_CLIENT", "FONDOUK_OIDC_SECRET"):
    address("FONDOUK_OIDC_SERVER", "", "http", "https")
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": os.environ.get("FONDOUK_OIDC_NAME", "OpenID Connect"),
                "client_id": OIDC["FONDOUK_OIDC_CLIENT"],
                "secret": OIDC["FONDOUK_OIDC_SECRET"],
                "settings": {"server_url": OIDC["FONDOUK_OIDC_SERVER"]},
            }
        ],
    }

# Cookies and headers
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False  # our script sends it as a header with htmx requests
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_SSL_REDIRECT = SECURE and flag("FONDOUK_SSL_REDIRECT")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("FONDOUK_BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "style-src-attr": [NONE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "object-src": [NONE],
    }
}

# Static files: built by `make assets` into fondouk/ui/static/ui/built, gathered into the data folder at
# start.
STATIC_URL = "/static/"
STATIC_ROOT = DATA.path / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA.files},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if os.environ.get("FONDOUK_S3_BUCKET"):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": os.environ["FONDOUK_S3_BUCKET"],
            "endpoint_url": os.environ.get("FONDOUK_S3_ENDPOINT") or None,
            "region_name": os.environ.get("FONDOUK_S3_REGION") or None,
            "access_key": os.environ.get("FONDOUK_S3_KEY") or None,
            "secret_key": os.environ.get("FONDOUK_S3_SECRET") or None,
            "default_acl": "private",
            "querystring_auth": True,
            "file_overwrite": False,
        },
    }
WHITENOISE_MAX_AGE = 3600
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Anybody who reaches the demonstration may be anybody in it, on a public address too.
FONDOUK_DEMO_OPEN = flag("FONDOUK_DEMO_OPEN")

# Mail: without a server the messages stay in the outbox of the console.
EMAIL_HOST = os.environ.get("FONDOUK_SMTP_HOST", "")
EMAIL_PORT = whole("FONDOUK_SMTP_PORT", 587)
EMAIL_HOST_USER = os.environ.get("FONDOUK_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("FONDOUK_SMTP_PASSWORD", "")
EMAIL_USE_SSL = flag("FONDOUK_SMTP_SSL", EMAIL_PORT == 465)
EMAIL_USE_TLS = flag("FONDOUK_SMTP_TLS", EMAIL_PORT == 587 and not EMAIL_USE_SSL)
if EMAIL_USE_SSL and EMAIL_USE_TLS:
    raise ImproperlyConfigured(
        "FONDOUK_SMTP_TLS and FONDOUK_SMTP_SSL are both on (port 465 means SSL): a server speaks one of the two."
    )
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("FONDOUK_MAIL_FROM", "Fondouk <fondouk@localhost>")
# Whatever sends mail goes through the outbox; the worker delivers with the backend below.
EMAIL_BACKEND = "fondouk.mail.backend.OutboxBackend"
FONDOUK_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

# Messages to other systems: whether they may go to this machine itself, and without TLS.
FONDOUK_WEBHOOKS_LOCAL = flag("FONDOUK_WEBHOOKS_LOCAL")

# Background work
if not 1 <= whole("FONDOUK_WORK_CONCURRENCY", 2) <= 16:
    raise ImproperlyConfigured(
        "FONDOUK_WORK_CONCURRENCY is the number of jobs a worker does at once, from 1 to 16."
    )
PROCRASTINATE_ON_APP_READY = None
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PROCRASTINATE_IMPORT_PATHS = ["fondouk.jobs.tasks"]

# The history of rows: every insert, update and delete, by trigger.
PGHISTORY_APPEND_ONLY = True
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
DJANGO_TABLES2_TEMPLATE = "ui/table.html"
FORM_RENDERER = "fondouk.ui.forms.Renderer"

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "fondouk.project.logs.UtcFormatter",
            "format": "{asctime}Z {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": one_of("FONDOUK_LOG", "WARNING", LEVELS)},
}
