"""A policy is drafted, put in force, followed by every process, replayed as it was, and taken back: on both databases."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from app.core.law.policy import PolicyDocument
from app.core.submission import Submission
from app.errors import BadRequest, Conflict, NotFound
from app.services import assess as assessing
from app.services import policies as keeping
from app.services import policy_simulation as simulating
from app.services.catalogue import Catalogue
from app.services.clock import today
from app.services.keys import Caller
from app.services.policy_in_force import deciding
from app.services.policy_simulation import Asked
from app.store.database import Database
from app.store.policies import Activation
from app.store.tables import assessments, policies, policy_activations, submissions
from tests.test_policy import SHIRTS

DESK = Caller("key-1", frozenset({"admin"}), "compliance desk")
STRICT = {"title": "Group policy", "ratings": [{"rule": "R16", "rating": "high"}]}
STRICTER = {"title": "Group policy", "ratings": [{"rule": "R16", "rating": "severe"}]}


def document(members: Mapping[str, object]) -> PolicyDocument:
    return PolicyDocument.model_validate_json(json.dumps(members))


def shirts(**changes: object) -> Submission:
    return Submission.model_validate_json(json.dumps({**SHIRTS, **changes}))


async def count(database: Database, table: Any) -> int:
    async with database.read() as connection:
        return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


async def drafted(database: Database, catalogue: Catalogue, members: Mapping[str, object]) -> str:
    return str((await keeping.draft(database, catalogue, document(members), caller=DESK))["id"])


async def in_force(database: Database, catalogue: Catalogue, members: Mapping[str, object]) -> str:
    made = await drafted(database, catalogue, members)
    await keeping.activate(database, catalogue, made, reason="tested", from_day=None, caller=DESK)
    return made


async def rated(database: Database, catalogue: Catalogue, **changes: object) -> dict[str, Any]:
    made = await assessing.assess(database, catalogue, shirts(**changes), owner="test")
    record: dict[str, Any] = json.loads(made.document)
    return record


async def test_a_draft_decides_nothing_and_an_active_policy_is_named_by_what_it_rates(
    database: Database, catalogue: Catalogue
) -> None:
    made = await drafted(database, catalogue, STRICT)
    before = await rated(database, catalogue)
    assert (before["rating"], before["basis"]["policy"]) == ("elevated", "none")
    shown = await keeping.activate(database, catalogue, made, reason="the board", from_day=None, caller=DESK)
    assert shown["status"] == "in_force"
    assert shown["activation"]["activated_by"] == "compliance desk"
    after = await rated(database, catalogue)
    assert (after["rating"], after["basis"]["policy"]) == ("high", made)
    assert "decided by compliance desk" in after["ratings"][0]["reasons"][0]["effect"]


async def test_replays_use_the_policy_that_was_in_force(database: Database, catalogue: Catalogue) -> None:
    bare = await rated(database, catalogue)
    first = await in_force(database, catalogue, STRICT)
    one = await rated(database, catalogue)
    await in_force(database, catalogue, {**STRICTER, "profiles": {"also": ["global_policy"]}})
    two = await rated(database, catalogue)
    assert [r["rating"] for r in (bare, one, two)] == ["elevated", "high", "severe"]
    other = Catalogue(database)  # a process that has never seen the first policy in force
    for record in (bare, one, two):
        for where in (catalogue, other):
            replayed = await assessing.replay(database, where, record["id"])
            assert replayed["identical"], replayed["differences"]
    assert (await assessing.replay(database, other, one["id"]))["editions"]["karez_policy"] == first
    await other.close()


async def test_a_record_from_before_there_were_policies_still_replays_identically(
    database: Database, catalogue: Catalogue
) -> None:
    record = await rated(database, catalogue)
    del record["basis"]["policy"]
    async with database.write() as connection:
        await connection.execute(assessments.update().values(document=json.dumps(record)))
    assert (await assessing.replay(database, catalogue, record["id"]))["identical"]


async def test_another_process_uses_a_new_policy_within_a_second(database: Database, catalogue: Catalogue) -> None:
    other = Catalogue(database)
    assert (await rated(database, other))["basis"]["policy"] == "none"
    made = await in_force(database, catalogue, STRICT)
    await asyncio.sleep(1.05)
    assert (await rated(database, other))["basis"]["policy"] == made
    await other.close()


async def test_the_day_of_the_assessment_chooses_the_policy_and_not_the_day_it_looks_at(
    database: Database, catalogue: Catalogue
) -> None:
    made = await in_force(database, catalogue, STRICT)
    assert (await rated(database, catalogue, as_of="2024-01-01"))["basis"]["policy"] == made
    later = await drafted(database, catalogue, STRICTER)
    ahead = today() + timedelta(days=30)
    shown = await keeping.activate(database, catalogue, later, reason="next month", from_day=ahead, caller=DESK)
    assert shown["status"] == "scheduled"
    assert (await rated(database, catalogue, as_of=ahead.isoformat()))["basis"]["policy"] == made
    assert await catalogue.policies.on(ahead - timedelta(days=1)) == await catalogue.policies.on(today())
    scheduled = await catalogue.policies.on(ahead)
    assert scheduled is not None
    assert scheduled.edition == later


def test_of_several_activations_the_latest_day_decides_and_of_one_day_the_last_made() -> None:
    day = today()
    moment: Any = None
    line = [
        Activation(f"p{n}", n, day + timedelta(days=d), "", moment, "") for n, d in enumerate((0, 5, 2, 2), start=1)
    ]
    decides = [deciding(line, day + timedelta(days=d)) for d in range(-1, 7)]
    assert [a.policy_id if a else None for a in decides] == [None, "p1", "p1", "p4", "p4", "p4", "p2", "p2"]


async def test_rolling_back_makes_a_new_edition_equal_to_the_one_before(
    database: Database, catalogue: Catalogue
) -> None:
    first = await in_force(database, catalogue, STRICT)
    second = await in_force(database, catalogue, STRICTER)
    back = await keeping.roll_back(database, catalogue, second, reason="too strict", to=None, caller=DESK)
    assert back["equals"] == first
    assert back["policy"] == STRICT
    assert back["id"] not in (first, second)
    assert (await rated(database, catalogue))["basis"]["policy"] == back["id"]
    assert (await keeping.one(database, second))["status"] == "superseded"
    with pytest.raises(Conflict, match=back["id"]):
        await keeping.roll_back(database, catalogue, second, reason="again", to=None, caller=DESK)
    forward = await keeping.roll_back(database, catalogue, back["id"], reason="it was right", to=second, caller=DESK)
    assert forward["equals"] == second
    items, _, decides = await keeping.page(database)
    assert [i["sequence"] for i in items] == [4, 3, 2, 1]
    assert decides == forward["id"]


async def test_rolling_back_the_first_policy_leaves_the_law_alone(database: Database, catalogue: Catalogue) -> None:
    first = await in_force(database, catalogue, STRICT)
    back = await keeping.roll_back(database, catalogue, first, reason="not yet", to=None, caller=DESK)
    assert (back["title"], back["equals"]) == ("The law alone", None)
    assert (await rated(database, catalogue))["rating"] == "elevated"


async def test_a_scheduled_policy_is_taken_back_before_it_begins(database: Database, catalogue: Catalogue) -> None:
    first = await in_force(database, catalogue, STRICT)
    later = await drafted(database, catalogue, STRICTER)
    ahead = today() + timedelta(days=10)
    await keeping.activate(database, catalogue, later, reason="soon", from_day=ahead, caller=DESK)
    back = await keeping.roll_back(database, catalogue, later, reason="no", to=None, caller=DESK)
    assert (back["equals"], back["status"], back["activation"]["from"]) == (first, "scheduled", ahead.isoformat())
    assert (await keeping.one(database, first))["status"] == "in_force"
    assert (await keeping.one(database, later))["status"] == "superseded"


async def test_what_cannot_be_is_refused_and_stores_nothing(database: Database, catalogue: Catalogue) -> None:
    with pytest.raises(BadRequest) as loose:
        await drafted(database, catalogue, {"title": "x", "ratings": [{"rule": "R05", "rating": "low"}]})
    assert loose.value.errors[0][0] == "/ratings/0/rating"
    assert "R05" in loose.value.errors[0][1]
    assert await count(database, policies) == 0
    made = await drafted(database, catalogue, STRICT)
    for day in (today() - timedelta(days=1), today() + timedelta(days=4_000)):
        with pytest.raises(BadRequest):
            await keeping.activate(database, catalogue, made, reason="r", from_day=day, caller=DESK)
    with pytest.raises(Conflict, match="none"):
        await keeping.roll_back(database, catalogue, made, reason="r", to=None, caller=DESK)
    for unknown in ("nope", "x\x00y", "p" * 500, "policy-1-'; DROP TABLE policies; --"):
        with pytest.raises(NotFound):
            await keeping.activate(database, catalogue, unknown, reason="r", from_day=None, caller=DESK)
        with pytest.raises(NotFound):
            await simulating.simulate(database, catalogue, unknown, Asked())
    assert await count(database, policy_activations) == 0
    await keeping.activate(database, catalogue, made, reason="r", from_day=None, caller=DESK)
    with pytest.raises(Conflict, match="already"):
        await keeping.activate(database, catalogue, made, reason="r", from_day=None, caller=DESK)
    other = await drafted(database, catalogue, STRICTER)
    with pytest.raises(Conflict, match="not activated before"):
        await keeping.roll_back(database, catalogue, made, reason="r", to=other, caller=DESK)


async def test_changes_made_at_once_are_all_kept_in_order(database: Database, catalogue: Catalogue) -> None:
    await catalogue.current()
    made = await asyncio.gather(*(drafted(database, catalogue, STRICT) for _ in range(8)))
    assert len(set(made)) == 8
    done = await asyncio.gather(
        *(keeping.activate(database, catalogue, m, reason="r", from_day=None, caller=DESK) for m in made)
    )
    assert {d["id"] for d in done} == set(made)
    async with database.read() as connection:
        rows = (await connection.execute(select(policy_activations.c.sequence))).scalars().all()
    assert sorted(rows) == list(range(1, 9))


async def test_two_who_roll_back_at_once_do_so_once(database: Database, catalogue: Catalogue) -> None:
    await in_force(database, catalogue, STRICT)
    second = await in_force(database, catalogue, STRICTER)
    done = await asyncio.gather(
        *(keeping.roll_back(database, catalogue, second, reason="r", to=None, caller=DESK) for _ in range(4)),
        return_exceptions=True,
    )
    assert sorted(type(d).__name__ for d in done) == ["Conflict", "Conflict", "Conflict", "dict"]


async def test_one_idempotency_key_makes_one_change(database: Database, catalogue: Catalogue) -> None:
    await catalogue.current()
    answers = await asyncio.gather(
        *(keeping.draft(database, catalogue, document(STRICT), caller=DESK, key="k1") for _ in range(6))
    )
    assert all(a == answers[0] for a in answers)
    assert await count(database, policies) == 1
    with pytest.raises(Conflict):
        await keeping.draft(database, catalogue, document(STRICTER), caller=DESK, key="k1")
    made = answers[0]["id"]
    once = [
        await keeping.activate(database, catalogue, made, reason="r", from_day=None, caller=DESK, key="k2")
        for _ in range(2)
    ]
    assert once[0] == once[1]
    with pytest.raises(Conflict):
        await keeping.activate(database, catalogue, made, reason="other", from_day=None, caller=DESK, key="k2")
    back = [
        await keeping.roll_back(database, catalogue, made, reason="r", to=None, caller=DESK, key="k3") for _ in range(2)
    ]
    assert back[0] == back[1]
    assert await count(database, policies) == 2


async def test_a_simulation_says_what_would_change_and_stores_nothing(database: Database, catalogue: Catalogue) -> None:
    made = [(await rated(database, catalogue, client_reference=f"r{n}"))["id"] for n in range(5)]
    await rated(database, catalogue, client_reference="other", goods=[], activities=["buy_services"])
    before = await count(database, assessments)
    policy = await drafted(database, catalogue, {**STRICT, "profiles": {"also": ["uk_person"]}})
    seen: list[dict[str, Any]] = []
    cursor: str | None = None
    examined = 0
    while True:
        page = await simulating.simulate(database, catalogue, policy, Asked(limit=2, cursor=cursor))
        assert (page["policy"], page["compared_with"], page["total"]) == (policy, "none", 6)
        assert page["changed"] == len(page["items"]) == sum(c["count"] for c in page["changes"])
        examined += page["examined"]
        seen += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert examined == 6
    assert [s["assessment"] for s in seen][1:] == made[::-1]
    assert {(s["from"], s["to"]) for s in seen[1:]} == {("elevated", "high")}
    assert {r["profile"]: (r["from"], r["to"]) for r in seen[1]["ratings"]} == {
        "us_importer": ("elevated", "high"),
        "eu_operator": ("elevated", "high"),
        "uk_person": (None, "high"),
    }
    assert seen[1]["ratings"][0]["rules"] == ["P01"]
    assert await count(database, assessments) == before
    assert (await keeping.one(database, policy))["status"] == "draft"
    only = await simulating.simulate(database, catalogue, policy, Asked(client_reference="r3"))
    assert (only["total"], only["changed"]) == (1, 1)


async def test_a_simulation_compares_with_the_policy_in_force(database: Database, catalogue: Catalogue) -> None:
    first = await in_force(database, catalogue, STRICT)
    await rated(database, catalogue)
    same = await simulating.simulate(database, catalogue, await drafted(database, catalogue, STRICT), Asked())
    assert (same["compared_with"], same["examined"], same["changed"]) == (first, 1, 0)
    empty = await simulating.simulate(
        database, catalogue, await drafted(database, catalogue, {"title": "none"}), Asked()
    )
    assert [(i["from"], i["to"]) for i in empty["items"]] == [("high", "elevated")]
    assert empty["changes"] == [{"from": "high", "to": "elevated", "count": 1}]


async def test_a_simulation_lets_others_be_answered_and_ends_in_time(
    database: Database, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        await rated(database, catalogue, client_reference=f"r{n}")
    policy = await drafted(database, catalogue, STRICT)
    monkeypatch.setattr(simulating, "BUDGET", 0.0)
    page = await simulating.simulate(database, catalogue, policy, Asked())
    assert page["examined"] == 1, "at least one is rated, however little time there is"
    assert page["next_cursor"] is not None
    rest = await simulating.simulate(database, catalogue, policy, Asked(cursor=page["next_cursor"]))
    assert rest["items"][0]["client_reference"] == "r2"


async def test_a_stored_submission_that_is_no_longer_accepted_is_counted_and_the_rest_goes_on(
    database: Database, catalogue: Catalogue
) -> None:
    made = [(await rated(database, catalogue, client_reference=f"r{n}"))["id"] for n in range(3)]
    async with database.write() as connection:
        digest = select(assessments.c.submission).where(assessments.c.id == made[1]).scalar_subquery()
        await connection.execute(
            update(submissions).where(submissions.c.digest == digest).values(document='{"goods": 7}')
        )
    page = await simulating.simulate(database, catalogue, await drafted(database, catalogue, STRICT), Asked())
    assert page["unrated"] == [made[1]]
    assert (page["examined"], page["changed"], page["next_cursor"]) == (3, 2, None)
