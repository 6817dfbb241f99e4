"""Opaque cursors of pages: where a page ended, unreadable to the caller and checked when it comes back."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, datetime

from app.errors import BadRequest

LONGEST = 3_000


def not_ours() -> BadRequest:
    """The refusal of a cursor that this service has not made."""
    return BadRequest("the cursor is not one of ours; start from the first page", (("?cursor", "unknown cursor"),))


def encode(*parts: str | int) -> str:
    """A cursor from the last row's keys."""
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def decode(cursor: str, *kinds: type) -> list[str | int]:
    """The keys in a cursor; raises ``BadRequest`` for anything this service has not made."""
    if len(cursor) > LONGEST or not cursor.isascii():
        raise not_ours()
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        parts = json.loads(raw)
    except (binascii.Error, ValueError, RecursionError) as error:
        raise not_ours() from error
    if not isinstance(parts, list) or len(parts) != len(kinds):
        raise not_ours()
    if any(type(part) is not kind for part, kind in zip(parts, kinds, strict=True)):
        raise not_ours()
    if any(isinstance(part, str) and "\x00" in part for part in parts):
        raise not_ours()
    return parts


def after(moment: datetime, row: str) -> str:
    """A cursor of a page in order of time, from the moment and id of its last row."""
    return encode(moment.isoformat(), row)


def before(cursor: str | None) -> tuple[datetime, str] | None:
    """The moment and id in a cursor of a page in order of time, None without one; raises ``BadRequest``."""
    if cursor is None:
        return None
    moment, row = decode(cursor, str, str)
    try:
        return datetime.fromisoformat(str(moment)).astimezone(UTC), str(row)
    except (ValueError, OverflowError) as error:
        raise not_ours() from error
