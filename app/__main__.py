"""The command line: the verbs of the API, without a server where none is needed."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import structlog
import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from app.api.logs import configure as configure_logs
from app.core.submission import Submission
from app.core.values import parse_day
from app.errors import KarezError
from app.services import assess as assessing
from app.services import keys as api_keys
from app.services import lists as listing
from app.services import refresh as refreshing
from app.services import screen as screening
from app.services.catalogue import Catalogue
from app.services.folder import editions_in
from app.settings import Settings
from app.sources import SOURCES
from app.store import migrate as migrations
from app.store.database import Database

T = TypeVar("T")
CLI = "cli"
cli = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
keys = typer.Typer(help="Make, list and revoke API keys.", no_args_is_help=True)
cli.add_typer(keys, name="keys")
out, err = Console(), Console(stderr=True)
log = structlog.get_logger()


class Service:
    """The database and the catalogue of one command."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = Database(settings.database_url)
        self.catalogue = Catalogue(self.database)

    async def close(self) -> None:
        await self.catalogue.close()
        await self.database.close()


def _run(story: Callable[[Service], Awaitable[T]], *, current: bool = True) -> T:
    """Run a story on a current schema; an error of ours becomes one line and exit status 1."""
    settings = Settings()
    configure_logs("WARNING")

    async def run() -> T:
        service = Service(settings)
        try:
            return await story(service)
        finally:
            await service.close()

    try:
        if current and not migrations.is_current(settings.database_url):
            _stop("the database is not migrated; run `karez migrate` first")
        return asyncio.run(run())
    except KarezError as error:
        _stop(str(error))


def _stop(message: str, status: int = 1) -> NoReturn:
    err.print(f"karez: {message}", highlight=False, markup=False)
    raise typer.Exit(status)


@cli.command()
def migrate() -> None:
    """Bring the database up to date and load the built-in reference edition; safe to repeat."""
    settings = Settings()
    configure_logs("WARNING")
    try:
        migrations.upgrade(settings.database_url)
    except ValueError as error:
        _stop(str(error))

    async def story(service: Service) -> int:
        await service.catalogue.install_builtin()
        loaded = await service.catalogue.current()
        return len(loaded.engine.watchlist.entries)

    parties = _run(story)
    out.print(f"The database is current; {parties} listed parties are loaded.", highlight=False)


@cli.command()
def serve() -> None:
    """Serve the API and the docs page until stopped."""
    from app.api.server import serve as run  # noqa: PLC0415 - the web framework is needed by this command only

    settings = Settings()
    if not migrations.is_current(settings.database_url):
        _stop("the database is not migrated; run `karez migrate` first", 2)
    if settings.keys_required and not _run(lambda s: api_keys.any_valid(s.database)):
        _stop(
            f"{settings.host} can be reached from outside and there is no API key yet; "
            "run `karez keys create NAME` first, or listen on 127.0.0.1",
            2,
        )
    run(settings)


@cli.command()
def lists() -> None:
    """What is loaded and how old it is."""

    async def story(service: Service) -> list[dict[str, Any]]:
        return await listing.overview(service.database, service.catalogue)

    table = Table("list", "edition", "parties", "fresh", "says")
    for line in _run(story):
        table.add_row(line["id"], line["edition"], str(line["parties"]), "yes" if line["fresh"] else "no", line["says"])
    out.print(table)


@cli.command()
def refresh(
    names: Annotated[list[str] | None, typer.Argument(metavar="[LIST]...", help="lists to refresh")] = None,
    file: Annotated[
        list[Path] | None, typer.Option(help="load this file instead of fetching; repeat for the files of one edition")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="every list that has a reader and an address or files")] = False,
    folder: Annotated[
        Path | None, typer.Option(help="load from the files of this folder instead of fetching (see docs/lists.md)")
    ] = None,
    published: Annotated[str | None, typer.Option(help="publication date of the file, YYYY-MM-DD")] = None,
    accept: Annotated[
        bool, typer.Option(help="overrule the guards against a list that shrank or changed too much")
    ] = False,
    reason: Annotated[str | None, typer.Option(help="why it is accepted; kept with the edition")] = None,
) -> None:
    """Fetch lists from their publishers, or load files."""
    settings = Settings()
    lists_dir = folder or (Path(settings.lists_dir) if settings.lists_dir else None)
    chosen = _all_lists(lists_dir, only_folder=folder is not None) if every else list(names or ())
    if not chosen:
        _stop(f"name a list or say --all; lists with a reader: {', '.join(s.id for s in SOURCES if s.readable)}", 2)
    if file and len(chosen) != 1:
        _stop("--file goes with one list", 2)
    for path in file or ():
        if not path.is_file():
            _stop(f"there is no file {path}", 2)
    if folder is not None and not folder.is_dir():
        _stop(f"there is no folder {folder}", 2)
    try:
        day = date.fromisoformat(published) if published is not None else None
    except ValueError:
        _stop("--published is a date, YYYY-MM-DD", 2)
    job = Job(tuple(file or ()), folder, day, (reason or True) if accept else False)
    failed = False
    for name in chosen:
        try:
            _refresh_one(name, job)
        except KarezError as error:
            err.print(f"karez: {error}", highlight=False, markup=False)
            failed = True
        except typer.Exit:
            failed = True
    if failed:
        raise typer.Exit(1)


