"""How often words occur in names of companies that are on no list: makes ``app/core/screening/data/background.csv`` from supplier files.

    python -m bench.background DATA

Only counts are kept, and only of words that three names or more contain: no name can be read back. Place names count as often as companies
sit there, because a company of a place often bears its name.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from collections import Counter
from pathlib import Path

from app.core.screening.normalise import words
from app.core.screening.tables import DATA, rows

FEWEST = 3
PROVINCE, PLACE = 2_000, 200
"""Counts at least given to Chinese provinces and to other places of ``han_places.csv``."""

COLUMNS = {
    "nike_imap_export_*.csv": "Factory Name",
    "nike_factories_*.csv": "Factory Name",
    "apple_supplier_list_*.csv": "supplier_name",
    "oshub/facility_list_*.csv": "name",
    "sec_companies_*.csv": "Name",
    "cn_a_share_bilingual_*.csv": "英文全称",
    "finance_database_companies_*.csv.gz": "name",
}
PROVINCES = frozenset(
    [
        "beijing",
        "tianjin",
        "hebei",
        "shanxi",
        "liaoning",
        "jilin",
        "heilongjiang",
        "shanghai",
        "jiangsu",
        "zhejiang",
        "anhui",
        "fujian",
        "jiangxi",
        "shandong",
        "henan",
        "hubei",
        "hunan",
        "guangdong",
        "guangxi",
        "hainan",
        "chongqing",
        "sichuan",
        "guizhou",
        "yunnan",
        "tibet",
        "shaanxi",
        "gansu",
        "qinghai",
        "ningxia",
        "xinjiang",
        "taiwan",
        "hongkong",
        "macau",
        "mongolia",
        "inner",
    ]
)


def main(data: Path) -> None:
    counts: Counter[str] = Counter()
    names: set[str] = set()
    seats: Counter[str] = Counter()
    for pattern, column in COLUMNS.items():
        for path in sorted((data / "suppliers").glob(pattern)):
            raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            text = raw.decode("utf-8-sig", errors="replace")
            if "imap" in path.name:
                text = text.split("\n", 1)[1]
            for row in csv.DictReader(io.StringIO(text)):
                if row.get(column):
                    names.add(row[column].strip())
                seats.update(p.strip() for p in (row.get("city"), row.get("country"), row.get("Country")) if p)
    for path in (data / "suppliers").glob("cn_company_short_names*.gz"):
        names.update(gzip.decompress(path.read_bytes()).decode().split())
    for name in names:
        for reading in words(name, person=False)[:1]:
            counts.update(set(reading.core))
    for place, seen in seats.items():
        for reading in words(place, person=False)[:1]:
            for word in reading.core:
                counts[word] += seen // 2
    for line in rows("han_places.csv"):
        for word in line[1].split():
            counts[word] = max(counts[word], PROVINCE if word in PROVINCES else PLACE)
    with (DATA / "background.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# How many names of a background population contain a word, after folding; '*' is the number of names. Made by bench/background.py from\n"
            "# open supplier and exchange files (factory lists of brands, SEC registrants, FinanceDatabase, A-share companies, Chinese trading names).\n"
        )
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["*", len(names)])
        writer.writerows(sorted((w, n) for w, n in counts.items() if n >= FEWEST and w.isalnum()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
