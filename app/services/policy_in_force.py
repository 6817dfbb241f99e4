"""Which policy decides: followed by every process within a second, and built again for replays."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Iterable
from datetime import date

from app.core.law.policy import Policy, PolicyDocument
from app.errors import NotFound
from app.store import policies as store
from app.store.database import Database
from app.store.policies import Activation, StoredPolicy

POLICY = "karez_policy"
"""Under which name an assessment keeps the edition of the policy it used."""

LOOK_EVERY = 1.0
"""Seconds for which a process trusts what it knows of activations."""

KEPT = 16
"""Policies kept built."""


def deciding(timeline: Iterable[Activation], day: date) -> Activation | None:
    """The activation that decides on a day: the latest ``from_day`` up to it, and of one day's the one made last."""
    return max((a for a in timeline if a.from_day <= day), key=lambda a: (a.from_day, a.sequence), default=None)


def policy_of(stored: StoredPolicy, activation: Activation) -> Policy:
    """An edition as it was put in force."""
    return Policy(
        edition=stored.id,
        decided_by=activation.activated_by,
        since=activation.from_day,
        document=PolicyDocument.model_validate_json(stored.document),
    )


class PolicyInForce:
    """Knows the activations, and gives the policy of a day or of a replay."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._timeline: tuple[Activation, ...] = ()
        self._looked: float | None = None
        self._looking = asyncio.Lock()
        self._built: OrderedDict[str, Policy] = OrderedDict()
        self.simulating = asyncio.Semaphore(1)
        """One simulation at a time in a process, so that assessments go on beside it."""

    async def on(self, day: date) -> Policy | None:
        """The policy that decides on a day; None for the law alone. Asks the database when a second has gone by."""
        activation = deciding(await self._known(), day)
        return await self._policy(activation) if activation is not None else None

    async def at(self, edition: str | None) -> Policy | None:
        """The edition that an assessment used; None where it used none. Raises ``NotFound`` where it is not stored."""
        if edition is None:
            return None
        if edition in self._built:
            return self._built[edition]
        activation = next((a for a in await self.follow() if a.policy_id == edition), None)
        if activation is None:
            raise NotFound(f"policy edition {edition} is no longer stored")
        return await self._policy(activation)

    async def follow(self) -> tuple[Activation, ...]:
        """Take up what was activated, now."""
        moment = time.monotonic()
        async with self.database.read() as connection:
            self._timeline = await store.timeline(connection)
        self._looked = moment
        return self._timeline

    async def _known(self) -> tuple[Activation, ...]:
        if self._stale():
            async with self._looking:
                if self._stale():
                    await self.follow()
        return self._timeline

    def _stale(self) -> bool:
        return self._looked is None or time.monotonic() - self._looked > LOOK_EVERY

    async def _policy(self, activation: Activation) -> Policy:
        built = self._built.get(activation.policy_id)
        if built is None:
            async with self.database.read() as connection:
                stored = await store.by_id(connection, activation.policy_id)
            if stored is None:
                raise NotFound(f"policy edition {activation.policy_id} is no longer stored")
            built = self._built[activation.policy_id] = policy_of(stored, activation)
            while len(self._built) > KEPT:
                self._built.popitem(last=False)
        return built
