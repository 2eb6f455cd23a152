"""The documentation page: our own, because the policy lets nothing in from elsewhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja.openapi.docs import DocsBase

from .paging import LIMIT, MOST


class Docs(DocsBase):
    """Rendered from the OpenAPI document itself, so that it cannot say something else."""

    def render_page(self, request: HttpRequest, api: Any, **kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema()
        operations = [
            _operation(schema, path, method, said)
            for path, methods in schema["paths"].items()
            for method, said in methods.items()
        ]
        context = {
            "operations": operations,
            "schema_url": f"{request.path.rsplit('/', 1)[0]}/openapi.json",
            "limit": LIMIT,
            "most": MOST,
        }
        return render(request, "api/docs.html", context)


def _operation(schema: dict[str, Any], path: str, method: str, said: dict[str, Any]) -> dict[str, Any]:
    answer = said["responses"].get(200, {}).get("content", {}).get("application/json", {}).get("schema", {})
    return {
        "key": said["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": said.get("summary", ""),
        "parameters": [
            {"name": row["name"], "place": row["in"], "type": _type(schema, row["schema"])}
            for row in said.get("parameters", [])
        ],
        "fields": _fields(schema, answer),
    }


def _type(schema: dict[str, Any], shape: dict[str, Any]) -> str:
    """A shape in a few words: "string", "integer | null", "open, closed"."""
    if "$ref" in shape:
        target = _resolve(schema, shape)
        return _type(schema, target) if "enum" in target else shape["$ref"].rsplit("/", 1)[1]
    if "enum" in shape:
        return ", ".join(str(value) for value in shape["enum"])
    if "anyOf" in shape:
        return " | ".join(dict.fromkeys(_type(schema, option) for option in shape["anyOf"]))
    if shape.get("type") == "array":
        return f"[{_type(schema, shape['items'])}]"
    return str(shape.get("format") or shape.get("type") or "object")


def _fields(schema: dict[str, Any], shape: dict[str, Any]) -> list[dict[str, str]]:
    """What an answer holds; the rows of a page stand in for the page."""
    if shape.get("type") == "array":
        return _fields(schema, shape["items"])
    properties = _resolve(schema, shape).get("properties", {})
    if set(properties) == {"items", "next"}:
        return _fields(schema, properties["items"])
    return [{"name": name, "type": _type(schema, field)} for name, field in properties.items()]


def _resolve(schema: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in shape:
        return shape
    return schema["components"]["schemas"][shape["$ref"].rsplit("/", 1)[1]]  # type: ignore[no-any-return]
