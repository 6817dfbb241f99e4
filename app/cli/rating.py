"""Rate a submission, show a stored assessment, replay it, look a name up."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated

import typer

from app.cli.shared import CLI, Service, content_of, fail, out, plain, run, settings, stop, warn
from app.core.submission import Submission
from app.core.values import parse_day
from app.errors import KarezError
from app.services import assess as assessing
from app.services import screen as screening
from app.services.documents import read

AsJson = Annotated[bool, typer.Option("--json", help="print the whole record as JSON")]


def assess(
    file: Annotated[str, typer.Argument(help="a submission as JSON; - for standard input")], as_json: AsJson = False
) -> None:
    """Rate a submission and store the assessment."""
    raw = content_of(file, settings().max_body_bytes)
    try:
        submission = read(Submission, raw)
    except KarezError as error:
        fail(error)

    async def story(service: Service) -> str:
        return (await assessing.assess(service.database, service.catalogue, submission, owner=CLI)).document

    _show(run(story), as_json=as_json)


def explain(
    assessment_id: Annotated[str, typer.Argument(metavar="ID", help="an assessment")], as_json: AsJson = False
) -> None:
    """Show a stored assessment with its reasons."""
    _show(run(lambda s: assessing.get(s.database, assessment_id)), as_json=as_json)


def replay(assessment_id: Annotated[str, typer.Argument(metavar="ID", help="an assessment")]) -> None:
    """Rate a stored submission again on the stored editions and say whether the answer is identical."""
    made = run(lambda s: assessing.replay(s.database, s.catalogue, assessment_id))
    out.print_json(json.dumps(made))
    if not made["identical"]:
        raise typer.Exit(1)


def screen(
    name: Annotated[str, typer.Argument(help="the name to look for")],
    kind: Annotated[str, typer.Option(help="organization, person, government_body, vessel or unknown")] = "unknown",
    birth_date: Annotated[str | None, typer.Option(help="YYYY, YYYY-MM or YYYY-MM-DD")] = None,
    country: Annotated[str | None, typer.Option(help="ISO 3166-1 alpha-2, for example CN")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="most hits shown")] = 5,
    threshold: Annotated[float, typer.Option(min=0.0, max=1.0, help="least score of a hit")] = 0.7,
    lists: Annotated[list[str] | None, typer.Option("--list", help="only this list; repeat")] = None,
    as_of: Annotated[str | None, typer.Option(help="listed on this day, YYYY-MM-DD; default today")] = None,
    as_json: AsJson = False,
) -> None:
    """Look a name up on the lists."""
    said = {"kind": kind, "birth_date": birth_date, "country": country.upper() if country else None}
    query = {"name": name, **{k: v for k, v in said.items() if v}}
    day = _day("--as-of", as_of)

    async def story(service: Service) -> screening.Screened:
        return await screening.screen(
            service.catalogue, [query], limit=limit, threshold=threshold, lists=lists or None, as_of=day
        )

    made = run(story)
    result = made.results[0]
    if "error" in result:
        stop(f"{result['error']['pointer']}: {result['error']['detail']}", 2)
    if doubtful := [c.list for c in made.coverage if not c.fresh]:
        warn(f"a name without a hit is not cleared; missing, partial or not fresh: {', '.join(doubtful)}")
    if as_json:
        out.print_json(json.dumps(result))
        return
    if not result["hits"]:
        plain("No hit.")
    for hit in result["hits"]:
        party = hit["party"]
        plain(f"{hit['strength']} {hit['score']:.2f}  {party['name']}  [{party['id']}]  {', '.join(party['lists'])}")
        for feature in hit["features"]:
            plain(f"    {feature['contribution']:+.2f}  {feature['says']}")


def _day(option: str, text: str | None) -> date | None:
    try:
        return parse_day(text) if text is not None else None
    except ValueError:
        stop(f"{option} is a date, YYYY-MM-DD", 2)


def _show(document: str, *, as_json: bool) -> None:
    record = json.loads(document)
    if as_json:
        out.print_json(document)
        return
    plain(
        f"{record['rating'].upper()}  score {record['score']:.1f}  confidence {record['confidence']}  as of {record['as_of']}"
    )
    plain(record["summary"])
    findings = {f["id"]: f for f in record["findings"]}
    for profile in record["ratings"]:
        plain(f"\n{profile['profile']}: {profile['rating']}")
        for reason in profile["reasons"]:
            plain(f"  {reason['rule']} {reason['rating']}: {reason['effect']}")
            for finding in reason["findings"]:
                plain(f"    - {findings[finding]['says']}")
            plain(f"    next: {reason['next_step']}  ({reason['citation']['title']})")
    for change in record["would_change"]:
        plain(f"\nWould change: {change['if']} -> {', '.join(f'{k} {v}' for k, v in change['then'].items())}")
    for gap in record["gaps"][:10]:
        plain(f"Open: {gap['pointer']}: {gap['says']}")
    if len(record["gaps"]) > 10:
        plain(f"Open: {len(record['gaps']) - 10} more; see --json")
    plain(f"\nid {record['id']}")
