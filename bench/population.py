"""Names for scale: real people's and companies' names taken apart and put together again, seeded, as many as are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from app.core.party import Alias, AliasKind, Designation, Party, PartyKind

from .lists import records
from .ofac import index_parties, lent_designation
from .plain import LEGAL, script
from .suppliers import companies, trading_names

FORMS = ("Co., Ltd.", "Limited", "LLC", "Inc.", "JSC", "GmbH", "S.A.", "Trading Co.", "Group", "Pte. Ltd.", "")


class Population:
    """The parts of real names, and draws from them. The same seed gives the same names."""

    def __init__(self, data: Path, seed: int) -> None:
        self.random = Random(f"{seed}:population")
        families: dict[str, None] = {}
        givens: dict[str, None] = {}
        heads: dict[str, None] = {}
        tails: dict[str, None] = {}
        bodies = [c.name for c in companies(data)]
        for party in index_parties(data)[0]:
            for alias in party.aliases:
                family, comma, given = alias.name.partition(", ")
                if party.kind is PartyKind.PERSON and comma:
                    families[family.title()] = givens[given.title()] = None
                elif party.kind is PartyKind.ORGANIZATION:
                    bodies.append(alias.name)
        for record in records(data):
            for name in record.names:
                parts = name.split()
                if record.person and script(name) == "latin" and len(parts) >= 2:
                    families[parts[-1].title()] = givens[" ".join(parts[:-1]).title()] = None
        for body in bodies:
            parts = [w for w in body.split() if w.lower().strip(".,") not in LEGAL]
            if len(parts) >= 2 and script(body) == "latin":
                heads[parts[0].title()] = tails[" ".join(parts[1:]).title()] = None
        self.families, self.givens, self.heads, self.tails = map(list, (families, givens, heads, tails))
        self.han = trading_names(data)

    def person(self) -> str:
        return f"{self.random.choice(self.families)}, {self.random.choice(self.givens)}"

    def company(self) -> str:
        parts = self.random.choice(self.heads), self.random.choice(self.tails), self.random.choice(FORMS)
        return " ".join(p for p in parts if p)

    def parties(self, names: int) -> Iterator[Party]:
        """Parties that have ``names`` names together: two of five are people, one company in ten has a Han name too."""
        designation, made, number = lent_designation(), 0, 0
        while made < names:
            person = self.random.random() < 0.4
            texts = [self.person() if person else self.company()]
            if self.random.random() < 0.6:
                texts.append(self.person() if person else self.company())
            if not person and self.han and self.random.random() < 0.1:
                texts.append(self.random.choice(self.han))
            yield _party(number, person, texts[: names - made], designation)
            made += len(texts[: names - made])
            number += 1


def _party(number: int, person: bool, names: list[str], designation: Designation) -> Party:
    """Made without validation: a million of them would spend a minute on it."""
    return Party.model_construct(
        id=f"fill:{number}",
        source="fill",
        kind=PartyKind.PERSON if person else PartyKind.ORGANIZATION,
        aliases=tuple(
            Alias.model_construct(name=n, kind=AliasKind.STRONG if k else AliasKind.PRIMARY)
            for k, n in enumerate(names)
        ),
        designations=(designation,),
    )
