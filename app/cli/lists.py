"""What is loaded and how old it is; fetch lists, or load their files."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from app.cli.shared import Service, err, out, plain, run, say, settings, stop, table, tell, warn
from app.errors import FetchFailed, KarezError, NotReady
from app.services import lists as listing
from app.services import refresh as refreshing
from app.services.folder import editions_in
from app.sources import SOURCES


def lists(
    as_json: Annotated[
        bool, typer.Option("--json", help="print all that is known of every list as JSON, its files included")
    ] = False,
) -> None:
    """What is loaded and how old it is."""

    async def story(service: Service) -> list[dict[str, Any]]:
        return await listing.overview(service.database, service.catalogue)

    found = run(story)
    if as_json:
        out.print_json(json.dumps(found))
        return
    rows = [
        (
            line["id"],
            line["edition"],
            str(line["parties"]),
            line["published"] or "",
            "yes" if line["fresh"] else "no",
            line["says"],
        )
        for line in found
    ]
    table(("list", "edition", "parties", "published", "fresh", "says"), rows)


def refresh(
    names: Annotated[list[str] | None, typer.Argument(metavar="[LIST]...", help="lists to refresh")] = None,
    file: Annotated[
        list[Path] | None, typer.Option(help="load this file instead of fetching; repeat for the files of one edition")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="every list that has a reader and an address or files")] = False,
    folder: Annotated[
        Path | None, typer.Option(help="load from the files of this folder instead of fetching (see docs/lists.md)")
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            help="publication date of the files, YYYY-MM-DD; without one that they state, they never count as fresh"
        ),
    ] = None,
    accept: Annotated[
        bool, typer.Option(help="overrule the guards against a list that shrank or changed too much")
    ] = False,
    reason: Annotated[str | None, typer.Option(help="why it is accepted; kept with the edition")] = None,
) -> None:
    """Fetch lists from their publishers, or load files."""
    folder_set = settings().lists_dir
    lists_dir = folder or (Path(folder_set) if folder_set else None)
    chosen = _all_lists(lists_dir, only_folder=folder is not None) if every else list(names or ())
    if not chosen:
        stop(f"name a list or say --all; lists with a reader: {', '.join(s.id for s in SOURCES if s.readable)}", 2)
    if file and len(chosen) != 1:
        stop("--file goes with one list", 2)
    for path in file or ():
        if not path.is_file():
            stop(f"there is no file {path}", 2)
    if folder is not None and not folder.is_dir():
        stop(f"there is no folder {folder}", 2)
    try:
        day = date.fromisoformat(published) if published is not None else None
    except ValueError:
        stop("--published is a date, YYYY-MM-DD", 2)
    job = Job(tuple(file or ()), folder, day, (reason or True) if accept else False)
    failed = False
    for name in chosen:
        try:
            _refresh_one(name, job)
        except KarezError as error:
            say(error)
            if isinstance(error, FetchFailed):
                warn(
                    f"where there is no way out, hand the files over: karez refresh {name} --file FILE --published DAY"
                )
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
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task(name, total=None)

        def step(what: str, done: int, total: int | None) -> None:
            progress.update(task, description=f"{name}: {what}", completed=done, total=total)

        async def load(service: Service) -> refreshing.Loading:
            database, chosen = service.database, service.settings
            if job.files:
                with ExitStack() as stack:
                    bodies = [(p.name, stack.enter_context(p.open("rb"))) for p in job.files]
                    return await refreshing.load_document(
                        database,
                        name,
                        bodies,
                        settings=chosen,
                        published=job.published,
                        accept=job.accept,
                        progress=step,
                    )
            if job.folder is not None:
                refreshing.readable(name)
                found = editions_in(job.folder, name)
                return await refreshing.load_folder(
                    database, name, found, settings=chosen, accept=job.accept, progress=step
                )
            return await refreshing.fetch(database, name, settings=chosen, accept=job.accept, progress=step)

        async def story(service: Service) -> tuple[refreshing.Loading, dict[str, Any] | NotReady]:
            loading = await load(service)
            try:
                found = await listing.overview(service.database, service.catalogue)
            except NotReady as error:
                return loading, error
            return loading, next(line for line in found if line["id"] == name)

        loading, line = tell(story)
    e = loading.edition
    if not loading.new:
        plain(f"{name}: unchanged, {e.parties} parties ({e.id})")
    else:
        plain(f"{name}: {e.parties} parties ({e.id}), {e.added} added, {e.removed} removed, {e.changed} changed")
    if isinstance(line, NotReady):
        warn(str(line))
        return
    if line["edition"] != e.id:
        warn(f"{name}: {line['edition']} stays the current edition; it is later in time than {e.id}")
    if not line["fresh"]:
        warn(f"{name} is not fresh: {line['says']}")
