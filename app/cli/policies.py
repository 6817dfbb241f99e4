"""Draft, simulate, activate and roll back the buyer's own policy."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import Annotated, Any

import typer
from rich.progress import Progress

from app.cli.shared import CALLER, Service, content_of, err, fail, out, plain, run, stop, table
from app.core.law.policy import PolicyDocument
from app.core.values import parse_day
from app.errors import KarezError
from app.services import policies as keeping
from app.services import policy_simulation as simulating
from app.services.documents import read

policies = typer.Typer(help=__doc__, no_args_is_help=True)
LARGEST = 256 * 1024
PAGE = 50

Edition = Annotated[str, typer.Argument(metavar="ID", help="a policy edition")]
Reason = Annotated[str, typer.Option(help="why; it is kept with the edition")]


@policies.command("list")
def show_all() -> None:
    """Every edition, newest first, and which one decides today."""

    async def story(service: Service) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            items, cursor, _ = await keeping.page(service.database, cursor=cursor, limit=200)
            found += items
            if cursor is None:
                return found

    rows = []
    for item in run(story):
        active = item["activation"] or {}
        rows.append((item["id"], item["status"], active.get("from", ""), active.get("activated_by", ""), item["title"]))
    table(("id", "status", "from", "by", "title"), rows)


@policies.command("show")
def show(policy_id: Edition) -> None:
    """One edition as JSON."""
    out.print_json(json.dumps(run(lambda s: keeping.one(s.database, policy_id))))


@policies.command("draft")
def draft(file: Annotated[str, typer.Argument(help="a policy as JSON; - for standard input")]) -> None:
    """Keep a policy as a new edition that decides nothing yet."""
    raw = content_of(file, LARGEST)
    try:
        document = read(PolicyDocument, raw)
    except KarezError as error:
        fail(error)
    made = run(lambda s: keeping.draft(s.database, s.catalogue, document, caller=CALLER))
    plain(f"{made['id']}: drafted. See what it would change: karez policies simulate {made['id']}")


@policies.command("simulate")
def simulate(
    policy_id: Edition,
    most: Annotated[int, typer.Option(min=1, help="newest assessments to look at")] = 10_000,
    as_json: Annotated[bool, typer.Option("--json", help="print everything as JSON")] = False,
) -> None:
    """What an edition would change in stored assessments; nothing is stored."""

    async def story(service: Service) -> dict[str, Any]:
        made: dict[str, Any] = {}
        items: list[dict[str, Any]] = []
        moves: Counter[tuple[str, str]] = Counter()
        unrated: list[str] = []
        examined = 0
        asked = simulating.Asked(limit=PAGE)
        with Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
            task = progress.add_task("rating again", total=None)
            while examined < most:
                asked = replace(asked, limit=min(PAGE, most - examined))
                made = await simulating.simulate(service.database, service.catalogue, policy_id, asked)
                examined += made["examined"]
                items += made["items"]
                unrated += made["unrated"]
                moves.update({(c["from"], c["to"]): c["count"] for c in made["changes"]})
                progress.update(task, total=min(most, made["total"]), completed=examined)
                if made["next_cursor"] is None:
                    break
                asked = replace(asked, cursor=made["next_cursor"])
        changes = [{"from": a, "to": b, "count": n} for (a, b), n in sorted(moves.items())]
        return {
            **made,
            "examined": examined,
            "unrated": unrated,
            "changed": len(items),
            "changes": changes,
            "items": items,
        }

    made = run(story)
    if as_json:
        out.print_json(json.dumps(made))
        return
    plain(
        f"{made['examined']} of {made['total']} assessments rated again, compared with policy {made['compared_with']}: "
        f"{made['changed']} would change"
    )
    if made["unrated"]:
        plain(f"  {len(made['unrated'])} could not be rated: their submissions would not be accepted today")
    for move in made["changes"]:
        plain(f"  {move['count']}: {move['from']} -> {move['to']}")
    for item in made["items"]:
        words = "; ".join(
            f"{r['profile']} {r['from'] or 'not rated'} -> {r['to'] or 'not rated'}"
            + (f" ({', '.join(r['rules'])})" if r["rules"] else "")
            for r in item["ratings"]
        )
        plain(f"{item['assessment']}  {item['client_reference'] or ''}  {words}")


@policies.command("activate")
def activate(
    policy_id: Edition,
    reason: Reason,
    start: Annotated[str | None, typer.Option("--from", help="first day, YYYY-MM-DD; default today")] = None,
) -> None:
    """Let a draft decide from a day on."""
    _reasoned(reason)
    try:
        day = parse_day(start) if start is not None else None
    except ValueError:
        stop("--from is a date, YYYY-MM-DD", 2)
    made = run(
        lambda s: keeping.activate(s.database, s.catalogue, policy_id, reason=reason, from_day=day, caller=CALLER)
    )
    plain(f"{made['id']}: {made['status']}, from {made['activation']['from']}")


@policies.command("rollback")
def roll_back(
    policy_id: Edition,
    reason: Reason,
    to: Annotated[
        str | None, typer.Option(help="the edition to return to; default the one that decided before")
    ] = None,
) -> None:
    """Take back the edition that decides: a new one, equal to an earlier one, takes its place."""
    _reasoned(reason)
    made = run(lambda s: keeping.roll_back(s.database, s.catalogue, policy_id, reason=reason, to=to, caller=CALLER))
    plain(f"{made['id']}: {made['status']}, equal to {made['equals'] or 'the law alone'}")


def _reasoned(reason: str) -> None:
    if not reason.strip() or len(reason) > 1_000 or not reason.isprintable():
        stop("--reason is one line of 1 to 1,000 characters", 2)
