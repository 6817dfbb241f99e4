"""Putting a party together from what a list says: each name once, countries as codes, and every refusal with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from app.core.party import Alias, AliasKind, Party
from app.errors import SourceChanged

from .countries import country_code
from .nationalities import nationality_code

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
    pieces = re.split(r";|(?:^|\s)\(?[a-z]\)\s", text)
    return [piece for piece in (tidy(p).strip(" ,") for p in pieces) if piece]


_ASIDE = re.compile(
    r"\([^()]*\)?|\b(?:possibly|reportedly|citizenship|citizen|national|nationality|by birth|region:)\b|\bas (?:of|at)\b.*",
    re.I,
)


def codes(found: Iterable[str]) -> tuple[str, ...]:
    """The countries and nationalities that are some, each once, as codes; a remark in brackets beside one is passed over."""
    made: dict[str, None] = {}
    for text in found:
        if re.fullmatch(r"[A-Z]{2}", text):
            made[text] = None
            continue
        for piece in split_names(text):
            plain = tidy(_ASIDE.sub(" ", piece)).strip(" ,.-")
            code = country_code(piece) or country_code(plain) or nationality_code(plain)
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


def checked(parties: Iterable[Party]) -> Iterator[Party]:
    """The parties; a value that no party may hold (a control character, an endless line) is the document's fault, and refused."""
    try:
        yield from parties
    except ValidationError as error:
        first = error.errors()[0]
        raise SourceChanged(
            f"a {error.title.lower()} cannot be read: {'/'.join(map(str, first['loc']))} ({first['type']})"
        ) from None


def unique(parties: Iterable[Party]) -> Iterator[Party]:
    """The parties, none twice; raises ``SourceChanged`` where two records have one key."""
    seen: set[str] = set()
    for one in checked(parties):
        if one.id in seen:
            raise SourceChanged(f"{one.id.split(':', 1)[1]}: two records have this key")
        seen.add(one.id)
        yield one


def slug(text: str) -> str:
    """``Myanmar (Burma)`` as ``myanmar-burma``: for keys."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def together(parties: Iterable[Party]) -> Iterator[Party]:
    """The parties, those of one key as one: a list that prints an entry in two records means one entry."""
    made: dict[str, Party] = {}
    for one in checked(parties):
        held = made.get(one.id)
        made[one.id] = one if held is None else _joined(held, one)
    return iter(made.values())


_LISTS = (
    "identifiers",
    "birth_dates",
    "birth_places",
    "countries",
    "nationalities",
    "addresses",
    "roles",
    "designations",
    "relationships",
)


def _joined(held: Party, more: Party) -> Party:
    joined: dict[str, Any] = {
        name: tuple(dict.fromkeys([*getattr(held, name), *getattr(more, name)])) for name in _LISTS
    }
    joined["aliases"] = names((a.name, a.kind) for a in (*held.aliases, *more.aliases))
    joined["remarks"] = "\n".join(dict.fromkeys(filter(None, (held.remarks, more.remarks))))
    return held.model_copy(update=joined)
