"""A pack as bytes, to be kept and read back: a header that names its columns, then the columns, compressed together."""

from __future__ import annotations

import json
import zlib
from typing import Any

import numpy as np

from app.core.screening.readings import Readings, Spellings

from .linking import LinkKeys
from .packed import Packed, Texts

LEVEL = 1
ALIGNED = 8
TEXTS = ("ids", "documents", "sources", "lists", "words", "folds", "bones", "sounds")
PARTIES = ("kind", "source", "curated", "names_end", "id_key")
NAMES = ("name_key", "name_kind", "name_common", "name_from", "name_until", "exact_key", "exact_end")
NUMBERS = ("number_key", "number_place")
LINKS = ("number", "number_place", "number_list", "name", "name_place")
READ = ("alias", "start", "word", "info")


def to_bytes(packed: Packed) -> bytes:
    """The pack as bytes that ``from_bytes`` reads; equal packs give equal bytes."""
    spelled, links, readings = packed.readings.spelled(), packed.links, packed.readings
    texts = {
        "ids": packed.ids,
        "documents": packed.documents,
        "sources": Texts.of(packed.sources),
        "lists": Texts.of(links.lists),
        "words": Texts.of(spelled.words),
        "folds": Texts.of(spelled.folds),
        "bones": Texts.of(spelled.bones),
        "sounds": Texts.of(spelled.sounds),
    }
    columns: dict[str, Any] = {name: getattr(packed, name) for name in (*PARTIES, *NAMES, *NUMBERS)}
    columns |= {f"link_{name}": getattr(links, name) for name in LINKS}
    columns |= {f"reading_{name}": getattr(readings, name) for name in READ}
    columns["flags"] = spelled.flags
    for name, made in texts.items():
        columns[name] = np.frombuffer(made.data, np.uint8)
        columns[f"{name}_ends"] = made.ends
    header, parts, at = {}, [], 0
    for name, column in columns.items():
        raw = np.ascontiguousarray(column).tobytes()
        header[name] = (column.dtype.str, list(column.shape), at)
        padded = raw + bytes(-len(raw) % ALIGNED)
        parts.append(padded)
        at += len(padded)
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % ALIGNED)
    return zlib.compress(b"".join([len(head).to_bytes(ALIGNED, "little"), head, *parts]), LEVEL)


def from_bytes(data: bytes) -> Packed:
    """The pack that ``to_bytes`` wrote; its columns are views of one block of memory."""
    plain = memoryview(zlib.decompress(data))
    size = int.from_bytes(plain[:ALIGNED], "little")
    header = json.loads(bytes(plain[ALIGNED : ALIGNED + size]))
    body = plain[ALIGNED + size :]
    columns: dict[str, Any] = {}
    for name, (kind, shape, at) in header.items():
        count = int(np.prod(shape, dtype=np.int64))
        columns[name] = np.frombuffer(body, np.dtype(kind), count, at).reshape(shape) if count else _empty(kind, shape)
    texts = {name: Texts(memoryview(columns[name]), columns[f"{name}_ends"]) for name in TEXTS}

    def spelled() -> Spellings:
        read = {name: texts[name].all() for name in ("words", "folds", "bones", "sounds")}
        return Spellings(**read, flags=columns["flags"])

    return Packed(
        sources=texts["sources"].all(),
        ids=texts["ids"],
        documents=texts["documents"],
        links=LinkKeys(lists=texts["lists"].all(), **{name: columns[f"link_{name}"] for name in LINKS}),
        readings=Readings(spelled=spelled, **{name: columns[f"reading_{name}"] for name in READ}),
        **{name: columns[name] for name in (*PARTIES, *NAMES, *NUMBERS)},
    )


def _empty(kind: str, shape: list[int]) -> Any:
    return np.zeros(shape, np.dtype(kind))
