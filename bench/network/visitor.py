"""`python -m bench.network.visitor SCALE`: a visitor for the network in the database of `DATABASE_URL`.

Migrates it, loads the demonstration at that scale when it is empty, and prints as JSON what a visitor needs: a session,
addresses, and how many queries each page makes.
"""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fondouk.project.settings")
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from fondouk.companies.models import Company  # noqa: E402
from fondouk.demo.actions import load_demonstration  # noqa: E402
from fondouk.lib.demonstration import Scene  # noqa: E402
from fondouk.people.models import Account  # noqa: E402

PUBLIC, PUBLIC_KEPT = "Public: ", "Public, kept: "
NEW = "NEW"
"""Stands for a number that is another every time: no page of that address was kept."""
FOR_VISITORS = {
    "home": "/fr/",
    "directory": "/fr/directory/",
    "site": "/fr/parc/casablanca/",
    "impact": "/fr/impact/",
    "questions": "/fr/faq/",
    "news": "/fr/news/",
}


def pages(company: int, last_year: int) -> dict[str, str]:
    """What is measured: a name and an address. Public pages are asked for without a session."""
    return {
        "Today": "/fr/today/",
        "To do": "/fr/todo/",
        "Companies": "/fr/companies/",
        "Companies, filtered and sorted": "/fr/companies/?status=hosted&sector=ict&stage=growth&sort=-headcount",
        "Companies, searched": "/fr/companies/?q=sante+logi",
        "Board": "/fr/companies/board/?status=hosted",
        "Company": f"/fr/companies/{company}/",
        "Spaces": "/fr/spaces/",
        "Contracts": "/fr/contracts/?state=running",
        "Impact": f"/fr/figures/?year={last_year}",
        "Search": "/fr/search/?q=sante",
        **{f"{PUBLIC}{name}": f"{address}?visit={NEW}" for name, address in FOR_VISITORS.items()},
        **{f"{PUBLIC_KEPT}{name}": address for name, address in FOR_VISITORS.items()},
    }


def session(account: Account) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def queries(key: str, addresses: dict[str, str]) -> dict[str, int]:
    """Of a page that has been shown before, as all but the first visitor meet it."""
    found = {}
    for name, address in addresses.items():
        client = Client(headers={"host": "localhost"})
        if not name.startswith("Public"):
            client.cookies["sessionid"] = key
        assert client.get(address).status_code == 200, address
        with CaptureQueriesContext(connection) as captured:
            client.get(address.replace(NEW, "2"))
        found[name] = len(captured)
    return found


def main(scale: float) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if not Company.objects.exists():
        load_demonstration(Scene(timezone.localdate(), scale))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    owner = Account.objects.exclude(person__memberships=None).order_by("pk")[0]
    company = owner.person.memberships.get().company_id
    addresses = pages(company, timezone.localdate().year - 1)
    key = session(Account.objects.get(person__grants__role="direction"))
    print(json.dumps({"session": key, "pages": addresses, "queries": queries(key, addresses)}))


if __name__ == "__main__":
    main(float(sys.argv[1]))
