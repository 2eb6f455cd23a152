"""The API: OpenAPI 3.1, documented by itself at /api/v1/docs."""

from ninja import NinjaAPI

api = NinjaAPI(title="Fondouk", version="1", urls_namespace="api")
