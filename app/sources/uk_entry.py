"""One entry of a UK list, gathered from whichever format prints it, and made into a party."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from app.core.party import AliasKind, Designation, Identifier, ListedAddress, Party, PartyKind, Relationship
from app.core.values import Citation
from app.errors import SourceChanged

from .assemble import codes, names, party, tidy
from .partial_dates import dates_in

ID = "uk_sanctions_list"
CITATION = Citation(
    title="UK Sanctions List (Foreign, Commonwealth and Development Office)",
    url="https://www.gov.uk/government/publications/the-uk-sanctions-list",
)
KINDS = {"individual": PartyKind.PERSON, "entity": PartyKind.ORGANIZATION, "ship": PartyKind.VESSEL}
NAME_TYPES = {
    "primary name": AliasKind.PRIMARY,
    "prime alias": AliasKind.PRIMARY,
    "primary name variation": AliasKind.STRONG,
    "alias": AliasKind.STRONG,
    "aka": AliasKind.STRONG,
    "fka": AliasKind.FORMER,
    "": AliasKind.STRONG,
}
HUMAN_RIGHTS = re.compile(r"global human rights", re.I)
REFERENCE = re.compile(r"\(UK Sanctions List Ref\):?\s*([A-Z]{2,5}[0-9]{4,5})")
UN_REFERENCE = re.compile(r"\bUN Ref(?:erence)?[.:]*\s*(?:Number\s*)?([A-Z]{2,3}[ei]\.[0-9]{3})", re.I)
_NUMBERED = re.compile(r"\(\d+\)\s*|(?:^|\s)\d+\)\s*")


@dataclass
class Entry:
    """What the rows or elements of one entry say; lists keep the order of the document."""

    where: str
    unique_id: str = ""
    group_id: str = ""
    united_nations: str = ""
    kind: str = ""
    regimes: list[tuple[str, date | None]] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)
    names: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, type and strength as printed."""
    scripts: list[str] = field(default_factory=list)
    births: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    nationalities: list[str] = field(default_factory=list)
    genders: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    addresses: list[ListedAddress] = field(default_factory=list)
    related: list[tuple[str, str]] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def party(self) -> Party:
        """The party; raises ``SourceChanged`` where the entry lacks what every entry has."""
        if not self.unique_id and not self.group_id:
            raise SourceChanged(f"{self.where}: an entry without an id")
        kind = KINDS.get(self.kind.lower())
        if kind is None:
            raise SourceChanged(f"{self.where}: an entry that is no individual, entity or ship")
        if not self.regimes or not all(regime for regime, _ in self.regimes):
            raise SourceChanged(f"{self.where}: an entry without a regime")
        nationalities = codes(n for text in self.nationalities for n in numbered(text))
        addresses = tuple(dict.fromkeys(a for a in self.addresses if any(a.model_dump().values())))
        return party(
            self.where,
            id=f"{ID}:{self.unique_id or 'ofsi-' + self.group_id}",
            source=ID,
            kind=kind,
            aliases=names(self._names()),
            identifiers=tuple(dict.fromkeys(self._identifiers())),
            birth_dates=tuple(dict.fromkeys(d for text in self.births for d in dates_in(text)))
            if kind is PartyKind.PERSON
            else (),
            birth_places=tuple(dict.fromkeys(tidy(p) for p in self.places if tidy(p))),
            gender=next((g.lower() for g in self.genders if g.lower() in ("male", "female")), ""),
            countries=codes([a.country for a in addresses] + list(nationalities) + self.flags),
            nationalities=nationalities,
            addresses=addresses,
            roles=tuple(dict.fromkeys(tidy(r) for r in self.roles if tidy(r))),
            designations=self._designations(),
            relationships=tuple(
                Relationship(kind=k, to=f"name:{tidy(n)}"[:1000], to_name=tidy(n)[:1000], source=CITATION.title)
                for k, n in dict.fromkeys(self.related)
                if tidy(n)
            ),
            remarks="\n".join(dict.fromkeys(filter(None, self.remarks))),
        )

    def _names(self) -> list[tuple[str, AliasKind]]:
        found: list[tuple[str, AliasKind]] = []
        for name, said, strength in self.names:
            kind = NAME_TYPES.get(said.strip().lower())
            if kind is None:
                raise SourceChanged(f"{self.where}: unknown type of a name")
            weak = re.search(r"low|weak|poor", strength, re.I) is not None
            found.append((name, AliasKind.WEAK if weak and kind is not AliasKind.PRIMARY else kind))
        found += [(script, AliasKind.STRONG) for script in self.scripts]
        if not any(tidy(name) for name, _ in found):
            self.remarks.append("The list prints no name for this entry; it stands under its number.")
            return [(self.unique_id or self.group_id, AliasKind.PRIMARY)]
        if not any(kind is AliasKind.PRIMARY and tidy(name) for name, kind in found):
            first = next(n for n, (name, _) in enumerate(found) if tidy(name))
            found[first] = (found[first][0], AliasKind.PRIMARY)
        return found

    def _identifiers(self) -> list[Identifier]:
        made = [Identifier(scheme="uk_reference", value=self.unique_id)] if self.unique_id else []
        if self.group_id:
            made.append(Identifier(scheme="ofsi_group", value=self.group_id))
        found = [(("un_reference"), ref) for ref in re.split(r"[\s,;]+", self.united_nations) if ref]
        return made + [Identifier(scheme=s, value=tidy(v)[:1000]) for s, v in [*found, *self.identifiers] if tidy(v)]

    def _designations(self) -> tuple[Designation, ...]:
        """One per regime, with the earliest day that the entry gives it."""
        measures = tuple(dict.fromkeys(m for text in self.measures if (m := measure(text))))
        frozen = not measures or "asset_freeze" in measures
        only_travel = set(measures) == {"travel_ban"}
        days: dict[str, date | None] = {}
        for regime, day in self.regimes:
            held = days.setdefault(regime, day)
            days[regime] = min(held, day) if held and day else held or day
        prefix = re.match(r"[A-Z]+", self.unique_id)
        return tuple(
            Designation(
                instrument="UK_GHR_2020" if HUMAN_RIGHTS.search(regime) else "UK_SAMLA",
                list=ID,
                programme=prefix[0] if prefix and len(days) == 1 else regime[:200],
                listed_on=day,
                extends_to="UK50PLUS_OR_CONTROL" if frozen else "NONE" if only_travel else "",
                clauses=measures,
                reference=", ".join(filter(None, (self.unique_id or f"OFSI group {self.group_id}", regime))),
                citation=CITATION,
            )
            for regime, day in days.items()
        )


def measure(text: str) -> str:
    """``Travel Ban`` as ``travel_ban``; ``Shipping sanctions: (see …)`` as ``shipping_sanctions``; a dash is none."""
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text.split(":", maxsplit=1)[0])
    code = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")
    return {"deflag": "de_flag"}.get(code, code)


def numbered(text: str) -> list[str]:
    """``(1) Iraq (2) Jordan`` and ``1) Iraq. 2) Jordan`` as their parts."""
    return [part.strip(" .,;") for part in _NUMBERED.split(text) if part and part.strip(" .,;")]


def address(lines: list[str], postcode: str, country: str) -> ListedAddress:
    """An address of up to six lines; lists put no one thing in any of them."""
    return ListedAddress(
        text=", ".join(tidy(line) for line in lines if tidy(line)), postal_code=tidy(postcode), country=tidy(country)
    )
