"""Which format of a list some documents are, by what they contain; their names only decide between equals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from app.core.source import Format, Source
from app.errors import SourceChanged

from .sniff import is_html, is_json, is_workbook, root_of
from .unpack import Body


def recognise(source: Source, bodies: Sequence[Body]) -> tuple[Format, dict[str, IO[bytes]]]:
    """The first format that knows every document and misses none; raises ``SourceChanged`` saying what each document is instead.

    A document that only its name gives away goes to the parser under that name, which then says what is wrong with it.
    """
    heads = [body.head() for body in bodies]
    problems: list[str] = []
    for form in source.formats:
        found = _assign(form, bodies, heads)
        if isinstance(found, str):
            problems.append(found)
        else:
            return form, found
    known = dict.fromkeys(d.name for f in source.formats for d in f.documents)
    best = next((p for p in problems if p), "")
    raise SourceChanged(
        best or f"{source.id} is read from {', '.join(known)}; this is {', '.join(_what(h) for h in heads)}"
    )


def _assign(form: Format, bodies: Sequence[Body], heads: Sequence[bytes]) -> dict[str, IO[bytes]] | str:
    """The streams by document name, or why not: empty where the format knows none of the documents."""
    made: dict[str, IO[bytes]] = {}
    strangers: list[str] = []
    for body, head in zip(bodies, heads, strict=True):
        fitting = [d.name for d in form.documents if d.sniff(head)]
        if not fitting and not is_html(head):
            fitting = [d.name for d in form.documents if d.name == body.name]
        if not fitting:
            strangers.append(f"{body.name or 'a document'} is {_what(head)} and does not belong to this list")
            continue
        name = body.name if body.name in fitting else next((n for n in fitting if n not in made), fitting[0])
        if name in made:
            return f"{name} stands twice"
        made[name] = body.stream
    missing = [d.name for d in form.documents if d.required and d.name not in made]
    if not made:
        return ""
    if strangers:
        return strangers[0]
    return f"{form.name} needs {', '.join(missing)}; got {', '.join(made)}" if missing else made


def _what(head: bytes) -> str:
    """A document in words, for a refusal."""
    if is_html(head):
        return "an HTML page"
    if is_workbook(head):
        return "a workbook"
    if (root := root_of(head)) is not None:
        return f"XML of another kind ({root[1][:60]})"
    if is_json(head):
        return "JSON of another kind"
    return "text or data of another kind"
