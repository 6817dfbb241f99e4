"""The identities of a target of the Swiss list: names from ordered parts and their spellings, births, places and documents."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.core.party import AliasKind, Identifier, ListedAddress
from app.errors import SourceChanged

from .assemble import codes, tidy
from .partial_dates import partial
from .xml_stream import Node

NAME_TYPES = {"primary-name": AliasKind.PRIMARY, "alias": AliasKind.STRONG, "formerly-known-as": AliasKind.FORMER}
QUALITIES = {"good": False, "": False, "low": True}
DECORATION = ("ssid", "lang", "quality", "main", "place-id", "script")
"""Attributes that say nothing about the party itself."""


@dataclass
class Context:
    """What targets refer to: sanctions sets and places by their number."""

    sets: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Set number to (programme key, programme name, name of the set)."""
    places: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Place number to (location, area, country)."""
    made: str = ""


@dataclass
class Said:
    """What the identities of a target say, the main one first."""

    person: bool
    names: list[tuple[str, AliasKind]] = field(default_factory=list)
    births: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    nationalities: list[str] = field(default_factory=list)
    addresses: list[ListedAddress] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def identity(self, node: Node, context: Context) -> None:
        main = node.attributes.get("main") == "true"
        for child in node.all("name"):
            self._name(child, main=main)
        for child in node.all("day-month-year"):
            if child.attr("calendar") in ("", "Gregorian"):
                self.births += _birth(child)
        for child in node.all("nationality"):
            self.nationalities.append(country_of(child))
            _plain(child)
        for child in node.all("place-of-birth"):
            place = _located(child, context)
            self.places.append(", ".join(filter(None, (place.text, place.city, place.region, place.country))))
        for child in node.all("address"):
            self.addresses.append(_located(child, context))
        for child in node.all("identification-document"):
            self._document(child)
        _plain(node)

    def _name(self, node: Node, *, main: bool) -> None:
        said, quality = node.attr("name-type"), node.attr("quality")
        if said not in NAME_TYPES or quality not in QUALITIES:
            raise SourceChanged(f"line {node.line}: unknown name-type or quality")
        kind = AliasKind.WEAK if QUALITIES[quality] and not (main and said == "primary-name") else NAME_TYPES[said]
        if kind is AliasKind.PRIMARY and not main:
            kind = AliasKind.STRONG
        parts: list[tuple[int, str]] = []
        variants: dict[tuple[str, str], dict[int, str]] = {}
        for position, child in enumerate(
            sorted(
                node.all("name-part"),
                key=lambda c: (
                    int(c.attributes.get("order", "0") or 0) if c.attributes.get("order", "0").isdecimal() else 0
                ),
            )
        ):
            value, title = tidy(child.value("value")), child.attr("name-part-type") == "title"
            child.attr("order")
            if title:
                self.titles += [value] if value else []
            else:
                parts.append((position, value))
            for spelling in child.all("spelling-variant"):
                key = (spelling.attr("lang"), spelling.attr("script"))
                spelling.attr("spelling-variant-type")
                text = tidy(spelling.own_text())
                _plain(spelling)
                if text and not title:
                    if position in variants.get(key, {}):
                        key = (*key, str(len(variants)))  # type: ignore[assignment]
                    variants.setdefault(key, {})[position] = text
            _plain(child)
        _plain(node)
        self.names.append((" ".join(filter(None, (value for _, value in parts))), kind))
        other = AliasKind.STRONG if kind is AliasKind.PRIMARY else kind
        self.names += [
            (" ".join(filter(None, (spelt.get(p, value) for p, value in parts))), other) for spelt in variants.values()
        ]

    def _document(self, node: Node) -> None:
        kind = node.attr("document-type")
        number = tidy(node.value("number"))
        issuer = ""
        for child in node.all("issuer"):
            issuer = child.attr("code") or child.own_text()
            child.own_text()
            _plain(child)
        node.drop("date-of-issue", "expiry-date", "remark", "remarks", "place-of-issue")
        _plain(node)
        scheme = (
            "passport"
            if "passport" in kind
            else "driving_licence"
            if "driv" in kind
            else "national_id"
            if "id" in kind
            else "document"
        )
        if number:
            self.identifiers.append(
                Identifier(scheme=scheme, value=number[:1000], country=next(iter(codes([issuer])), None))
            )


def _plain(node: Node) -> None:
    """Nothing may be left but decoration."""
    for name in DECORATION:
        node.attr(name)
    node.close()


def _birth(node: Node) -> list[str]:
    parts = [node.attr(n) for n in ("year", "month", "day")]
    if not all(p == "" or p.isdecimal() for p in parts):
        raise SourceChanged(f"line {node.line}: a date that is no number")
    _plain(node)
    try:
        return [partial(int(parts[0]), int(parts[1] or 0), int(parts[2] or 0))] if parts[0] else []
    except ValueError:
        raise SourceChanged(f"line {node.line}: a date of no calendar") from None


def _located(node: Node, context: Context) -> ListedAddress:
    """An address or place of birth: its own words over those of the place it refers to."""
    location, area, country = context.places.get(node.attr("place-id"), ("", "", ""))
    care, details, box = (tidy(node.value(tag)) for tag in ("c-o", "address-details", "p-o-box"))
    text = ", ".join(filter(None, (f"c/o {care}" if care else "", details, f"P.O. Box {box}" if box else "")))
    note = tidy(node.value("remarks"))
    made = ListedAddress(
        text=f"{text} ({note})".strip() if note else text,
        city=tidy(node.value("location")) or location,
        region=tidy(node.value("area")) or area,
        postal_code=tidy(node.value("zip-code")),
        country=country_of(node) or country,
    )
    _plain(node)
    return made


def country_of(node: Node) -> str:
    """The code of the country an element names, or its name."""
    for child in node.all("country"):
        code, said = child.attr("iso-code"), child.own_text()
        child.close()
        return code or said
    return ""
