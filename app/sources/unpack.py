"""A document as it is handed over: plain, gzipped, or several together in a zip, unpacked within bounds."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO

from app.errors import SourceChanged

LIMIT = 256 * 1024 * 1024
"""Bytes that all documents of one edition may have together, unpacked."""

IGNORED = ("__MACOSX", ".DS_Store")
CHUNK = 1 << 20


def unpack(body: bytes, *, name: str | None, allowed: tuple[str, ...], limit: int = LIMIT) -> dict[str, bytes]:
    """Named documents from a body; raises ``SourceChanged`` on anything that is not one of ``allowed`` or is too large.

    A plain or gzipped body is one document: ``name`` says which, the first of ``allowed`` where it is not said.
    """
    if not body:
        raise SourceChanged("the document is empty")
    if body[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip(body, allowed, limit)
    return {_known(name or allowed[0], allowed): _plain(body, name or allowed[0], limit)}


def _known(name: str, allowed: tuple[str, ...]) -> str:
    base = PurePosixPath(name.replace("\\", "/")).name.lower().removesuffix(".gz")
    if base not in allowed:
        raise SourceChanged(f"a document named {base[:80]!r} does not belong to this list; known: {', '.join(allowed)}")
    return base


def _plain(body: bytes, name: str, limit: int) -> bytes:
    if body[:2] != b"\x1f\x8b":
        if len(body) > limit:
            raise SourceChanged(f"{name} is larger than {limit} bytes")
        return body
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as stream:
            return _bounded(stream, name, limit)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceChanged(f"{name}: the gzip stream is damaged or cut") from error


def _zip(body: bytes, allowed: tuple[str, ...], limit: int) -> dict[str, bytes]:
    made: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for member in archive.infolist():
                if member.is_dir() or any(part in IGNORED for part in PurePosixPath(member.filename).parts):
                    continue
                if member.flag_bits & 1:
                    raise SourceChanged("the zip is encrypted")
                name = _known(member.filename, allowed)
                if name in made:
                    raise SourceChanged(f"{name} stands twice in the zip")
                left = limit - sum(map(len, made.values()))
                with archive.open(member) as stream:
                    made[name] = _plain(_bounded(stream, name, left), name, left)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise SourceChanged("the zip is damaged or cut") from error
    if not made:
        raise SourceChanged("the zip holds no document")
    return made


def _bounded(stream: IO[bytes] | gzip.GzipFile, name: str, limit: int) -> bytes:
    """Read a stream that may unpack to anything, and stop at the limit."""
    made = bytearray()
    while chunk := stream.read(CHUNK):
        made += chunk
        if len(made) > limit:
            raise SourceChanged(f"{name} unpacks to more than {limit} bytes")
    return bytes(made)
