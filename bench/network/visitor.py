"""`python -m bench.network.visitor COMPANIES`: a visitor for the network in the database of `DATABASE_URL`.

Migrates it, fills it when it is empty, and prints as JSON what a visitor needs: a session, addresses, and how many
queries each page makes.
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

from bench.network.making import fill  # noqa: E402
from fondouk.companies.models import Company  # noqa: E402
from fondouk.contracts.models import Contract  # noqa: E402
from fondouk.people.models import Account  # noqa: E402


def pages(company: int) -> dict[str, str]:
    """What is measured: a name and an address."""
    return {
        "Today": "/fr/today/",
        "Companies": "/fr/companies/",
        "Companies, filtered and sorted": "/fr/companies/?status=hosted&sector=ict&stage=growth&sort=-headcount",
        "Companies, searched": "/fr/companies/?q=sante+logi",
        "Company": f"/fr/companies/{company}/",
        "Spaces": "/fr/spaces/",
        "Contracts": "/fr/contracts/?state=running",
        "Search": "/fr/search/?q=sante",
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
    client = Client(headers={"host": "localhost"})
    client.cookies["sessionid"] = key
    found = {}
    for name, address in addresses.items():
        assert client.get(address).status_code == 200, address
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        found[name] = len(captured)
    return found


def main(size: int) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if not Company.objects.exists():
        fill(size)
    company = Contract.objects.order_by("pk")[size // 4].company_id
    addresses = pages(company)
    key = session(Account.objects.get(email="bench@example.ma"))
    print(json.dumps({"session": key, "pages": addresses, "queries": queries(key, addresses)}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
