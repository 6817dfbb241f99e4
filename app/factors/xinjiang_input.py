"""A good or one of its inputs is made in Xinjiang, or its origin is named as there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from app.core.chain import Link, Tree, made_there, read_origin
from app.core.factor import Basis, Case, Evidence, Finding, factor
from app.core.places import PlaceReading, PlaceStrength
from app.core.submission import SUPPLIER
from app.core.tariff import FIBRE_SECTORS
from app.core.texts import Mention
from app.core.values import Citation

CITES = (
    Citation(
        title="Public Law 117-78, section 3(a) (wholly or in part)",
        url="https://www.congress.gov/117/plaws/publ78/PLAW-117publ78.pdf",
    ),
)
ORIGIN_SIGNAL = "ORG-01"
MATERIALS = (
    (re.compile("cotton|棉|پاختى", re.IGNORECASE), FIBRE_SECTORS),
    (re.compile("tomato|番茄", re.IGNORECASE), frozenset({"tomato"})),
    (re.compile("silicon|硅", re.IGNORECASE), frozenset({"silica"})),
)
"""The material an origin word names, and the sectors made from it."""


@factor(family="goods", base=41, cites=CITES)
def xinjiang_input(case: Case) -> Iterator[Finding]:
    """A good or one of its inputs is made in Xinjiang, or its origin is named as there.

    From the maker's site, or from the origin region or the description ("Aksu long-staple cotton"); denials do not count. A
    registered place counts only where the maker names no other. Shares of production are context, never proof.
    """
    said = case.texts.of(ORIGIN_SIGNAL)
    for tree in case.chain.trees:
        seen = False
        for link in tree.links:
            made = made_there(case, link)
            origin = read_origin(case, link, CITES[0])
            best = _stronger(made, origin)
            if best is None:
                continue
            seen = True
            evidence = _evidence(case, link, made, origin)
            yield Finding(
                subject=link.maker or SUPPLIER,
                basis=Basis.OBSERVED if origin is not None else Basis.INFERRED,
                says=_says(case, link, made, origin),
                evidence=evidence,
                facts=(
                    ("strength", str(best.strength)),
                    ("tier", "good" if link.placed.depth == 0 else "input"),
                    ("sector", link.row.sector if link.row is not None else ""),
                ),
                weight={"confirmed": 1.0, "probable": 0.8}.get(str(best.strength), 0.3),
            )
        if not seen and said:
            yield from _said(tree, said)


def _said(tree: Tree, said: Mapping[str, tuple[Mention, ...]]) -> Iterator[Finding]:
    """What a maker's own text says of its material: probable where it names the material of these goods, else possible."""
    for link in tree.links:
        mentions = said.get(link.maker or SUPPLIER, ())
        if not mentions or link.row is None or not any(link.row.sector in sectors for _, sectors in MATERIALS):
            continue
        named = tuple(m for m in mentions if _names_material(m.text, link.row.sector))
        strength = PlaceStrength.PROBABLE if named else PlaceStrength.POSSIBLE
        yield Finding(
            subject=link.maker or SUPPLIER,
            basis=Basis.INFERRED,
            says=f'{link.placed.good.description}: the text says "{(named or mentions)[0].snippet}".',
            evidence=tuple(
                Evidence(
                    pointer=m.pointer,
                    submitted=m.snippet,
                    matched=m.text,
                    says=f"the text names {m.text} as material",
                    citation=CITES[0],
                )
                for m in (named or mentions)[:8]
            ),
            facts=(
                ("strength", str(strength)),
                ("tier", "good" if link.placed.depth == 0 else "input"),
                ("sector", link.row.sector),
            ),
            weight=0.8 if named else 0.3,
        )
        return


def _names_material(words: str, sector: str) -> bool:
    return any(pattern.search(words) and sector in sectors for pattern, sectors in MATERIALS)


def _stronger(made: PlaceReading | None, origin: PlaceReading | None) -> PlaceReading | None:
    found = [r for r in (made, origin) if r is not None]
    order = list(PlaceStrength)
    return min(found, key=lambda r: order.index(r.strength) if r.strength else 9, default=None)


def _evidence(case: Case, link: Link, made: PlaceReading | None, origin: PlaceReading | None) -> tuple[Evidence, ...]:
    good = link.placed.good
    shown: list[Evidence] = list(origin.evidence) if origin is not None else []
    if made is not None:
        member = "made_by" if good.made_by else "description"
        shown.append(
            Evidence(
                pointer=f"{link.pointer}/{member}",
                submitted=good.made_by or good.description,
                matched=case.parties[link.maker or SUPPLIER].party.name,
                says=f"{good.description} is made by {case.parties[link.maker or SUPPLIER].party.name}",
                citation=CITES[0],
            )
        )
        shown.extend(made.evidence[:8])
    if link.row is not None and link.row.share_percent is not None:
        row = link.row
        shown.append(
            Evidence(
                pointer=link.shown,
                submitted=good.hs_code or good.description,
                matched=row.hs_code,
                says=f"context, not proof: Xinjiang's share of {row.product} was {row.share_percent:g} percent of {row.share_scope} ({row.share_year})",
                citation=row.citation,
            )
        )
    return tuple(shown)


def _says(case: Case, link: Link, made: PlaceReading | None, origin: PlaceReading | None) -> str:
    good = link.placed.good
    where = next((r.evidence[0].says for r in (origin, made) if r is not None and r.evidence), "")
    who = f" made by {case.parties[link.maker].party.name}" if link.maker is not None else ""
    return f"{good.description}{who}: {where}.{_path(case, link)}"


def _path(case: Case, link: Link) -> str:
    """How the input goes into the good that is bought."""
    steps = [link]
    while steps[-1].placed.parent is not None:
        steps.append(case.chain.links[steps[-1].placed.parent])
    if len(steps) == 1:
        return ""
    return " It goes into " + ", then ".join(s.placed.good.description for s in steps[1:]) + "."
