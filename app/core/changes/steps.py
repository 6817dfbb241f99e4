"""The changes an edit is made of: each takes a submission and gives another with one thing otherwise; nothing is taken out of a list."""

from __future__ import annotations

import re
from datetime import date

from app.core.submission import (
    SUPPLIER,
    EvidenceKind,
    Good,
    RelatedParty,
    Relation,
    Site,
    Submission,
    SubmittedEvidence,
)

OTHER_MAKER = "Another maker"
ELSEWHERE = "100000"
"""A postcode outside the region (Beijing's), for a site that is shown to lie elsewhere."""

RELATION = re.compile(r"/(supplier|related_parties/[0-9]+)/relations/([0-9]+)")


def end_relation(submission: Submission, pointer: str, day: date) -> Submission:
    """The relation at a pointer ended on a day."""
    match = RELATION.fullmatch(pointer)
    if match is None:
        return submission
    party = next(p for p in submission.parties() if p.pointer == f"/{match.group(1)}")
    n = int(match.group(2))
    relations = tuple(r.model_copy(update={"to": day}) if m == n else r for m, r in enumerate(party.party.relations))
    return _with_party(submission, party.ref, {"relations": relations})


def _with_party(submission: Submission, ref: str, update: dict[str, object]) -> Submission:
    if ref == SUPPLIER:
        return submission.model_copy(update={"supplier": submission.supplier.model_copy(update=update)})
    related = tuple(p.model_copy(update=update) if p.ref == ref else p for p in submission.related_parties)
    return submission.model_copy(update={"related_parties": related})


def blank(submission: Submission, pointer: str) -> Submission:
    """The text at a pointer withdrawn: a statement left empty, a party without description."""
    steps = pointer.split("/")
    if steps[1] == "statements":
        n = int(steps[2])
        said = tuple(s.model_copy(update={"text": ""}) if m == n else s for m, s in enumerate(submission.statements))
        return submission.model_copy(update={"statements": said})
    party = next(p for p in submission.parties() if pointer == f"{p.pointer}/description")
    return _with_party(submission, party.ref, {"description": None})


def replace_party(submission: Submission, ref: str) -> Submission:
    """Another party, of whom nothing is known but that it supplies, in the place of this one."""
    supplying = ("upstream_supplier", "subcontractor", "labour_provider")
    related = []
    for party in submission.related_parties:
        if party.ref == ref:
            kept = tuple(Relation(kind=r.kind, of=r.of) for r in party.relations if r.kind in supplying)
            related.append(RelatedParty(ref=ref, tier=party.tier, name=OTHER_MAKER, relations=kept))
        else:
            others = tuple(r for r in party.relations if r.of != ref)
            related.append(party.model_copy(update={"relations": others}))
    supplier = submission.supplier
    own = tuple(r for r in supplier.relations if r.of != ref)
    return submission.model_copy(
        update={"related_parties": tuple(related), "supplier": supplier.model_copy(update={"relations": own})}
    )


def work_elsewhere(submission: Submission, ref: str, numbers: tuple[int, ...]) -> Submission:
    """The sites of a party at these numbers elsewhere in China, by their postcode."""
    party = next(p.party for p in submission.parties() if p.ref == ref)
    sites = tuple(
        Site(use=s.use, country="CN", postal_code=ELSEWHERE) if n in numbers else s for n, s in enumerate(party.sites)
    )
    return _with_party(submission, ref, {"sites": sites})


def other_origin(good: Good, pointer: str, origins: list[str]) -> Good:
    """A good whose named origin, and that of its inputs at these pointers, is another."""
    inputs = tuple(other_origin(g, f"{pointer}/inputs/{n}", origins) for n, g in enumerate(good.inputs))
    if pointer not in origins:
        return good.model_copy(update={"inputs": inputs})
    return good.model_copy(
        update={"inputs": inputs, "origin_region": None, "description": "the same goods of another origin"}
    )


def with_evidence(
    submission: Submission, kind: EvidenceKind, covers: list[str], day: date, issuer: str | None
) -> Submission:
    """One more piece of evidence of a day."""
    offered = SubmittedEvidence(kind=kind, covers=tuple(covers), issued_by=issuer, date=day)
    return submission.model_copy(update={"evidence": (*submission.evidence, offered)})
