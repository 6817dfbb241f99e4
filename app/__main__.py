"""The command line: the verbs of the API, without a server where none is needed."""

from __future__ import annotations

import io
import sys

import typer

from app.cli.bulk import bulk
from app.cli.keys import keys
from app.cli.lists import lists, refresh
from app.cli.policies import policies
from app.cli.rating import assess, explain, replay, screen
from app.cli.separations import separations
from app.cli.service import migrate, serve

cli = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
for command in (migrate, serve, lists, refresh, assess, explain, replay, screen, bulk):
    cli.command()(command)
cli.add_typer(policies, name="policies")
cli.add_typer(separations, name="separations")
cli.add_typer(keys, name="keys")


def main() -> None:
    """The entry point of the command ``karez``."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets its escape, not a traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    cli()


if __name__ == "__main__":
    main()
