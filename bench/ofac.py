"""The indexed list: an OFAC CSV set found under the data folder, read by the product's own parser."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from app import reference
from app.core.party import Designation, Party
from app.sources.recognise import recognise
from app.sources.unpack import unpack
from app.sources.us_ofac_sdn import us_ofac_sdn

from .lists import text_of

SET = "sdn_csv_2024-01-08"
LATER = ("sdn_csv_2025-12-24", "sdn_csv_2026-05-04")


def documents(folder: Path) -> dict[str, bytes]:
    """The files of one CSV set, unpacked, by their published names."""
    made: dict[str, bytes] = {}
    for path in sorted(folder.glob("*.csv*")):
        body = path.read_bytes()
        made[path.name.removesuffix(".gz")] = gzip.decompress(body) if path.suffix == ".gz" else body
    return made


def parsed(files: dict[str, bytes]) -> list[Party]:
    """The parties of a CSV set."""
    with ExitStack() as stack:
        form, streams = recognise(us_ofac_sdn, unpack([(n, io.BytesIO(b)) for n, b in files.items()], stack))
        return list(form.parse(streams))


@cache
def index_parties(data: Path) -> tuple[tuple[Party, ...], str]:
    """The parties to index and a line saying where they come from."""
    folder = data / "ofac" / SET
    if not (folder / "sdn.csv.gz").exists():
        return tuple(
            p for p in reference.load_parties() if p.designations
        ), f"no list data under {data}: the built-in reference parties only"
    return tuple(parsed(documents(folder))), f"OFAC {SET} under {data}"


def aliases_since(data: Path) -> Iterator[tuple[str, str]]:
    """(party id, alias) of later alias files: the list's own later spellings of parties that were listed already."""
    for name in LATER:
        for path in (data / "ofac" / name).glob("alt.csv*"):
            for row in csv.reader(io.StringIO(text_of(path, "ascii"))):
                if len(row) >= 4:
                    yield f"us_ofac_sdn:{row[0]}", row[3].strip()


def lent_designation() -> Designation:
    """The designation of a party that is put into the index for measurement only: copied from a listed one, confirmed."""
    known = next(p for p in reference.load_parties() if p.designations)
    return known.designations[0].model_copy(update={"confirmed": True, "list": "bench", "listed_on": None})
