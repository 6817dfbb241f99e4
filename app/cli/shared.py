"""What every command needs: a database and a catalogue to work on, errors as one line, and files read whole or refused."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, TypeVar

import typer
from pydantic import ValidationError
from rich.cells import cell_len
from rich.console import Console
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from app.api.logs import configure as configure_logs
from app.errors import BadRequest, KarezError
from app.services.catalogue import Catalogue
from app.services.keys import SCOPES, Caller
from app.settings import Settings
from app.store import migrate as migrations
from app.store.database import Database, async_url

T = TypeVar("T")
CLI = "cli"
CALLER = Caller(CLI, frozenset(SCOPES), "command line")
SHOWN = 20
"""Errors of one document that are printed."""

out, err = Console(), Console(stderr=True)


class Service:
    """The database and the catalogue of one command."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = Database(settings.database_url)
        self.catalogue = Catalogue(self.database)

    async def close(self) -> None:
        await self.catalogue.close()
        await self.database.close()


def settings() -> Settings:
    """The settings of this process; a setting that does not fit is one line and exit status 2."""
    try:
        made = Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        stop(f"KAREZ_{name} does not fit: {first['msg']}", 2)
    known = {f"KAREZ_{name.upper()}" for name in Settings.model_fields}
    for unknown in sorted(name for name in os.environ if name.startswith("KAREZ_") and name not in known):
        warn(f"{unknown} is no setting and changes nothing; docs/operations.md lists them")
    configure_logs("ERROR")  # what is refused or tried again is said in plain words here
    try:
        async_url(made.database_url)
    except (ValueError, ArgumentError):
        stop("KAREZ_DATABASE_URL must be a sqlite:///path or postgresql://user:password@host/name address", 2)
    return made


def tell(story: Callable[[Service], Awaitable[T]], *, current: bool = True) -> T:
    """Run a story on a current schema; raises the errors of ours, and stops where there is no database."""
    chosen = settings()

    async def run() -> T:
        service = Service(chosen)
        try:
            return await story(service)
        finally:
            await service.close()

    with database_errors():
        if current and not migrations.is_current(chosen.database_url):
            stop("the database is not migrated; run `karez migrate` first")
        return asyncio.run(run())


@contextmanager
def database_errors() -> Iterator[None]:
    """A database that cannot be used, or is none of ours, is one line instead of a traceback."""
    try:
        yield
    except DBAPIError as error:
        # Only what a connection failed for: other messages may repeat values.
        why = str(error.orig).strip().partition("\n")[0][:300] if isinstance(error, OperationalError) else ""
        stop(f"the database cannot be used ({why or type(error.orig).__name__}); see KAREZ_DATABASE_URL")
    except BrokenPipeError:
        raise
    except OSError as error:
        stop(f"the database cannot be used ({error.strerror or type(error).__name__}); see KAREZ_DATABASE_URL")


def run(story: Callable[[Service], Awaitable[T]]) -> T:
    """Run a story; an error of ours becomes a line (and one for each of its places) and exit status 1."""
    try:
        return tell(story)
    except KarezError as error:
        fail(error)


def fail(error: KarezError) -> NoReturn:
    """Say what was wrong, where, and stop with status 1."""
    say(error)
    raise typer.Exit(1)


def say(error: KarezError) -> None:
    """An error on standard error: what, and where."""
    err.print(f"karez: {error}", highlight=False, markup=False, soft_wrap=True)
    if isinstance(error, BadRequest):
        for pointer, detail in error.errors[:SHOWN]:
            err.print(f"  {pointer or 'the whole'}: {detail}", highlight=False, markup=False, soft_wrap=True)
        if len(error.errors) > SHOWN:
            err.print(f"  and {len(error.errors) - SHOWN} more", highlight=False, markup=False)


def warn(message: str) -> None:
    err.print(f"karez: {message}", highlight=False, markup=False, soft_wrap=True)


def stop(message: str, status: int = 1) -> NoReturn:
    warn(message)
    raise typer.Exit(status)


def plain(text: str) -> None:
    """A line as it is, on standard output."""
    out.print(text, markup=False, highlight=False, soft_wrap=True)


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Aligned columns on standard output, one row a line; nothing is cut, so that an id can be copied and a line searched for."""
    lines = [headers, *rows]
    widths = [max(cell_len(line[n]) for line in lines) for n in range(len(headers))]
    for line in lines:
        cells = (text + " " * (width - cell_len(text)) for text, width in zip(line, widths, strict=True))
        plain("  ".join(cells).rstrip())


def content_of(file: str, limit: int) -> bytes:
    """A file's bytes (``-``: standard input), up to ``limit``; a file that cannot be read stops with status 2."""
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(limit + 1)
        else:
            with Path(file).open("rb") as source:
                raw = source.read(limit + 1)
    except FileNotFoundError:
        stop(f"there is no file {file}", 2)
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}", 2)
    if len(raw) > limit:
        stop(f"{file} may have at most {limit} bytes", 2)
    return raw
