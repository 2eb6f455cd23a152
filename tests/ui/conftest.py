"""Templates rendered without a database, a manifest or a signed-in person."""

from collections.abc import Callable
from typing import Any

import pytest
from django.template import Context, engines
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from fondouk.ui.context import interface


@pytest.fixture(autouse=True)
def kit_alone(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.ui.urls"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def render() -> Callable[..., str]:
    """`render(source, language="en", path="/", **values)`: a template's text, cotton tags included."""

    def write(source: str, *, language: str = "en", path: str = "/", **values: Any) -> str:
        template = engines["django"].from_string(CottonCompiler().process(source))
        request = RequestFactory().get(path)
        with translation.override(language):
            context = {"request": request, **values}
            return template.template.render(Context(context))

    return write


@pytest.fixture
def render_page(render: Callable[..., str]) -> Callable[..., str]:
    """A page below a layout, with the context that every page has and no shell."""

    def write(source: str, *, language: str = "en", theme: str = "", **values: Any) -> str:
        request = RequestFactory().get(f"/{language}/")
        request.COOKIES["fondouk_theme"] = theme
        with translation.override(language):
            known = interface(request)
        return render(source, language=language, **{**known, **values})

    return write
