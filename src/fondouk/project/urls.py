"""Root addresses: pages under their language, machines' addresses without."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from fondouk.api.web.api import api
from fondouk.api.web.problems import unknown_address

PAGES = (
    "fondouk.public.web.urls",
    "fondouk.demo.web.urls",
    "fondouk.console.web.urls",
    "fondouk.portal.web.urls",
    "fondouk.people.web.urls",
    "fondouk.sites.web.urls",
    "fondouk.billing.web.urls",
    "fondouk.credits.web.urls",
    "fondouk.companies.web.urls",
    "fondouk.editorial.web.urls",
    "fondouk.spaces.web.urls",
    "fondouk.prospects.web.urls",
    "fondouk.contracts.web.urls",
    "fondouk.bookings.web.urls",
    "fondouk.displays.web.urls",
    "fondouk.reception.web.urls",
    "fondouk.webhooks.web.urls",
    "fondouk.access.web.urls",
    "fondouk.openings.web.urls",
    "fondouk.requests.web.urls",
    "fondouk.impact.web.urls",
    "fondouk.imports.web.urls",
    "fondouk.jobs.web.urls",
    "fondouk.mail.web.urls",
    "fondouk.search.web.urls",
)

urlpatterns = [
    path("api/v1/", api.urls),
    path("api/v1/<path:rest>", unknown_address, name="api_unknown"),
    path("", include("fondouk.files.web.urls")),
    path("", include("fondouk.bookings.web.root")),
    path("", include("fondouk.displays.web.root")),
    path("", include("fondouk.access.web.root")),
    *i18n_patterns(*[path("", include(module)) for module in PAGES]),
    *i18n_patterns(path("", include("fondouk.ui.web.urls"))),
    path("", include("fondouk.public.web.root")),
    path("", include("fondouk.console.web.root")),
]

handler500 = "fondouk.api.web.problems.server_error"
