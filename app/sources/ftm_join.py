"""FollowTheMoney entities and what other entities say of them, joined in bounded memory: through files in buckets, one bucket at a time.

A sanction, a directorship or an address is an entity of its own that names its holder. A file of a million entities does not fit in memory, and nothing says in
which order they stand, so records are spread over temporary files by the id of whom they concern, and each file is then joined by itself.
"""

from __future__ import annotations

import json
import re
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Any, cast

from app.errors import SourceChanged

BUCKETS = 32
IN_MEMORY = 64 * 1024
"""Bytes of a bucket kept in memory before it becomes a file."""

LONGEST_LINE = 8 * 1024 * 1024
"""Bytes no entity reaches."""

PARTIES = ("Person", "Company", "Organization", "LegalEntity", "PublicBody", "Vessel", "Airplane")
"""Schemata of what can be a supplier, an owner or a thing that is dealt with."""

EDGES: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "Ownership": (("owner", "asset", "owner_of", "owned_by"),),
    "Directorship": (("director", "organization", "director_of", "has_director"),),
    "Employment": (("employee", "employer", "employed_by", "employs"),),
    "Membership": (("member", "organization", "member_of", "has_member"),),
    "Family": (("person", "relative", "family", "family"),),
    "Associate": (("person", "associate", "associate_of", "associate_of"),),
    "Representation": (("agent", "client", "represents", "represented_by"),),
    "Succession": (("successor", "predecessor", "successor_of", "predecessor_of"),),
    "UnknownLink": (("subject", "object", "linked_to", "linked_to"),),
    "Occupancy": (("holder", "post", "holds", ""),),
}
"""Schema of an edge: the property of its start, of its end, the word for the edge, and the word for it the other way (empty for none)."""

HELD = {"Sanction": "entity", "Identification": "holder", "Passport": "holder"}
"""Schema of what belongs to one party, and the property that names it."""

NAMED = ("Address", "Position")
"""Schemata that only others refer to."""

_SCHEMA = re.compile(rb'"schema"\s*:\s*"([A-Za-z:]{1,60})"')
_CAPTION = re.compile(rb'"caption"\s*:\s*"((?:[^"\\]|\\.){1,1000})"')
_ID = re.compile(rb'"id"\s*:\s*"((?:[^"\\]|\\.){1,500})"')

Entity = dict[str, Any]
Said = list[tuple[str, Entity, str, str]]
"""What concerns a party: (kind, properties, id at the other end, its caption)."""


def entities(name: str, stream: IO[bytes]) -> Iterator[tuple[Entity, Said]]:
    """Every party of the file with what other entities say of it; raises ``SourceChanged`` with line and reason."""
    with ExitStack() as stack:
        parties, by_end, by_start, captions = (_Buckets(stack) for _ in range(4))
        for number, schema, line in _lines(name, stream):
            if schema in PARTIES:
                _keep(name, number, line, (parties, by_end, captions))
            elif schema in EDGES or schema in HELD or schema in NAMED:
                _spread(schema, entity(name, number, line), by_end, captions)
        for bucket in range(BUCKETS):
            known = dict(map(json.loads, captions.read(bucket)))
            for start, kind, properties, end in map(json.loads, by_end.read(bucket)):
                by_start.write(start, json.dumps([start, kind, properties, end, known.get(end, "")]).encode())
        for bucket in range(BUCKETS):
            said: dict[str, Said] = defaultdict(list)
            for start, kind, properties, end, caption in map(json.loads, by_start.read(bucket)):
                said[start].append((kind, properties, end, caption))
            seen: set[str] = set()
            for row in parties.read(bucket):
                at, line = row.split(b"\t", 1)
                one = entity(name, int(at), line)
                if one["id"] in seen:
                    raise SourceChanged(f"{name} line {int(at)}: a second entity with this id")
                seen.add(one["id"])
                yield one, said.pop(one["id"], [])


