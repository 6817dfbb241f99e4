"""Keep records apart that were taken for one party, and take that back."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.shared import CALLER, plain, run, table
from app.services import separations as separating

separations = typer.Typer(help=__doc__, no_args_is_help=True)
MOST = 200


@separations.command("add")
def add(
    one: Annotated[str, typer.Argument(help="id of a record, as `records` of a party gives it")],
    other: Annotated[str, typer.Argument(help="id of the other record")],
    reason: Annotated[str, typer.Option(help="who checked what; kept for good")],
) -> None:
    """Two records are two parties from now on, whatever they share."""
    made = run(lambda s: separating.separate(s.database, (one, other), reason, caller=CALLER))
    plain(f"Kept apart: {' and '.join(made['records'])} ({made['id']}).")


@separations.command("list")
def show() -> None:
    """The newest separations, withdrawn ones too."""
    found, _ = run(lambda s: separating.page(s.database, cursor=None, limit=MOST))
    rows = [
        (s["id"], *s["records"], "stands" if s["stands"] else "withdrawn", s["reason"], s["made_by"]) for s in found
    ]
    table(("id", "record", "other record", "state", "reason", "by"), rows)


@separations.command("withdraw")
def withdraw(
    separation_id: Annotated[str, typer.Argument(metavar="ID")],
    reason: Annotated[str, typer.Option(help="why they may be linked again; kept for good")],
) -> None:
    """Let the two records be linked again where something links them."""
    made = run(lambda s: separating.withdraw(s.database, separation_id, reason, caller=CALLER))
    plain(f"Withdrawn: {' and '.join(made['records'])} may be linked again.")
