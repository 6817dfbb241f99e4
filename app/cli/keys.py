"""Make, list and revoke API keys."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.shared import err, plain, run, table
from app.services import keys as api_keys

keys = typer.Typer(help=__doc__, no_args_is_help=True)


@keys.command("create")
def create(
    name: Annotated[str, typer.Argument(help="whose key it is")],
    scope: Annotated[
        list[str] | None, typer.Option(help="read, assess or admin; repeat; default read and assess")
    ] = None,
) -> None:
    """Make a key and show it once."""
    scopes = tuple(dict.fromkeys(scope)) if scope else ("read", "assess")
    text, key = run(lambda s: api_keys.create(s.database, name, scopes))
    plain(text)
    err.print(
        f"Key {key.id} for {key.name} with {', '.join(scopes)}. It is shown once: keep it now.",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )


@keys.command("list")
def show() -> None:
    """Keys by id and name; never their text."""
    rows = [
        (
            key.id,
            key.name,
            key.scopes,
            key.created_at.isoformat(timespec="seconds"),
            key.revoked_at.isoformat(timespec="seconds") if key.revoked_at else "",
        )
        for key in run(lambda s: api_keys.every(s.database))
    ]
    table(("id", "name", "scopes", "created", "revoked"), rows)


@keys.command("revoke")
def revoke(key_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Revoke a key for good."""
    run(lambda s: api_keys.revoke(s.database, key_id))
    plain("Revoked.")
