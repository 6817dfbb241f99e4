"""What is handed over, unpacked within bounds: plain, gzipped, or several documents together in a zip."""

from __future__ import annotations

import gzip
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, cast

from app.core.source import HEAD
from app.errors import SourceChanged

from .sniff import ZIP, is_workbook

LIMIT = 256 * 1024 * 1024
"""Bytes that all documents of one edition may have together, unpacked."""

MEMBERS = 200
"""Most documents of one zip."""

IN_MEMORY = 4 * 1024 * 1024
"""Bytes of a document kept in memory; a larger one lies in a temporary file."""

RATIO, SMALL = 150, 32 * 1024 * 1024
"""A compressed document may unpack to this many times its size; below ``SMALL`` bytes nobody minds."""

IGNORED = ("__MACOSX", ".DS_Store")
CHUNK = 1 << 20


@dataclass(frozen=True)
class Body:
    """One unpacked document: the name it came with (empty where none was said) and its bytes, at their start."""

    name: str
    stream: IO[bytes]

    def head(self) -> bytes:
        """Its first bytes, for recognising it; the stream is at its start again afterwards."""
        self.stream.seek(0)
        made = self.stream.read(HEAD)
        self.stream.seek(0)
        return made


def spool() -> IO[bytes]:
    """A temporary file that stays in memory while it is small, and is gone when it is closed."""
    return cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))


def unpack(bodies: Iterable[tuple[str, IO[bytes]]], stack: ExitStack, *, limit: int = LIMIT) -> tuple[Body, ...]:
    """The documents in ``bodies`` (name or "", stream); raises ``SourceChanged`` on what is empty, damaged or too large.

    Workbooks are zips themselves and stay as they are. The streams are closed with ``stack``.
    """
    made: list[Body] = []
    for name, stream in bodies:
        body = Body(_base(name), stream)
        head = body.head()
        if not head:
            raise SourceChanged(f"{body.name or 'the document'} is empty")
        if head.startswith(ZIP) and not is_workbook(head):
            made.extend(_zip(stream, stack, limit - sum(map(_size, made))))
        else:
            made.append(_plain(body, stack, limit - sum(map(_size, made))))
        if len(made) > MEMBERS:
            raise SourceChanged(f"more than {MEMBERS} documents")
    return tuple(made)


def _base(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name.lower().removesuffix(".gz")


def _size(body: Body) -> int:
    at = body.stream.seek(0, 2)
    body.stream.seek(0)
    return at


def _plain(body: Body, stack: ExitStack, limit: int) -> Body:
    """The document without gzip around it."""
    head = body.head()
    named = body.name or "the document"
    if head[:2] == b"\x1f\x8b":
        limit = min(limit, max(SMALL, RATIO * _size(body)))
        try:
            with gzip.GzipFile(fileobj=body.stream, mode="rb") as stream:
                made = Body(body.name, _bounded(stream, named, stack, limit))
        except (OSError, EOFError, zlib.error) as error:
            raise SourceChanged(f"{named}: the gzip stream is damaged or cut") from error
        if not made.head():
            raise SourceChanged(f"{named} is empty")
        return made
    if _size(body) > limit:
        raise SourceChanged(f"{named} is larger than {limit} bytes")
    if is_workbook(head):
        _check_workbook(body.stream, named, limit)
    return body


def _check_workbook(stream: IO[bytes], named: str, limit: int) -> None:
    """Refuse a workbook whose parts unpack to more than the limit; a part cannot give more than it declares."""
    try:
        with zipfile.ZipFile(stream) as archive:
            limit = min(limit, max(SMALL, RATIO * stream.seek(0, 2)))
            if sum(member.file_size for member in archive.infolist()) > limit:
                raise SourceChanged(f"{named} unpacks to more than {limit} bytes")
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise SourceChanged(f"{named}: the workbook is damaged or cut") from error
    stream.seek(0)


def _zip(stream: IO[bytes], stack: ExitStack, limit: int) -> list[Body]:
    made: list[Body] = []
    left = min(limit, max(SMALL, RATIO * stream.seek(0, 2)))
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            for member in archive.infolist():
                if member.is_dir() or any(part in IGNORED for part in PurePosixPath(member.filename).parts):
                    continue
                if member.flag_bits & 1:
                    raise SourceChanged("the zip is encrypted")
                if len(made) == MEMBERS:
                    raise SourceChanged(f"the zip holds more than {MEMBERS} documents")
                name = _base(member.filename)
                with archive.open(member) as part:
                    body = Body(name, _bounded(part, name, stack, left))
                head = body.head()
                if not head:
                    raise SourceChanged(f"{name} is empty")
                if head.startswith(ZIP) and not is_workbook(head):
                    raise SourceChanged(f"{name}: a zip inside a zip")
                made.append(_plain(body, stack, left))
                left -= _size(made[-1])
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise SourceChanged("the zip is damaged or cut") from error
    if not made:
        raise SourceChanged("the zip holds no document")
    return made


def _bounded(source: IO[bytes] | gzip.GzipFile, name: str, stack: ExitStack, limit: int) -> IO[bytes]:
    """Unpack a stream that may unpack to anything, and stop at the limit."""
    made = stack.enter_context(spool())
    size = 0
    while chunk := source.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise SourceChanged(f"{name} unpacks to more than {limit} bytes")
        made.write(chunk)
    made.seek(0)
    return made


def copied(source: IO[bytes], stack: ExitStack) -> IO[bytes]:
    """A seekable copy of a stream."""
    made = stack.enter_context(spool())
    shutil.copyfileobj(source, made, CHUNK)
    made.seek(0)
    return made
