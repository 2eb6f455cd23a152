"""The test run: its database server, its quick databases, its long tests.

Loaded by `-p tests.plugin`, before Django: settings read the environment when pytest-django loads them, so
the server must run by then. With pytest-xdist the controller starts it and the workers inherit the address.
Several runs may go on at once in one checkout: they share the server and the template, and each has
databases of its own.
"""

import contextlib
import os
from collections.abc import Generator
from pathlib import Path
from types import SimpleNamespace

import pytest

import fondouk  # noqa: F401  (time zones first)
from fondouk.runtime.data import DataFolder
from fondouk.runtime.postgres import EmbeddedServer

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
RUN = "FONDOUK_TEST_RUN"

_server: EmbeddedServer | None = None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the tests marked `long` too")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, object, object]:
    prepare_environment()
    return (yield)


def prepare_environment() -> None:
    """Set what settings read, and start the server unless one was named. Does nothing the second time."""
    global _server
    if RUN in os.environ:
        return
    os.environ[RUN] = str(os.getpid())
    os.environ["FONDOUK_DATA"] = str(BUILD / "test-data")
    (BUILD / "test-data" / "static").mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("FONDOUK_SECRET_KEY", "a key for tests alone, long enough to be one")
    if not os.environ.get("DATABASE_URL"):
        _server = EmbeddedServer(DataFolder(BUILD / "test-database"), unsafe=True).start()
        os.environ["DATABASE_URL"] = _server.url


def pytest_configure(config: pytest.Config) -> None:
    # Registered after pytest-django, so that its fixtures of the same name give way.
    from tests import databases

    config.pluginmanager.register(databases, "fondouk-databases")


def pytest_unconfigure(config: pytest.Config) -> None:
    global _server
    if _server is not None:
        _server.stop()
        _server = None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    left_out = [item for item in items if item.get_closest_marker("long")]
    if left_out:
        items[:] = [item for item in items if not item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=left_out)
    with contextlib.suppress(AttributeError):  # in a worker of xdist, whose own report nobody sees
        config.workeroutput["left_out"] = len(left_out)  # type: ignore[attr-defined]


def pytest_testnodedown(node: object, error: object) -> None:
    """Every worker of xdist collects the same tests; report what the first of them left out."""
    config = node.config  # type: ignore[attr-defined]
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    count = getattr(node, "workeroutput", {}).get("left_out", 0)
    if reporter is not None and count and not reporter.stats.get("deselected"):
        reporter.stats["deselected"] = [SimpleNamespace() for _ in range(count)]