@dataclass(frozen=True)
class Job:
    """What a refresh is made from: files, a folder, or the publishers."""

    files: tuple[Path, ...]
    folder: Path | None
    published: date | None
    accept: bool | str


def _all_lists(folder: Path | None, *, only_folder: bool) -> list[str]:
    """The lists that the folder has files of, and, unless the folder was named, those with an address."""
    found = [s.id for s in SOURCES if folder is not None and s.readable and editions_in(folder, s.id)]
    if only_folder:
        return found
    return [s.id for s in SOURCES if s.id in found or s.fetched is not None]


def _refresh_one(name: str, job: Job) -> None:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task(name, total=None)

        def step(what: str, done: int, total: int | None) -> None:
            progress.update(task, description=f"{name}: {what}", completed=done, total=total)

        async def story(service: Service) -> refreshing.Loading:
            database, settings = service.database, service.settings
            if job.files:
                with ExitStack() as stack:
                    bodies = [(p.name, stack.enter_context(p.open("rb"))) for p in job.files]
                    return await refreshing.load_document(
                        database,
                        name,
                        bodies,
                        settings=settings,
                        published=job.published,
                        accept=job.accept,
                        progress=step,
                    )
            if job.folder is not None:
                refreshing.readable(name)
                found = editions_in(job.folder, name)
                return await refreshing.load_folder(
                    database, name, found, settings=settings, accept=job.accept, progress=step
                )
            return await refreshing.fetch(database, name, settings=settings, accept=job.accept, progress=step)

        loading = _run(story)
    e = loading.edition
    if not loading.new:
        out.print(f"{name}: unchanged, {e.parties} parties ({e.id})", highlight=False)
    else:
        out.print(
            f"{name}: {e.parties} parties ({e.id}), {e.added} added, {e.removed} removed, {e.changed} changed",
            highlight=False,
        )


def _submission(text: str) -> Submission:
    try:
        return Submission.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        _stop(f"the submission is not valid at /{'/'.join(map(str, first['loc']))}: {first['msg']}")


@cli.command()
def assess(
    file: Annotated[str, typer.Argument(help="a submission as JSON; - for standard input")],
    as_json: Annotated[bool, typer.Option("--json", help="print the whole record")] = False,
) -> None:
    """Rate a submission and store the assessment."""
    if file != "-" and not Path(file).is_file():
        _stop(f"there is no file {file}", 2)
    text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    submission = _submission(text)

    async def story(service: Service) -> str:
        return (await assessing.assess(service.database, service.catalogue, submission, owner=CLI)).document

    _show(_run(story), as_json=as_json)


@cli.command()
def explain(
    assessment_id: Annotated[str, typer.Argument(metavar="ID")],
    as_json: Annotated[bool, typer.Option("--json", help="print the whole record")] = False,
) -> None:
    """Show a stored assessment with its reasons."""
    _show(_run(lambda s: assessing.get(s.database, assessment_id)), as_json=as_json)


