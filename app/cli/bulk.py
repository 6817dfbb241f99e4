"""Rate a file of submissions, one JSON object a line: every line gets its answer or its error, in order."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from sqlalchemy.exc import DBAPIError

from app.cli.shared import CLI, Service, err, run, stop
from app.core.submission import Submission
from app.errors import BadRequest, KarezError
from app.services import assess as assessing
from app.services.documents import read

MOST_ERRORS = 20
"""Errors named of one line."""


def bulk(
    file: Annotated[str, typer.Argument(help="submissions, one JSON object a line; - for standard input")],
    output: Annotated[Path | None, typer.Option(help="write the answers here instead of standard output")] = None,
) -> None:
    """Rate many submissions: JSON lines in, JSON lines out, in order.

    A line that cannot be rated gives {"line": N, "error": {"detail": …, "errors": […]}} in its place and the rest goes on; then the
    exit status is 1. Answers are stored and written line by line, so what was done before a stop is kept.
    """

    async def story(service: Service) -> tuple[int, int]:
        rated = bad = 0
        with _source(file) as (source, size), _sink(output, file) as sink, _progress() as progress:
            task = progress.add_task("rating", total=size, done=0, bad=0)
            for n, line in _lines(source, service.settings.max_body_bytes):
                answer, good = await _answer(service, n, line)
                sink.write(answer + b"\n")
                sink.flush()
                rated, bad = rated + good, bad + (not good)
                progress.update(task, advance=len(line) + 1, done=rated, bad=bad)
        return rated, bad

    try:
        rated, bad = run(story)
    except BrokenPipeError:
        # Whoever read the answers has gone; Python would complain once more when it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
    err.print(f"{rated} rated, {bad} not rated", highlight=False)
    if bad:
        stop("the errors of what was not rated stand in the output, each in its place")


async def _answer(service: Service, n: int, line: bytes) -> tuple[bytes, bool]:
    """The answer of one line, and whether it was rated."""
    try:
        if len(line) > service.settings.max_body_bytes:
            raise BadRequest(f"a line may have at most {service.settings.max_body_bytes} bytes")
        submission = read(Submission, line)
        answer = await assessing.assess(service.database, service.catalogue, submission, owner=CLI)
    except KarezError as error:
        places = error.errors[:MOST_ERRORS] if isinstance(error, BadRequest) else ()
        detail = {"detail": str(error), "errors": [{"pointer": p, "detail": d} for p, d in places]}
        return json.dumps({"line": n, "error": detail}, ensure_ascii=False).encode("utf-8", "replace"), False
    except DBAPIError as error:
        stop(f"line {n} could not be stored ({type(error.orig).__name__}); the lines before it are kept")
    return answer.document.encode(), True


def _lines(source: IO[bytes], limit: int) -> Iterator[tuple[int, bytes]]:
    """Lines by number, blank ones left out; of a line that is too long only its beginning, so that memory stays bounded.

    Only a line feed ends a line: the other line breaks of Unicode may stand inside a JSON string.
    """
    n = 0
    while line := source.readline(limit + 2):
        n += 1
        rest = line
        while not rest.endswith(b"\n") and (rest := source.readline(limit + 2)):
            pass
        if n == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")  # some editors put a mark before the first line
        line = line.rstrip(b"\r\n")
        if line.strip():
            yield n, line


@contextmanager
def _source(file: str) -> Iterator[tuple[IO[bytes], int | None]]:
    """The file and its size in bytes; standard input has none."""
    if file == "-":
        yield sys.stdin.buffer, None
        return
    try:
        opened = Path(file).open("rb")  # noqa: SIM115 - closed by the with below
    except FileNotFoundError:
        stop(f"there is no file {file}", 2)
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}", 2)
    with opened:
        yield opened, os.fstat(opened.fileno()).st_size


@contextmanager
def _sink(output: Path | None, file: str) -> Iterator[IO[bytes]]:
    """Where answers go; the file of submissions is never written over."""
    if output is None:
        yield sys.stdout.buffer
        return
    if file != "-" and output.exists() and output.samefile(file):
        stop("--output names the file of submissions; name another", 2)
    try:
        opened = output.open("wb")
    except OSError as error:
        stop(f"{output} cannot be written: {error.strerror}", 2)
    with opened:
        yield opened


def _progress() -> Progress:
    words = TextColumn("{task.fields[done]} rated, {task.fields[bad]} not")
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), words, TimeRemainingColumn())
    return Progress(*columns, console=err, transient=True, disable=not err.is_terminal)
