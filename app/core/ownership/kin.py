"""Listed parties' own parents and subsidiaries, as lists and the reference state them, where they touch a submitted party.

Only company edges are read (``depends_on_percent``, or an edge of a list with a share). Leading a body, belonging to it or following
somebody in a post is no edge here: it spreads nothing (law.md 4.3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.core.hit import Hit, HitParty, Strength
from app.core.party import Party
from app.core.reference import Reference
from app.core.submission import Submission
from app.core.xpcc import PARTY as CORPS

from .core_name import core_name

KINDS = frozenset({"subsidiary_of", "owned_by"})
MOST = 200
"""Most links followed from the submitted parties."""


class CompanyLink(NamedTuple):
    """``subject`` is a subsidiary of ``parent`` (ids), as ``pointer`` says; the percentage is rarely stated."""

    subject: str
    parent: str
    percent: float | None
    pointer: str


@dataclass(frozen=True)
class Kin:
    """The links, who of them is listed, and which refs of the submission are which id."""

    links: tuple[CompanyLink, ...] = ()
    parties: Mapping[str, Party] = field(default_factory=dict)
    refs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    """Names of the nodes that are not submitted, by node."""
    corps: Party | None = None
    """The Xinjiang Production and Construction Corps, where the lists have it: texts often name it as an owner."""

    def nodes(self, party_id: str) -> tuple[str, ...]:
        """The nodes of the ownership graph that are this party: its refs, or one of its own."""
        return self.refs.get(party_id) or (f"@{party_id}",)


def read_kin(
    submission: Submission,
    hits: Iterable[Hit],
    listed: Mapping[str, Party],
    reference: Reference,
    get: Callable[[str], Party | None],
) -> Kin:
    """Follow the links from every submitted party that is (confirmed) a listed one, or bears the name of a body in the reference."""
    refs: dict[str, list[str]] = defaultdict(list)
    canonical: dict[str, str] = {}
    for hit in hits:
        if hit.strength is Strength.CONFIRMED:
            party = listed[hit.party.id]
            canonical.update(dict.fromkeys((party.id, *party.records), party.id))
            refs[party.id].append(hit.subject)
    bodies = reference.bodies
    for placed in submission.parties() if bodies else ():
        if placed.party.kind != "person":
            for name in placed.party.names[:20]:
                body = bodies.get(core_name(name))
                if body is not None and get(body) is None and placed.ref not in refs[body]:
                    refs[body].append(placed.ref)
    refs = defaultdict(list, {k: v for k, v in refs.items() if v})
    if not refs:
        return Kin(corps=get(CORPS))
    return _follow(refs, canonical, listed, reference, get)


def _follow(
    refs: Mapping[str, list[str]],
    canonical: dict[str, str],
    listed: Mapping[str, Party],
    reference: Reference,
    get: Callable[[str], Party | None],
) -> Kin:
    parties: dict[str, Party] = {}
    names: dict[str, str] = {}
    links: dict[tuple[str, str], CompanyLink] = {}

    def known(party_id: str) -> str:
        if party_id not in canonical:
            found = listed.get(party_id) or get(party_id)
            canonical[party_id] = party_id if found is None else found.id
            if found is not None:
                canonical.update(dict.fromkeys((found.id, *found.records), found.id))
                parties[found.id] = found
        return canonical[party_id]

    waiting = list(refs)
    seen = set(waiting)
    while waiting and len(links) < MOST:
        node = waiting.pop(0)
        party = listed.get(node) or parties.get(node) or get(node)
        ids = (node,) if party is None else (party.id, *party.records)
        for subject, parent, percent, name in _edges(ids, party, reference):
            link = CompanyLink(known(subject), known(parent), percent, _pointer(subject, parent, canonical, get))
            links.setdefault((link.subject, link.parent), link)
            for other, said in ((link.subject, name[0]), (link.parent, name[1])):
                names.setdefault(f"@{other}", parties[other].name if other in parties else said)
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
    return Kin(tuple(links.values()), parties, {k: tuple(v) for k, v in refs.items()}, names, get(CORPS))


def _edges(
    ids: tuple[str, ...], party: Party | None, reference: Reference
) -> Iterator[tuple[str, str, float | None, tuple[str, str]]]:
    for party_id in ids:
        for edge in reference.company_edges.get(party_id, ()):
            r = edge.relationship
            yield edge.subject, r.to, r.percent, (edge.subject_name, r.to_name)
    if party is not None:
        for r in party.relationships:
            if r.kind in KINDS or (r.percent is not None and r.kind.endswith("_of")):
                yield party.id, r.to, r.percent, (party.name, r.to_name or r.to)


def _pointer(subject: str, parent: str, canonical: Mapping[str, str], get: Callable[[str], Party | None]) -> str:
    """The record of whichever end is listed; the reference names bodies that no list holds."""
    listed = next((i for i in (subject, parent) if get(i) is not None), subject)
    return f"/v1/parties/{canonical.get(listed, listed)}"


def as_hit(node: str, party: Party) -> Hit:
    """A listed party that is not submitted, in the shape of a hit: it is itself."""
    shown = HitParty(id=party.id, name=party.name, lists=party.lists)
    return Hit(id="", subject=node, party=shown, score=1.0, strength=Strength.CONFIRMED, features=())
