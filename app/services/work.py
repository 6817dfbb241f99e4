"""A list that this process may change: short transactions under its lease, and how far the work is."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.source import Source
from app.services.clock import now, written
from app.store import states
from app.store.database import Database
from app.store.states import Lease

T = TypeVar("T")
Progress = Callable[[str, int, int | None], None]
"""What is being done, how many are done, and of how many where that is known."""


@dataclass(frozen=True)
class Work:
    """A list that this process may change, for as long as it holds the lease: ``ttl`` after it last proved that it lives."""

    database: Database
    source: Source
    lease: Lease
    progress: Progress
    ttl: timedelta
    told: list[float] = field(default_factory=lambda: [0.0])

    async def step(self, what: Callable[[AsyncConnection], Awaitable[T]], **noted: Any) -> T:
        """One short transaction under the lease; raises ``Conflict`` where another process took over."""
        async with self.database.write() as connection:
            await states.hold(connection, self.lease, now=now(), ttl=self.ttl, **noted)
            return await what(connection)

    async def tell(self, what: str, done: int = 0, total: int | None = None) -> None:
        """Say how far the work is, to the caller and, once a second at most, in the database."""
        self.progress(what, done, total)
        if done and time.monotonic() - self.told[0] < 1:
            return
        self.told[0] = time.monotonic()
        record = {"step": what, "done": done, "total": total, "at": written(now())}
        await self.step(nothing, progress=json.dumps(record))


async def nothing(_: AsyncConnection) -> None:
    return None
