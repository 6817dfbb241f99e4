"""API keys: made once, shown once, kept as a digest, asked for by scope."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass

from app.errors import BadRequest, Forbidden, NotFound, Unauthorised
from app.services.clock import now
from app.store import keys as store
from app.store.database import Database
from app.store.keys import StoredKey

SCOPES = ("read", "assess", "admin")
PREFIX = "karez_"
LONGEST = 200
"""Characters of the longest name of a key."""


@dataclass(frozen=True)
class Caller:
    """Who asks: the key's id and name, or ``open`` on a service without keys."""

    owner: str
    scopes: frozenset[str]
    name: str = ""

    def need(self, scope: str) -> None:
        """Raise ``Forbidden`` where the scope is missing; ``admin`` includes every scope."""
        if scope not in self.scopes and "admin" not in self.scopes:
            raise Forbidden(f"this key lacks the scope {scope}")


OPEN = Caller("open", frozenset(SCOPES), "open service without keys")


async def create(database: Database, name: str, scopes: tuple[str, ...]) -> tuple[str, StoredKey]:
    """Make a key; the text returned first is shown now and never again."""
    unknown = set(scopes) - set(SCOPES)
    if unknown or not scopes:
        raise BadRequest(f"scopes are {', '.join(SCOPES)}")
    name = name.strip()
    if not 1 <= len(name) <= LONGEST or not name.isprintable():
        raise BadRequest(f"a key needs a name of 1 to {LONGEST} printable characters")
    text = PREFIX + secrets.token_urlsafe(32)
    key = StoredKey(str(uuid.uuid4()), name, digest_of(text), ",".join(scopes), now(), None)
    async with database.write() as connection:
        await store.add(connection, key)
    return text, key


async def verify(database: Database, text: str | None) -> Caller:
    """The caller behind a key; raises ``Unauthorised`` for a missing, unknown or revoked one."""
    found = None
    if text and text.startswith(PREFIX) and len(text) < 200 and text.isascii():
        async with database.read() as connection:
            found = await store.by_digest(connection, digest_of(text))
    if found is None:
        raise Unauthorised("a valid API key is needed, in the header X-API-Key")
    return Caller(found.id, frozenset(found.scopes.split(",")), found.name)


async def revoke(database: Database, key_id: str) -> None:
    async with database.write() as connection:
        if not await store.revoke(connection, key_id, now()):
            raise NotFound("there is no key of this id")


async def every(database: Database) -> list[StoredKey]:
    async with database.read() as connection:
        return await store.every(connection)


async def any_valid(database: Database) -> bool:
    async with database.read() as connection:
        return await store.count_valid(connection) > 0


def digest_of(text: str) -> str:
    """SHA-256 of a key: it holds 256 random bits, so no slow hash is needed."""
    return hashlib.sha256(text.encode()).hexdigest()