@cli.command()
def replay(assessment_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Rate a stored submission again on the stored editions and say whether the answer is identical."""
    made = _run(lambda s: assessing.replay(s.database, s.catalogue, assessment_id))
    out.print_json(json.dumps(made))
    if not made["identical"]:
        raise typer.Exit(1)


@cli.command()
def screen(
    name: Annotated[str, typer.Argument(help="the name to look for")],
    kind: Annotated[str, typer.Option(help="organization, person, government_body, vessel or unknown")] = "unknown",
    birth_date: Annotated[str | None, typer.Option(help="YYYY, YYYY-MM or YYYY-MM-DD")] = None,
    country: Annotated[str | None, typer.Option(help="ISO 3166-1 alpha-2")] = None,
    limit: Annotated[int, typer.Option(min=1, max=50)] = 5,
    threshold: Annotated[float, typer.Option(min=0.0, max=1.0)] = 0.7,
    as_of: Annotated[str | None, typer.Option(help="ask the lists as they were on this day, YYYY-MM-DD")] = None,
) -> None:
    """Look a name up on the lists."""
    query = {k: v for k, v in {"name": name, "kind": kind, "birth_date": birth_date, "country": country}.items() if v}

    try:
        day = parse_day(as_of) if as_of is not None else None
    except ValueError:
        _stop("--as-of is a date, YYYY-MM-DD", 2)

    async def story(service: Service) -> screening.Screened:
        return await screening.screen(service.catalogue, [query], limit=limit, threshold=threshold, as_of=day)

    made = _run(story)
    result = made.results[0]
    if "error" in result:
        _stop(f"{result['error']['pointer']}: {result['error']['detail']}", 2)
    doubtful = [c.list for c in made.coverage if not c.fresh]
    if doubtful:
        err.print(
            f"karez: not whole or not fresh, so no hit clears nobody: {', '.join(doubtful)}",
            highlight=False,
            markup=False,
        )
    if not result["hits"]:
        out.print("No hit.")
    for hit in result["hits"]:
        out.print(
            f"{hit['strength']} {hit['score']:.2f}  {hit['party']['name']}  [{hit['party']['id']}]  {', '.join(hit['party']['lists'])}",
            markup=False,
            highlight=False,
        )
        for feature in hit["features"]:
            out.print(f"    {feature['contribution']:+.2f}  {feature['says']}", markup=False, highlight=False)


@cli.command()
def bulk(
    file: Annotated[Path, typer.Argument(help="submissions, one JSON object a line", exists=True, dir_okay=False)],
    output: Annotated[Path | None, typer.Option(help="write the answers here instead of standard output")] = None,
) -> None:
    """Rate many submissions: JSON lines in, JSON lines out, in order; a bad line gives an error line and the rest goes on."""
    lines = file.read_text(encoding="utf-8").splitlines()

    async def story(service: Service) -> int:
        bad = 0
        with (
            (
                output.open("w", encoding="utf-8")
                if output is not None
                else open(1, "w", encoding="utf-8", closefd=False)
            ) as sink,
            Progress(console=err, transient=True) as progress,
        ):
            for n, line in enumerate(progress.track(lines, description="rating"), start=1):
                if not line.strip():
                    continue
                try:
                    answer = await assessing.assess(
                        service.database, service.catalogue, Submission.model_validate_json(line), owner=CLI
                    )
                    sink.write(answer.document + "\n")
                except (ValidationError, KarezError) as error:
                    bad += 1
                    detail = str(error).splitlines()[0]
                    sink.write(json.dumps({"line": n, "error": detail}) + "\n")
        return bad

    if bad := _run(story):
        _stop(f"{bad} of {len(lines)} lines were not rated; their errors stand in the output")


@keys.command("create")
def create_key(
    name: Annotated[str, typer.Argument(help="whose key it is")],
    scope: Annotated[
        list[str] | None, typer.Option(help="read, assess or admin; repeat; default read and assess")
    ] = None,
) -> None:
    """Make a key and show it once."""
    scopes = tuple(scope) if scope else ("read", "assess")
    text, key = _run(lambda s: api_keys.create(s.database, name, scopes))
    out.print(f"{text}", markup=False, highlight=False, soft_wrap=True)
    err.print(
        f"Key {key.id} for {name} with {', '.join(scopes)}. It is shown once: keep it now.",
        markup=False,
        highlight=False,
    )


@keys.command("list")
def list_keys() -> None:
    """Keys by id and name; never their text."""
    table = Table("id", "name", "scopes", "created", "revoked")
    for key in _run(lambda s: api_keys.every(s.database)):
        revoked = key.revoked_at.isoformat() if key.revoked_at else ""
        table.add_row(key.id, key.name, key.scopes, key.created_at.isoformat(), revoked)
    out.print(table)


@keys.command("revoke")
def revoke_key(key_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Revoke a key for good."""
    _run(lambda s: api_keys.revoke(s.database, key_id))
    out.print("Revoked.")


def _show(document: str, *, as_json: bool) -> None:
    record = json.loads(document)
    if as_json:
        out.print_json(document)
        return
    plain: Callable[[str], None] = lambda text: out.print(text, markup=False, highlight=False)  # noqa: E731
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
    plain(f"\nid {record['id']}")


def main() -> None:
    """The entry point of the command ``karez``."""
    cli()


if __name__ == "__main__":
    main()
