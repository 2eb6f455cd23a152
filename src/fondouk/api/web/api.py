"""The API: what a token's account may see, as JSON. OpenAPI 3.1, documented by itself at /api/v1/docs."""

from typing import Any

from django.utils.translation import gettext_lazy
from ninja import NinjaAPI

from . import problems
from .auth import TokenAuth
from .docs import Docs
from .routes import bookings, companies, contracts, me, resources, sites, spaces

_: Any = gettext_lazy

api = NinjaAPI(
    title="Fondouk",
    version="1",
    description=_(
        "Sites, spaces, companies, contracts and bookings of the network, as far as the token's account sees them."
    ),
    urls_namespace="api",
    auth=TokenAuth(),
    docs=Docs(),
)
problems.attach(api)
api.add_router("/me", me.router)
api.add_router("/sites", sites.router)
api.add_router("/spaces", spaces.router)
api.add_router("/resources", resources.router)
api.add_router("/bookings", bookings.router)
api.add_router("/companies", companies.router)
api.add_router("/contracts", contracts.router)
