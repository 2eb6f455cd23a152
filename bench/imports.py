"""How long a large book takes: 5,000 companies, 20,000 rows in all. `python -m bench imports`"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from bench.database import database

SITES = 4
SPACES = 7_500
COMPANIES = 5_000
CONTRACTS = 7_496
SECTORS = ("TIC", "Green-tech", "Design", "Logiciel", "Eau", "Gaming")
HEADERS = {
    "Sites": ["Ville", "Nom du site", "Ouverture", "Statut", "Surface (m²)"],
    "Espaces": [
        "Site",
        "Bâtiment",
        "Étage",
        "N° espace",
        "Type",
        "Surface m²",
        "Capacité",
        "Tarif HT DH/m²/mois",
    ],
    "Entreprises": [
        *("Raison sociale", "Forme juridique", "ICE", "RC", "IF", "CNSS", "Secteur", "Date de création"),
        *(
            "Date d'entrée",
            "Site",
            "Bureau",
            "Effectif 2025",
            "Dont femmes 2025",
            "CA 2024 (KDH)",
            "CA 2025 (KDH)",
        ),
        *("Gérant", "E-mail", "Tél.", "Statut", "Date de sortie"),
    ],
    "Conventions": ["Référence", "Entreprise", "Espace", "Début", "Fin", "Loyer mensuel HT", "Caution"],
}


def ice(number: int) -> str:
    base = f"{number:09d}0001"
    return f"{base}{-int(base + '00') % 97:02d}"


def write_book(path: Path) -> int:
    """A book as a hub of 5,000 companies would keep it; how many rows of data it has."""
    book = Workbook(write_only=True)
    rows = {
        "Sites": [[f"Ville {n}", f"Parc {n}", 2000 + n, "ouvert", 10_000] for n in range(SITES)],
        "Espaces": [
            [f"Ville {n % SITES}", f"B{n % 7}", n % 9, f"S{n:05d}", "Bureau PME", f"{12 + n % 40},50", 4, 100]
            for n in range(SPACES)
        ],
        "Entreprises": [_company(n) for n in range(COMPANIES)],
        "Conventions": [
            [
                f"CH-{n:06d}",
                f"Société numéro {n % COMPANIES}",
                f"S{n:05d}",
                "01/03/2024",
                "28/02/2028",
                "1 250,00",
                2500,
            ]
            for n in range(CONTRACTS)
        ],
    }
    for name, header in HEADERS.items():
        sheet = book.create_sheet(name)
        sheet.append([name.upper()])
        sheet.append([])
        sheet.append(header)
        for row in rows[name]:
            sheet.append(row)
    book.save(path)
    return sum(map(len, rows.values()))


def _company(n: int) -> list[Any]:
    return [
        *(
            f"Société numéro {n}",
            "SARL",
            ice(n),
            1000 + n,
            2000 + n,
            3000 + n,
            SECTORS[n % len(SECTORS)],
            "15/06/2019",
        ),
        *("01/03/2024", f"Ville {n % SITES}", f"S{n:05d}", 3 + n % 20, n % 3, "1 200,50", 1500 + n),
        *(f"Amina Idrissi {n}", f"contact@societe{n}.example", f"06{n:08d}", "hébergée", None),
    ]


def measure(path: Path) -> dict[str, Any]:
    """Import in this process. Peaks are those of this process and of the child that reads the file."""
    from fondouk.imports.actions import import_book
    from fondouk.imports.workbooks import open_book

    began = time.monotonic()
    book = open_book(path)
    opened = time.monotonic() - began
    _plan, run = import_book(book, sha256="", by=None)
    assert run is not None
    took = time.monotonic() - began
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {"seconds": took, "opened": opened, "peak": sum(peaks) // 1024}


def run() -> list[dict[str, Any]]:
    """Each measure in a process of its own, so that its memory is its own."""
    with database(), tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        rows = write_book(path)
        child = [sys.executable, "-m", "bench.imports", str(path)]
        told = subprocess.run(child, check=True, capture_output=True, text=True, env=dict(os.environ)).stdout
    found = dict(pair.split("=") for pair in told.split())
    seconds = float(found["seconds"])
    return [
        {
            "What": f"Import of {COMPANIES:,} companies",
            "Rows": f"{rows:,}",
            "Seconds": f"{seconds:.1f}",
            "Rows/s": f"{rows / seconds:,.0f}",
            "Peak MB": found["peak"],
            "Aim": "60 s, 600 MB",
        }
    ]


if __name__ == "__main__":
    import django

    django.setup()
    print(*(f"{name}={value}" for name, value in measure(Path(sys.argv[1])).items()))
