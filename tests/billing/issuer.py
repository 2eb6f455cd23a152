"""A process of its own that issues every draft there is, from N threads: `python -m tests.billing.issuer N`."""

from __future__ import annotations

import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import django

django.setup()

from django.db import Error, connection  # noqa: E402

from fondouk.billing.actions import issue  # noqa: E402
from fondouk.billing.models import Invoice  # noqa: E402


def work(seed: int) -> None:
    chance = random.Random(seed)
    while True:
        try:
            drafts = list(Invoice.objects.drafts().values_list("pk", flat=True))
            if not drafts:
                return
            issue(chance.sample(drafts, min(len(drafts), chance.choice((1, 1, 1, 3)))), by=None)
            time.sleep(chance.random() / 8)  # or it would be over before anybody kills it
        except Error:
            # The database went away, or was too busy: nothing of it was written.
            connection.close()
            time.sleep(chance.random() / 10)


if __name__ == "__main__":
    threads = int(sys.argv[1])
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(threads)))
