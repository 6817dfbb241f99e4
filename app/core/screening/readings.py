"""The readings of names as arrays: made once for a name, kept with its party, and put together into an index without reading it again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

import numpy as np

from .chinese import sound
from .normalise import initials, words
from .spelling import bones, fold
from .tables import DATA, flags_of

Row = tuple[tuple[str, ...], int, bool, bool]
"""One reading of a name: its words, how many stand before a comma, whether it is the initials of a longer one, and whether it was Han."""

LIBRARIES = ("anyascii", "numpy", "opencc", "pypinyin", "python-stdnum")
ROOT = Path(__file__).resolve().parents[3]
ROOTS = ("app/core/listed/packed_bytes.py", "app/core/history.py")
NOT_READ = frozenset(["weights.json"])
_IMPORT = re.compile(r"^\s*from (\.{1,2}|app\.core\.)([\w.]*) import (\(?[\w, ]*)", re.M)


@lru_cache(maxsize=1)
def version() -> str:
    """A digest of everything that packs depend on: the code that makes them and all it imports, the tables, and the libraries that read scripts.

    A pack of another version is made anew.
    """
    made = sha256("".join(f"{name} {version_of(name)}\n" for name in LIBRARIES).encode())
    tables = [p for p in sorted(DATA.iterdir()) if p.name not in NOT_READ]
    for path in (*sorted(imported([ROOT / name for name in ROOTS])), *tables):
        made.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return made.hexdigest()


def imported(files: Iterable[Path]) -> set[Path]:
    """The files and every file of the core that they import, directly or through others."""
    found: set[Path] = set()
    waiting = list(files)
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        for start, name, names in _IMPORT.findall(path.read_text(encoding="utf-8")):
            folder = {".": path.parent, "..": path.parent.parent}.get(start, ROOT / "app" / "core")
            module = folder.joinpath(*filter(None, name.split(".")))
            some = [module, *(module / n.strip(" (") for n in names.split(","))]
            waiting.extend(p for m in some if (p := m.with_suffix(".py")).is_file())
    return found


def rows_of(name: str, *, person: bool, weak: bool) -> list[Row]:
    """Every reading of a name; the initials of a long one stand for it unless it is a weak one."""
    made: list[Row] = [
        (one.core, min(one.family, len(one.core)), False, one.script.startswith("han")) for one in words(name, person)
    ]
    if not person and not weak:
        made.extend(((short,), 0, True, False) for short in initials(name))
    return made


@dataclass(frozen=True)
class Spellings:
    """What is known of words beside their letters, in their order: folded, as a skeleton, by sound, and their classes."""

    words: tuple[str, ...]
    folds: tuple[str, ...]
    bones: tuple[str, ...]
    sounds: tuple[str, ...]
    flags: Any

    @staticmethod
    def of(words_: Sequence[str]) -> Spellings:
        return Spellings(
            words=tuple(words_),
            folds=tuple(map(fold, words_)),
            bones=tuple(map(bones, words_)),
            sounds=tuple(sound(w, wade=False) for w in words_),
            flags=np.array([flags_of(w) for w in words_], np.uint8),
        )


@dataclass(frozen=True)
class Readings:
    """Readings of the names of a pack: for each its name's number, its words (numbers in ``spelled``), and family, initials and Han marks.

    The readings of a name stand together, names in order.
    """

    spelled: Callable[[], Spellings]
    alias: Any
    start: Any
    word: Any
    info: Any

    @staticmethod
    def of(rows: Iterable[tuple[int, Row]]) -> Readings:
        numbers: dict[str, int] = {}
        alias: list[int] = []
        ends: list[int] = [0]
        word: list[int] = []
        info: list[tuple[int, int, int]] = []
        for number, (core, family, short, han) in rows:
            alias.append(number)
            word.extend([numbers.setdefault(w, len(numbers)) for w in core])
            ends.append(len(word))
            info.append((family, short, han))
        spelled = Spellings.of(tuple(numbers))
        return Readings(
            spelled=lambda: spelled,
            alias=np.array(alias, np.int32),
            start=np.array(ends, np.int32),
            word=np.array(word, np.int32),
            info=np.array(info, np.uint8).reshape(len(info), 3),
        )

    def rows(self, first: int, last: int, words_: Sequence[str]) -> list[Row]:
        """Some of the readings as they were read."""
        made: list[Row] = []
        for n in range(first, last):
            core = tuple(words_[w] for w in self.word[self.start[n] : self.start[n + 1]].tolist())
            family, short, han = self.info[n].tolist()
            made.append((core, family, bool(short), bool(han)))
        return made
