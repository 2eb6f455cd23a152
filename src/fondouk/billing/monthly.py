"""The long works of billing: a month drafted, issued, made into files, sent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fondouk.billing.actions import NotIssuable, draft_run, issue_run, keep_file, send
from fondouk.billing.models import BillingRun, Invoice
from fondouk.jobs.actions import start
from fondouk.jobs.kinds import register
from fondouk.jobs.models import Job
from fondouk.jobs.work import RefusedWork, Work
from fondouk.people.models import Person

from .papers import paper_of

DRAFT, ISSUE, FILES, SEND = "billing.draft_run", "billing.issue_run", "billing.make_files", "billing.send_run"
BATCH = 50
DETAILS: dict[str, Any] = {
    "permission": "billing.bill",
    "result_route": "billing_run",
    "result_key": "run",
    "unit": gettext_lazy("invoices"),
    "has_download": False,
}


def begin(kind: str, run: BillingRun, *, by: Person | None) -> Job:
    return start(kind, {"run": run.pk}, label=f"{run.month:%m/%Y}", by=by)


def _run_of(work: Work) -> BillingRun:
    return BillingRun.objects.get(pk=work.parameters["run"])


def _tell_drafted(job: Job) -> str:
    drafts = job.outcome.result.get("drafts", 0)
    return ngettext("%(n)s invoice drafted.", "%(n)s invoices drafted.", drafts) % {"n": drafts}


@register(DRAFT, gettext_lazy("Drafting the invoices of a month"), tell=_tell_drafted, **DETAILS)
def _draft(work: Work) -> dict[str, Any]:
    return draft_run(_run_of(work), by=work.by, advance=work.advance)


def _tell_issued(job: Job) -> str:
    problems = job.outcome.result.get("problems", [])
    if problems:
        return _("Nothing was issued: %(why)s") % {"why": problems[0]["sentence"]}
    issued = job.outcome.result.get("issued", 0)
    return ngettext("%(n)s invoice issued.", "%(n)s invoices issued.", issued) % {"n": issued}


@register(ISSUE, gettext_lazy("Issuing the invoices of a month"), tell=_tell_issued, **DETAILS)
def _issue(work: Work) -> dict[str, Any]:
    run = _run_of(work)
    try:
        issued = issue_run(run, by=work.by)
    except NotIssuable as refusal:
        problems = [
            {"invoice": one.invoice.pk, "customer": one.invoice.customer.label, "sentence": one.sentence}
            for one in refusal.problems
        ]
        raise RefusedWork({"run": run.pk, "problems": problems}) from refusal
    begin(FILES, run, by=work.by)
    return {"run": run.pk, "issued": len(issued)}


def _tell_files(job: Job) -> str:
    made = job.outcome.result.get("made", 0)
    return ngettext("%(n)s file made.", "%(n)s files made.", made) % {"n": made}


@register(FILES, gettext_lazy("Making the files of invoices"), tell=_tell_files, **DETAILS)
def _files(work: Work) -> dict[str, Any]:
    run = _run_of(work)
    return {"run": run.pk, "made": make_files(run, by=work.by, advance=work.advance)}


def make_files(run: BillingRun, *, by: Person | None, advance: Callable[[int, int], None]) -> int:
    """The files of the issued invoices of the run that have none yet. How many."""
    keys = list(run.invoices.issued().filter(file=None).order_by("pk").values_list("pk", flat=True))
    for done, invoice in enumerate(_in_batches(keys), start=1):
        keep_file(invoice, paper_of, by=by)
        advance(done, len(keys))
    return len(keys)


def _in_batches(keys: Sequence[int]) -> Iterable[Invoice]:
    for first in range(0, len(keys), BATCH):
        yield from _whole(keys[first : first + BATCH])


def _whole(keys: Collection[int]) -> Iterable[Invoice]:
    """With all that their papers say."""
    rows = Invoice.objects.select_related("customer__company", "customer__person", "operator", "credits")
    rows = rows.defer("customer__company__vector").prefetch_related("lines", "taxes")
    return rows.filter(pk__in=keys).order_by("pk")


def _tell_sent(job: Job) -> str:
    result = job.outcome.result
    sent = ngettext("%(n)s invoice sent.", "%(n)s invoices sent.", result.get("sent", 0)) % {
        "n": result.get("sent", 0)
    }
    mute = result.get("mute", 0)
    if not mute:
        return sent
    return f"{sent} " + ngettext(
        "%(n)s has no address to go to.", "%(n)s have no address to go to.", mute
    ) % {"n": mute}  # fmt: skip


@register(SEND, gettext_lazy("Sending the invoices of a month"), tell=_tell_sent, **DETAILS)
def _send(work: Work) -> dict[str, Any]:
    """Those that were not sent yet."""
    run = _run_of(work)
    waiting = list(run.invoices.issued().filter(sendings=None).order_by("pk").values_list("pk", flat=True))
    sent = 0
    for done, invoice in enumerate(_in_batches(waiting), start=1):
        if invoice.customer.main_email:
            with translation.override(invoice.language):
                send(invoice, paper_of, by=work.by)
            sent += 1
        work.advance(done, len(waiting))
    return {"run": run.pk, "sent": sent, "mute": len(waiting) - sent}
