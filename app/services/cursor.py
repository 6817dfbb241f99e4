"""Opaque cursors of pages: where a page ended, unreadable to the caller and checked when it comes back."""

from __future__ import annotations

import base64
import binascii
import json

from app.errors import BadRequest

LONGEST = 3_000


def encode(*parts: str | int) -> str:
    """A cursor from the last row's keys."""
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def decode(cursor: str, *kinds: type) -> list[str | int]:
    """The keys in a cursor; raises ``BadRequest`` for anything this service has not made."""
    wrong = BadRequest("the cursor is not one of ours; start from the first page", (("?cursor", "unknown cursor"),))
    if len(cursor) > LONGEST or not cursor.isascii():
        raise wrong
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        parts = json.loads(raw)
    except (binascii.Error, ValueError, RecursionError) as error:
        raise wrong from error
    if not isinstance(parts, list) or len(parts) != len(kinds):
        raise wrong
    if any(type(part) is not kind for part, kind in zip(parts, kinds, strict=True)):
        raise wrong
    if any(isinstance(part, str) and "\x00" in part for part in parts):
        raise wrong
    return parts
