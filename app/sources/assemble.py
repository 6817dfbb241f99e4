"""Putting a party together from what a list says: each name once, countries as codes, and every refusal with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from app.core.party import Alias, AliasKind, Party
from app.errors import SourceChanged

from .countries import country_code

LONGEST = 1_000
"""Characters of a name or a number; a longer one is no name."""

RANK = {AliasKind.PRIMARY: 0, AliasKind.STRONG: 1, AliasKind.FORMER: 2, AliasKind.WEAK: 3}


def tidy(text: str) -> str:
    """A text on one line, without doubled or odd spaces."""
    return " ".join(text.replace("_x000D_", " ").split())


def names(found: Iterable[tuple[str, AliasKind]]) -> tuple[Alias, ...]:
    """Each name once, as the strongest kind it was given; one primary name, the first."""
    made: dict[str, AliasKind] = {}
    for text, said in found:
        name = tidy(text)
        if not name:
            continue
        kind = AliasKind.STRONG if said is AliasKind.PRIMARY and AliasKind.PRIMARY in made.values() else said
        if name not in made or RANK[kind] < RANK[made[name]]:
            made[name] = kind
    ordered = sorted(made.items(), key=lambda item: item[1] is not AliasKind.PRIMARY)
    return tuple(Alias(name=name[:LONGEST], kind=kind) for name, kind in ordered)


def split_names(text: str) -> list[str]:
    """``A; B b) C`` as three names."""
    pieces = re.split(r";|(?:^|\s)[a-z]\)\s", text)
    return [piece for piece in (tidy(p).strip(" ,") for p in pieces) if piece]


def codes(found: Iterable[str]) -> tuple[str, ...]:
    """The countries that are countries, each once, as codes."""
    made: dict[str, None] = {}
    for text in found:
        code = text if re.fullmatch(r"[A-Z]{2}", text) else country_code(tidy(text)) if text else None
        if code:
            made[code] = None
    return tuple(made)


def party(where: str, **fields: Any) -> Party:
    """The party, or ``SourceChanged`` saying which member of which record cannot be one."""
    if not fields["aliases"]:
        raise SourceChanged(f"{where}: a party without a name")
    try:
        return Party(**fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise SourceChanged(f"{where}: {'/'.join(map(str, first['loc']))} cannot be read ({first['type']})") from None


def unique(parties: Iterable[Party]) -> Iterator[Party]:
    """The parties, none twice; raises ``SourceChanged`` where two records have one key."""
    seen: set[str] = set()
    for one in parties:
        if one.id in seen:
            raise SourceChanged(f"{one.id.split(':', 1)[1]}: two records have this key")
        seen.add(one.id)
        yield one


def slug(text: str) -> str:
    """``Myanmar (Burma)`` as ``myanmar-burma``: for keys."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
