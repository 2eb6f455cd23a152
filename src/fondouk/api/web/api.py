"""The API: what a token's account may see, as JSON. OpenAPI 3.1, documented by itself at /api/v1/docs."""

from typing import Any

from django.utils.translation import gettext_lazy
from ninja import NinjaAPI

from . import problems
from .auth import TokenAuth
from .docs import Docs
from .routes import bookings, companies, contracts, me, resources, sites, spaces

_: Any = gettext_lazy


class Api(NinjaAPI):
    def get_openapi_schema(self, **options: Any) -> Any:
        """With what each operation answers when it refuses: problem details (RFC 9457)."""
        schema = super().get_openapi_schema(**options)
        schema["components"].setdefault("schemas", {})["Problem"] = problems.SHAPE
        for path, operations in schema["paths"].items():
            for method, said in operations.items():
                for status in problems.statuses(path, method, said.get("parameters", [])):
                    said["responses"].setdefault(status, problems.documented(status))
        return schema


api = Api(
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
