"""What is loaded and how old it is; fetch lists, or load their files."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from app.cli.shared import Service, err, out, run, say, settings, stop, tell
from app.errors import KarezError
from app.services import lists as listing
from app.services import refresh as refreshing
from app.services.folder import editions_in
from app.sources import SOURCES


def lists() -> None:
    """What is loaded and how old it is."""

    async def story(service: Service) -> list[dict[str, Any]]:
        return await listing.overview(service.database, service.catalogue)

    table = Table("list", "edition", "parties", "fresh", "says")
    for line in run(story):
        table.add_row(line["id"], line["edition"], str(line["parties"]), "yes" if line["fresh"] else "no", line["says"])
    out.print(table)


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

        loading = tell(story)
    e = loading.edition
    if not loading.new:
        out.print(f"{name}: unchanged, {e.parties} parties ({e.id})", highlight=False)
    else:
        out.print(
            f"{name}: {e.parties} parties ({e.id}), {e.added} added, {e.removed} removed, {e.changed} changed",
            highlight=False,
        )
