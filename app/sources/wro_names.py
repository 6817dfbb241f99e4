"""The grammar of an ``Entity`` cell of CBP's dataset of orders: one party or several, a region, a good, or fishing vessels.

``A, a/k/a B, a/k/a C`` · ``A Co., Ltd. and B Co., Ltd.`` · ``A; B`` · ``A, B, and C (collectively, G)`` · ``A and its subsidiaries`` ·
``A and its two subsidiaries from China, B and C.`` · ``Fishing Vessel: A`` · ``Xinjiang Uyghur Autonomous Region (XUAR)``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from app.errors import SourceChanged

from .listed_names import after_legal_form, clean, groups, protect, restore, split_names
from .uflpa_names import TEXT_ONLY, Named, class_of, read_entry


class Scope(StrEnum):
    """What an order is on: a party, or goods of a region or kind whoever made them, or what vessels caught."""

    PARTY = "party"
    REGION = "region"
    GOODS = "goods"
    VESSEL = "vessel"
    FLEET = "fleet"


@dataclass(frozen=True)
class Target:
    """One target of an order. ``place`` is what the cell says of where it is, ``parent`` the party it is a subsidiary of."""

    entity: Named
    scope: Scope = Scope.PARTY
    extends_to: str = TEXT_ONLY
    place: str = ""
    parent: str = ""


_VESSEL = re.compile(r"Fishing Vessels?\s*:\s*(.+)", re.IGNORECASE)
_FLEET = re.compile(r"Fishing Vessels?\s+(?:owned|operated)(?:\s+(?:or|and)\s+operated)?\s+by\s+(.+)", re.IGNORECASE)
_REGION = re.compile(r"(?:.*\bAutonomous Region\b.*|.*\b(?:Diamond|Oil|Gas) Fields)", re.IGNORECASE)
_GOODS = re.compile(
    r"(?:all\b.*|.*\b(?:produced|made|mined|grown|harvested)\s+in\b.*|artisanal\b.*\bmines)", re.IGNORECASE
)
_COLLECTIVE = re.compile(r"\(\s*collectively,?\s+(?:the\s+)?[\"“”']*([^()\"“”']+?)[\"“”']*\s*\)", re.IGNORECASE)
_ALSO = re.compile(r",?\s*(?:\ba/k/a|\baka\b|\ba\.k\.a\.|\balso known as)\s+", re.IGNORECASE)
_OF = re.compile(r"\s*\(of ([^()]+)\)", re.IGNORECASE)


def read_targets(cell: str, country: str = "") -> tuple[Target, ...]:
    """The targets in a cell; ``country`` is the row's, to tell a place at the end from a name. Raises ``SourceChanged``."""
    text = clean(cell)
    if not re.search(r"[^\W\d_]", text):
        raise SourceChanged("an order without an entity")
    groups(text)
    if vessel := _VESSEL.fullmatch(text):
        return (Target(Named(vessel[1]), Scope.VESSEL),)
    if fleet := _FLEET.fullmatch(text):
        return tuple(replace(target, scope=Scope.FLEET) for target in _parties(fleet[1], country))
    if _REGION.fullmatch(text):
        return (Target(Named(text), Scope.REGION),)
    if _GOODS.fullmatch(text):
        return (Target(Named(text), Scope.GOODS),)
    return _parties(text, country)


def _parties(text: str, country: str) -> tuple[Target, ...]:
    if collective := _COLLECTIVE.search(text):
        members = split_names(text[: collective.start()])
        return (Target(Named(collective[1].strip(), tuple(members))),)
    if _ALSO.search(text):
        first, *others = _ALSO.split(text)
        aliases = [name for other in others for name in split_names(other.replace(",", "\x00"))]
        return (Target(Named(first.strip(" ,;"), tuple(restore(alias) for alias in aliases))),)
    head, reach = class_of(text)
    if reach == TEXT_ONLY and re.search(r"\bsubsidiar(?:y|ies)\b", text, re.IGNORECASE):
        entry = read_entry(text)
        named = (Target(subsidiary, parent=entry.entity.name) for subsidiary in entry.subsidiaries)
        return (Target(entry.entity, extends_to=entry.extends_to), *named)
    return tuple(replace(_place(part, country), extends_to=reach) for part in _apart(head))


def _apart(text: str) -> list[str]:
    """The parties of a cell: after semicolons, after an ``and`` that follows a legal form, or in an enumeration of whole names."""
    parts = [part.strip() for part in text.split(";") if part.strip(" .")]
    if len(parts) > 1 and re.fullmatch(r"[A-Z][a-z]+\.?", parts[-1]) and len(_enumerated(parts[0])) > 1:
        parts.pop()  # the town of all of them
    made: list[str] = []
    for part in parts:
        names = after_legal_form(part)
        made += names if len(names) > 1 else _enumerated(part)
    return made


def _enumerated(text: str) -> list[str]:
    """``A Carpet, B Carpet, and C Carpet`` as three; a name with single words between its commas is one name."""
    plain = re.sub(r"\bPvt\.?,\s+(?=[A-Z](?!td))", "Pvt.;", text)
    parts = [restore(piece).strip() for piece in re.split(r"[,;]", protect(plain))]
    parts[-1:] = [re.sub(r"^and\s+", "", parts[-1])]
    last = re.search(r",\s+and\s+\S", text)
    whole = all(len(part.split()) > 1 for part in parts)
    return parts if len(parts) > 2 and last is not None and whole else [text]


def _place(text: str, country: str) -> Target:
    """A party with what the cell says of its place: ``(of Nagoya, Japan)``, or ``, Town, Province, Country`` at the end."""
    if of := _OF.search(text):
        return Target(Named(clean(_OF.sub("", text)).strip(" ,;")), place=of[1])
    parts = [restore(part).strip() for part in protect(text).split(",")]
    if country and len(parts) > 2 and parts[-1].rstrip(".").casefold() == country.casefold():
        return Target(Named(parts[0]), place=", ".join(parts[1:]))
    return Target(Named(text.strip(" ,;")))
