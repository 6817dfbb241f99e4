"""Parties as versions, each with the stretch of its source's history in which the list said so."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, literal, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from .catalogue import batches
from .tables import editions, party_lists, party_versions

ROWS = 2_000
"""Rows read at a time from a large list."""

v = party_versions.c


@dataclass(frozen=True)
class PartyRecord:
    """A party ready to be stored: its JSON document and that document's digest."""

    party_id: str
    digest: str
    document: str

    def programmes(self) -> list[tuple[str, str]]:
        """The lists and programmes it stands on."""
        found = {(d["list"], d["programme"]) for d in json.loads(self.document).get("designations", ())}
        return sorted(found)


@dataclass(frozen=True)
class Stretch:
    """Where a new edition goes: its source and place, and the places of the editions before and after it."""

    source: str
    place: int
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Version:
    """A stored version of a party."""

    party_id: str
    from_place: int
    until_place: int | None
    document: str


def covers(place: int) -> ColumnElement[bool]:
    """The versions that the edition at ``place`` holds."""
    return and_(v.from_place <= place, or_(v.until_place.is_(None), v.until_place > place))


async def held_digests(
    connection: AsyncConnection, source: str, place: int, party_ids: Sequence[str]
) -> dict[str, str]:
    """The digests of those of the parties that the edition at ``place`` holds."""
    statement = select(v.party_id, v.digest).where(v.source == source, covers(place), v.party_id.in_(party_ids))
    return {row.party_id: row.digest for row in await connection.execute(statement)}


async def close(connection: AsyncConnection, stretch: Stretch, party_ids: Sequence[str]) -> None:
    """End the versions of these parties at the new edition; where a later edition said the same, it goes on saying so."""
    if stretch.before is None or not party_ids:
        return
    mine = and_(v.source == stretch.source, covers(stretch.before), v.party_id.in_(party_ids))
    if stretch.after is not None:
        held = (await connection.execute(select(party_versions).where(mine))).mappings().all()
        later = [row for row in held if row["until_place"] is None or row["until_place"] > stretch.after]
        rows = [{**row, "from_place": stretch.after} for row in later]
        await _copy(connection, rows)
    await connection.execute(update(party_versions).where(mine).values(until_place=stretch.place))


