"""Lists from a folder of files, for a service without a network: which files are which edition of which list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_NAME = re.compile(r"(?P<id>[a-z0-9_]+?)(@(?P<day>\d{4}-\d{2}-\d{2}))?(\.[A-Za-z0-9.]+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class FolderEdition:
    """The files of one edition, and the day it was published where the folder says so."""

    files: tuple[Path, ...]
    published: date | None


def editions_in(folder: Path, list_id: str) -> tuple[FolderEdition, ...]:
    """The editions of a list in a folder, oldest first, those without a day last.

    ``<list>.zip``, ``<list>@2024-01-08.xml`` are single files; ``<list>/`` holds the files of one edition, ``<list>/2024-01-08/`` those of
    the edition of that day.
    """
    found = list(_found(folder, list_id))
    return tuple(sorted(found, key=lambda e: (e.published is None, e.published or date.min)))


def _found(folder: Path, list_id: str) -> Iterator[FolderEdition]:
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir()):
        if entry.is_file() and (name := _NAME.fullmatch(entry.name)) is not None and name["id"] == list_id:
            yield FolderEdition((entry,), _day(name["day"]))
    inside = folder / list_id
    if inside.is_dir():
        files = tuple(p for p in sorted(inside.iterdir()) if p.is_file() and not p.name.startswith("."))
        if files:
            yield FolderEdition(files, None)
        for entry in sorted(inside.iterdir()):
            if entry.is_dir() and _DAY.fullmatch(entry.name):
                files = tuple(p for p in sorted(entry.iterdir()) if p.is_file() and not p.name.startswith("."))
                if files:
                    yield FolderEdition(files, _day(entry.name))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
