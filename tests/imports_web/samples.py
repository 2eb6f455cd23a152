"""Workbooks for these tests, and a worker that does what waits."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from fondouk.jobs.actions import run_job
from fondouk.jobs.models import Job

GOOD_ICE = "001525713000089"


def work() -> list[Job]:
    """Do every job that waits, as a worker would; those that come of them too."""
    done: list[Job] = []
    while job := Job.objects.unfinished().order_by("created_at").first():
        run_job(job.pk)
        done.append(Job.objects.told().get(pk=job.pk))
    return done


def companies(
    *rows: tuple[Any, ...], headers: tuple[str, ...] = ("Raison sociale", "Secteur", "Effectif")
) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(headers)
    writer.writerows(rows)
    return out.getvalue().encode()


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(content: bytes, name: str = "entreprises.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