async def _copy(connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """The rows once more, with the lists they stand on."""
    for row in rows:
        made = await connection.execute(
            insert(party_versions).values(**{k: value for k, value in row.items() if k != "id"}).returning(v.id)
        )
        lists = select(literal(made.scalar_one()), party_lists.c.list, party_lists.c.programme)
        await connection.execute(
            insert(party_lists).from_select(
                ["version_id", "list", "programme"], lists.where(party_lists.c.version_id == row["id"])
            )
        )


async def open_(
    connection: AsyncConnection, stretch: Stretch, records: Sequence[PartyRecord], *, now: datetime
) -> None:
    """Store new versions from the new edition on, until the one after it."""
    if not records:
        return
    await connection.execute(
        insert(party_versions),
        [
            {
                "source": stretch.source,
                "party_id": r.party_id,
                "from_place": stretch.place,
                "until_place": stretch.after,
                "recorded_at": now,
                "digest": r.digest,
                "document": r.document,
            }
            for r in records
        ],
    )
    for some in batches(records):
        statement = select(v.id, v.party_id).where(
            v.source == stretch.source, v.from_place == stretch.place, v.party_id.in_([r.party_id for r in some])
        )
        ids = {row.party_id: row.id for row in await connection.execute(statement)}
        lines = [
            {"version_id": ids[r.party_id], "list": list_id, "programme": programme}
            for r in some
            for list_id, programme in r.programmes()
        ]
        if lines:
            await connection.execute(insert(party_lists), lines)


async def swap_small(
    connection: AsyncConnection, stretch: Stretch, records: Sequence[PartyRecord], *, now: datetime
) -> tuple[int, int, int]:
    """Make ``records`` the parties of a small edition in the caller's transaction; returns how many were added, removed, changed."""
    held: dict[str, str] = {}
    if stretch.before is not None:
        statement = select(v.party_id, v.digest).where(v.source == stretch.source, covers(stretch.before))
        held = {row.party_id: row.digest for row in await connection.execute(statement)}
    wanted = {r.party_id: r.digest for r in records}
    fresh = [r for r in records if held.get(r.party_id) != r.digest]
    for some in batches([p for p, digest in held.items() if wanted.get(p) != digest]):
        await close(connection, stretch, some)
    for batch in batches(fresh):
        await open_(connection, stretch, batch, now=now)
    added = sum(1 for r in fresh if r.party_id not in held)
    return added, sum(1 for p in held if p not in wanted), len(fresh) - added


async def sweep(connection: AsyncConnection, source: str, place: int, *, limit: int = ROWS) -> bool:
    """Remove some of what an edition that was never finished wrote at ``place``; False once nothing is left."""
    orphans = select(v.id).where(v.source == source, v.from_place == place).limit(limit)
    ids = [row.id for row in await connection.execute(orphans)]
    if ids:
        await connection.execute(delete(party_lists).where(party_lists.c.version_id.in_(ids)))
        await connection.execute(delete(party_versions).where(v.id.in_(ids)))
        return True
    later = select(v.id).where(v.source == source, v.from_place > place).limit(1)
    if (await connection.execute(later)).first() is None:
        reopened = update(party_versions).where(v.source == source, v.until_place == place)
        await connection.execute(reopened.values(until_place=None))
    return False


async def history(
    connection: AsyncConnection,
    source: str,
    place: int,
    *,
    after: tuple[str, int] = ("", -1),
    before: str | None = None,
    known_by: datetime | None = None,
) -> list[Version]:
    """The next ``ROWS`` versions up to ``place``, by party and then in time, after ``(party id, from_place)`` and before the id ``before``.

    ``known_by`` leaves out past versions that were stored later: what a rating of that moment could not know.
    """
    wanted = and_(v.source == source, v.from_place <= place)
    if before is not None:
        wanted = and_(wanted, v.party_id < before)
    if known_by is not None:
        wanted = and_(wanted, or_(v.recorded_at <= known_by, covers(place)))
    seek = tuple_(v.party_id, v.from_place) > tuple_(literal(after[0], v.party_id.type), literal(after[1]))
    columns = (v.party_id, v.from_place, v.until_place, v.document)
    statement = select(*columns).where(wanted, seek).order_by(v.party_id, v.from_place).limit(ROWS)
    return [Version(*row) for row in await connection.execute(statement)]


async def versions_of(connection: AsyncConnection, party_id: str) -> list[tuple[str, Version]]:
    """Every version of one record with its source, in time."""
    columns = (v.source, v.party_id, v.from_place, v.until_place, v.document)
    statement = select(*columns).where(v.party_id == party_id).order_by(v.source, v.from_place)
    return [(row[0], Version(*row[1:])) for row in await connection.execute(statement)]


async def counts_by_list(connection: AsyncConnection, source: str, place: int) -> dict[str, int]:
    """How many parties of an edition stand on each list."""
    statement = (
        select(party_lists.c.list, func.count(func.distinct(party_lists.c.version_id)).label("parties"))
        .join(party_versions, v.id == party_lists.c.version_id)
        .where(v.source == source, covers(place))
        .group_by(party_lists.c.list)
    )
    return {row.list: row.parties for row in await connection.execute(statement)}


@dataclass(frozen=True)
class Wanted:
    """Which parties a page shows: at which place of each source, on which list, of which programme, changed since when."""

    places: Mapping[str, int]
    list_id: str | None = None
    programme: str | None = None
    recorded_since: datetime | None = None
    since_place: int | None = None


async def page(connection: AsyncConnection, wanted: Wanted, *, after: str | None, limit: int) -> list[Version]:
    """Parties in order of their ids, after ``after``; where a change is asked for, also those that were dropped since then."""
    changed = wanted.recorded_since is not None or wanted.since_place is not None
    choices = []
    for source, place in wanted.places.items():
        held = covers(place)
        if changed:
            newest = and_(v.from_place <= place, or_(v.until_place.is_(None), v.until_place > place))
            dropped = and_(v.until_place <= place, ~_continued(place))
            held = or_(and_(newest, _changed(wanted)), and_(dropped, _dropped_since(wanted)))
        choices.append(and_(v.source == source, held))
    statement = select(v.party_id, v.from_place, v.until_place, v.document).where(or_(*choices))
    if wanted.list_id is not None or wanted.programme is not None:
        lines = select(party_lists.c.version_id)
        if wanted.list_id is not None:
            lines = lines.where(party_lists.c.list == wanted.list_id)
        if wanted.programme is not None:
            lines = lines.where(party_lists.c.programme == wanted.programme)
        statement = statement.where(v.id.in_(lines))
    if after is not None:
        statement = statement.where(v.party_id > after)
    rows = await connection.execute(statement.order_by(v.party_id, v.from_place).limit(limit))
    return [Version(*row) for row in rows]


def _continued(place: int) -> ColumnElement[bool]:
    """Whether a later version of the same party, up to ``place``, follows."""
    later = party_versions.alias()
    same = and_(later.c.source == v.source, later.c.party_id == v.party_id)
    return select(later.c.id).where(same, later.c.from_place > v.from_place, later.c.from_place <= place).exists()


def _changed(wanted: Wanted) -> ColumnElement[bool]:
    if wanted.since_place is not None:
        return v.from_place >= wanted.since_place
    return v.recorded_at >= wanted.recorded_since


def _dropped_since(wanted: Wanted) -> ColumnElement[bool]:
    """Dropped by an edition of the day or later; for a moment, by one that was loaded since."""
    if wanted.since_place is not None:
        return v.until_place >= wanted.since_place
    loaded = select(editions.c.place).where(
        editions.c.source == v.source, editions.c.loaded_at >= wanted.recorded_since
    )
    return v.until_place.in_(loaded)


@dataclass(frozen=True)
class Change:
    """A party that differs between two editions: its documents there, None where it is not."""

    party_id: str
    before: str | None
    after: str | None


async def changes(
    connection: AsyncConnection, source: str, old: int, new: int, *, after: str | None, limit: int
) -> list[Change]:
    """Parties that the editions at two places say differently, in order of their ids, after ``after``."""
    low, high = min(old, new), max(old, new)
    touched = select(v.party_id).where(
        v.source == source,
        or_(and_(v.from_place > low, v.from_place <= high), and_(v.until_place > low, v.until_place <= high)),
    )
    found: list[Change] = []
    last = after
    while len(found) < limit:
        statement = touched.distinct().order_by(v.party_id).limit(ROWS)
        if last is not None:
            statement = statement.where(v.party_id > last)
        ids = [row.party_id for row in await connection.execute(statement)]
        if not ids:
            break
        sides = [await _documents(connection, source, place, ids) for place in (old, new)]
        for party_id in ids:
            change = Change(party_id, sides[0].get(party_id), sides[1].get(party_id))
            if change.before != change.after and len(found) < limit:
                found.append(change)
        last = ids[-1]
    return found


async def count_changes(connection: AsyncConnection, source: str, old: int, new: int) -> tuple[int, int, int]:
    """How many parties were added, removed and changed from the edition at ``old`` to that at ``new``."""
    a, b = party_versions.alias(), party_versions.alias()

    def side(t: Any, place: int) -> ColumnElement[bool]:
        return and_(
            t.c.source == source, t.c.from_place <= place, or_(t.c.until_place.is_(None), t.c.until_place > place)
        )

    async def count(statement: Any) -> int:
        return int((await connection.execute(statement)).scalar_one())

    both = select(func.count()).select_from(a).join(b, and_(a.c.party_id == b.c.party_id, side(b, new)))
    same = await count(both.where(side(a, old), a.c.digest == b.c.digest))
    common = await count(both.where(side(a, old)))
    olds = await count(select(func.count()).select_from(a).where(side(a, old)))
    news = await count(select(func.count()).select_from(b).where(side(b, new)))
    return news - common, olds - common, common - same


async def _documents(connection: AsyncConnection, source: str, place: int, ids: Sequence[str]) -> dict[str, str]:
    statement = select(v.party_id, v.document).where(v.source == source, covers(place), v.party_id.in_(ids))
    return {row.party_id: row.document for row in await connection.execute(statement)}