def entity(name: str, number: int, line: bytes) -> Entity:
    """One line as an entity whose properties are lists of text; raises ``SourceChanged``."""
    try:
        made = json.loads(line)
    except (ValueError, RecursionError):
        raise SourceChanged(f"{name} line {number}: no JSON, or cut in the middle") from None
    if (
        not isinstance(made, dict)
        or not isinstance(made.get("id"), str)
        or not isinstance(made.get("properties"), dict)
    ):
        raise SourceChanged(f"{name} line {number}: no entity with id and properties")
    if not 0 < len(made["id"]) <= 500:
        raise SourceChanged(f"{name} line {number}: an id of no use")
    properties = made["properties"]
    for key, values in properties.items():
        listed = values if isinstance(values, list) else [values]
        if any(isinstance(v, dict) and "schema" in v for v in listed):
            raise SourceChanged(
                f"{name} line {number}: nested entities in {key[:60]}, where one entity stands on a line"
            )
        properties[key] = [
            v if isinstance(v, str) else json.dumps(v) for v in listed if isinstance(v, str | int | float)
        ]
    return cast("Entity", made)


def _lines(name: str, stream: IO[bytes]) -> Iterator[tuple[int, str, bytes]]:
    """(line number, schema, line) of every line that is not blank."""
    stream.seek(0)
    number = 0
    for line in iter(lambda: stream.readline(LONGEST_LINE), b""):
        number += 1
        if len(line) == LONGEST_LINE:
            raise SourceChanged(f"{name} line {number}: longer than any entity can be")
        plain = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
        if not plain:
            continue
        match = _SCHEMA.search(plain)
        if plain[:1] != b"{" or match is None:
            raise SourceChanged(f"{name} line {number}: no entity with a schema")
        yield number, match[1].decode(), plain
    if number == 0:
        raise SourceChanged(f"{name} is empty")


def _keep(name: str, number: int, line: bytes, into: tuple[_Buckets, _Buckets, _Buckets]) -> None:
    """A party waits as it is; it is read as JSON once, when its turn comes, unless it refers to addresses."""
    parties, by_end, captions = into
    match = _ID.search(line)
    if match is None:
        raise SourceChanged(f"{name} line {number}: no entity with an id")
    key, caption = _text(match[1]), _CAPTION.search(line)
    parties.write(key, b"%d\t%b" % (number, line))
    captions.write(key, json.dumps([key, _text(caption[1]) if caption is not None else ""]).encode())
    if b'"addressEntity"' in line:
        for address in entity(name, number, line)["properties"].get("addressEntity", []):
            by_end.write(address, json.dumps([key, "address", {}, address]).encode())


def _text(quoted: bytes) -> str:
    """What stands between the quotes of a JSON text."""
    try:
        return str(json.loads(b'"' + quoted + b'"'))
    except ValueError:
        return quoted.decode("utf-8", "replace")


def _spread(schema: str, one: Entity, by_end: _Buckets, captions: _Buckets) -> None:
    """What is said of a party goes where the entity at its other end is, to learn that one's name."""
    properties = one["properties"]
    if schema in NAMED:
        parts = [first(properties, k) for k in ("street", "city", "postalCode", "region", "state", "country")]
        said = (
            first(properties, "full") or ", ".join(filter(None, parts))
            if schema == "Address"
            else first(properties, "name")
        )
        caption = one.get("caption")
        captions.write(
            one["id"], json.dumps([one["id"], said or (caption if isinstance(caption, str) else "")]).encode()
        )
    elif schema in HELD:
        for holder in properties.get(HELD[schema], []):
            by_end.write(holder, json.dumps([holder, schema, properties, holder]).encode())
    else:
        for start, end, there, back in EDGES[schema]:
            for one_start in properties.get(start, []):
                for one_end in properties.get(end, []):
                    by_end.write(one_end, json.dumps([one_start, there, properties, one_end]).encode())
                    if back:
                        by_end.write(one_start, json.dumps([one_end, back, properties, one_start]).encode())


def first(properties: Entity, key: str) -> str:
    """The first value of a property, empty where there is none."""
    values = properties.get(key) or [""]
    return str(values[0])


class _Buckets:
    """Temporary files of lines, chosen by a key; gone with the stack."""

    def __init__(self, stack: ExitStack) -> None:
        self._files: list[IO[bytes]] = []
        for _ in range(BUCKETS):
            file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed with the stack
            self._files.append(cast("IO[bytes]", stack.enter_context(file)))

    def write(self, key: str, line: bytes) -> None:
        file = self._files[zlib.crc32(key.encode("utf-8", "surrogatepass")) % BUCKETS]
        file.write(line)
        file.write(b"\n")

    def read(self, bucket: int) -> Iterator[bytes]:
        file = self._files[bucket]
        file.seek(0)
        for line in file:
            yield line.rstrip(b"\n")
        file.seek(0)
        file.truncate()
