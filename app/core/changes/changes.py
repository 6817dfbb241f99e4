"""Edits of a submission that would change its rating: what could be shown, replaced, ended or obtained, each as a real edit.

Every edit can be applied to the submission itself, so that anybody can check the promise by rating the edited submission. Edits blank
or add and never take an element out, so pointers stay what they were and edits can follow one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import reduce

from app.core.assessment import ProfileRating, Reason
from app.core.case import Case
from app.core.finding import Finding
from app.core.hit import Strength
from app.core.law.rating import Rating
from app.core.law.relief import goods_of
from app.core.places.readings import PlaceStrength
from app.core.submission import SUPPLIER, EvidenceKind, Submission

from .edit import EVIDENCE, FAMILIES, HITS, Edit
from .steps import (
    OTHER_MAKER,
    RELATION,
    blank,
    end_relation,
    other_origin,
    replace_party,
    with_evidence,
    work_elsewhere,
)

MOST = 6
"""Most edits that are tried for one assessment."""

SAID = re.compile(r"/(statements/[0-9]+|supplier|related_parties/[0-9]+)/(text|description)$")
ORIGIN = re.compile(r"(/goods/[0-9]+(?:/inputs/[0-9]+)*)/(origin_region|description)$")

HOLDERS = frozenset({"listed_owner", "minority_listed_owner"})
POSTS = frozenset({"listed_officer", "listed_controller"})
MAKERS = frozenset(
    {
        "listed_upstream",
        "listed_party",
        "listed_affiliate",
        "xinjiang_input",
        "xinjiang_site",
        "xinjiang_registration",
        "import_order_good",
    }
)
PLACES = frozenset({"xinjiang_site", "xinjiang_registration", "xinjiang_input"})
WORDS = frozenset({"labour", "technology", "construction"})

ON_TRACING = frozenset({"priority_good", "untraced_input"})
ON_RELATIONS = frozenset({"listing", "goods", "state"})
ON_MAKERS = frozenset({"listing", "place", "goods", "diligence"})
ON_HITS = frozenset({"listing", "import_order_good", "sale_to_security_body", "conflict_of_law"})
"""Factors and families that look again after goods are traced, after a holding or post has ended, and after another party stands in for a
maker of whom no text speaks, and after a hit is settled; the others see no difference but for the findings about the party that is gone."""


def edits_of(case: Case, ratings: Iterable[ProfileRating], findings: Iterable[Finding]) -> tuple[Edit, ...]:
    """The edits worth trying: one for each ground of a decisive reason, then what evidence a law heeds could lift."""
    by_id = {f.id: f for f in findings}
    decisive = [reason for r in ratings for reason in r.reasons if reason.rating is r.rating]
    raised = [r for r in decisive if r.rating.severity > Rating.ELEVATED.severity]
    grounds = dict.fromkeys(i for reason in raised for i in reason.findings)
    found = [by_id[i] for i in grounds]
    edits: dict[str, Edit] = {}
    for edit in (*_settled(case, found), *_evidence(case, raised, by_id), *_otherwise(case, found, by_id.values())):
        edits.setdefault(edit.says, edit)
    return tuple(edits.values())[:MOST]


def _otherwise(case: Case, findings: list[Finding], every: Iterable[Finding]) -> Iterator[Edit]:
    """Another maker, an ended holding or post, a text that does not hold."""
    makers: dict[str, None] = {}
    origins: dict[str, None] = {}
    said = False
    for finding in findings:
        said = said or finding.fact("by") == "text"
        origin = _origins(finding)
        weak = finding.factor in PLACES and finding.fact("strength") == PlaceStrength.POSSIBLE
        if weak and (answered := _elsewhere(case, finding)) is not None:
            yield answered
        elif finding.factor in HOLDERS | POSTS or finding.factor == "unresolved_ownership":
            yield from _ended(case, finding)
        elif finding.factor in MAKERS and finding.subject != SUPPLIER and finding.subject in case.roles.upstream:
            makers[finding.subject] = None
            origins.update(dict.fromkeys(origin))
        elif origin:
            origins.update(dict.fromkeys(origin))
        elif finding.family in WORDS:
            yield from _unsaid(case, finding)
        elif finding.factor == "listed_party":
            yield from _another(case, finding)
    if makers or origins or said:
        steps = [f for f in every if f.factor == "xinjiang_input" and f.subject not in makers]
        for step in steps:
            origins.update(dict.fromkeys(_origins(step)))
        words = dict.fromkeys(e.pointer for s in steps for e in s.evidence if SAID.match(e.pointer))
        yield _other_chain(case, list(makers), list(origins), list(words))


def _origins(finding: Finding) -> list[str]:
    """The goods and inputs whose own words name the region as their origin."""
    if finding.factor != "xinjiang_input":
        return []
    return [m.group(1) for e in finding.evidence if (m := ORIGIN.match(e.pointer))]


def _another(case: Case, finding: Finding) -> Iterator[Edit]:
    """A supplier that is not the listed one after all, or no longer listed: its hits fall away."""
    hits = [
        h
        for h in case.hits
        if h.subject == finding.subject and finding.fact("list") in (*h.party.lists, *h.party.former_lists)
    ]
    if hits:
        name = case.names.get(finding.subject, finding.subject)
        yield Edit(
            f"proof by a registration number or birth date that {name} is not the listed {hits[0].party.name}, or its published delisting",
            dropped=frozenset(
                h.id for h in case.hits if h.subject == finding.subject and h.party.id == hits[0].party.id
            ),
            again=ON_HITS,
            touches=frozenset({HITS}),
        )


def _ended(case: Case, finding: Finding) -> Iterator[Edit]:
    relations = {e.pointer for e in finding.evidence if RELATION.fullmatch(e.pointer)}
    last = sorted(relations, key=len)[-1:] if finding.factor in POSTS else sorted(relations)
    company = case.names.get(finding.subject, finding.subject)
    if not last:
        return
    holders = (
        " and ".join(dict.fromkeys(e.matched for e in finding.evidence if e.pointer in last)) or "the listed party"
    )
    left = finding.factor == "listed_officer"
    yield Edit(
        f"proof that {holders} has left the post at {company}"
        if left
        else f"proof that the holding or control of {holders} that leads to {company} has ended",
        lambda s: reduce(lambda made, p: end_relation(made, p, case.as_of), last, s),
        again=ON_RELATIONS,
    )


def _unsaid(case: Case, finding: Finding) -> Iterator[Edit]:
    said = sorted({e.pointer for e in finding.evidence if SAID.match(e.pointer)})
    if said:
        yield Edit(
            f"proof that what the text says of {case.names.get(finding.subject, finding.subject)} does not hold (its words withdrawn)",
            lambda s: reduce(blank, said, s),
            blanked=frozenset(said),
        )


def _elsewhere(case: Case, finding: Finding) -> Edit | None:
    """The question of a weak place answered: the site lies outside the region."""
    ref = finding.subject
    weak = tuple(n for n, r in enumerate(case.places.sites(ref)) if r.strength is PlaceStrength.POSSIBLE)
    if not weak:
        return None
    return Edit(
        f"the full address of {case.names.get(ref, ref)} with a postcode outside Xinjiang",
        lambda s: work_elsewhere(s, ref, weak),
        moved=frozenset({ref}),
    )


def _other_chain(case: Case, makers: list[str], origins: list[str], words: list[str]) -> Edit:
    """Other makers in the place of these, other origins than the goods and texts name, and the goods traced lot by lot."""
    names = [case.names[ref] for ref in makers]
    roots = sorted(
        {r for ref in makers for r in goods_of(case, _about(ref))}
        | {"/".join(p.split("/")[:3]) for p in origins}
        | {r for p in words for r in goods_of(case, _about(_speaker(case, p)))}
    )
    told = " and ".join(
        part
        for part in (
            f"{OTHER_MAKER.lower()} in the place of {', '.join(names[:3])}" if names else "",
            "another origin of what is now named as from Xinjiang" if origins or words else "",
        )
        if part
    )
    about = frozenset(words) | {
        f"/statements/{n}/text" for n, s in enumerate(case.submission.statements) if s.about in makers
    }

    def change(submission: Submission) -> Submission:
        made = reduce(replace_party, makers, submission)
        made = reduce(blank, sorted(about), made)
        made = made.model_copy(
            update={"goods": tuple(other_origin(g, f"/goods/{n}", origins) for n, g in enumerate(made.goods))}
        )
        return with_evidence(made, EvidenceKind.ORIGIN_TRACING, roots, case.as_of, None) if roots else made

    return Edit(
        f"{told}, outside Xinjiang and traced lot by lot",
        change,
        replaced=frozenset(makers),
        blanked=(blanked := about | frozenset(f"{p}/description" for p in origins)),
        again=FAMILIES if blanked else ON_MAKERS,
    )


def _speaker(case: Case, pointer: str) -> str:
    """Of whom the text at a pointer speaks."""
    steps = pointer.split("/")
    if steps[1] == "statements":
        return case.submission.statements[int(steps[2])].about or SUPPLIER
    return next(p.ref for p in case.parties.values() if pointer == f"{p.pointer}/description")


def _about(ref: str) -> Finding:
    return Finding(subject=ref, says="", evidence=())


def _evidence(case: Case, reasons: list[Reason], by_id: dict[str, Finding]) -> Iterator[Edit]:
    """Evidence that a law in force heeds and that would take a decisive ground away."""
    grounds = [by_id[i] for reason in reasons for i in reason.findings]
    untraced = sorted({r for f in grounds if f.factor == "untraced_input" for r in goods_of(case, f)})
    if untraced:
        yield _offer(
            case,
            EvidenceKind.ORIGIN_TRACING,
            untraced,
            None,
            "lot-level tracing of every tier of the goods, dated, from raw material on",
        )
    for rule in case.evidence_rules:
        wanted = [f for f in grounds if rule.speaks_to(f) and f.factor != "untraced_input"]
        if rule.goods_only:
            covers = sorted({root for f in wanted for root in goods_of(case, f)})
        else:
            covers = sorted({case.parties[f.subject].pointer for f in wanted if f.subject in case.parties})
        if covers:
            issuer = rule.issued_by[0] if rule.issued_by else None
            words = OFFERS.get(rule.kind, f"a {rule.kind.replace('_', ' ')}")
            by = f" by {issuer}" if issuer else ""
            yield _offer(case, rule.kind, covers, issuer, f"{words}{by} for {_named(case, covers)}")


OFFERS = {
    EvidenceKind.LICENCE: "a licence in force",
    EvidenceKind.OWNERSHIP_REGISTER: "a dated share register that shows the listed holding below the threshold",
    EvidenceKind.CBP_EXCEPTION: "an exception granted under section 3(b)",
}


def _named(case: Case, pointers: list[str]) -> str:
    """Parties and goods by name, three at most."""
    names = {p.pointer: p.party.name for p in case.parties.values()}
    goods = {p.pointer: p.good.description for p in case.goods if p.depth == 0}
    shown = [names.get(p) or goods.get(p, p) for p in pointers]
    return ", ".join(shown[:3]) + (f" and {len(shown) - 3} more" if len(shown) > 3 else "")


def _offer(case: Case, kind: EvidenceKind, covers: list[str], issuer: str | None, says: str) -> Edit:
    return Edit(
        says,
        lambda s: with_evidence(s, kind, covers, case.as_of, issuer),
        again=ON_TRACING if kind is EvidenceKind.ORIGIN_TRACING else frozenset(),
        touches=frozenset({EVIDENCE}),
    )


def _settled(case: Case, findings: list[Finding]) -> Iterator[Edit]:
    """For the weightiest unresolved hit: the fact that shows another party, and the fact that shows the same."""
    for finding in findings:
        if finding.factor != "possible_listing":
            continue
        hit = next((h for h in case.hits if h.subject == finding.subject and h.party.id == finding.fact("party")), None)
        if hit is None:
            continue
        party = case.listed[hit.party.id]
        fact = f"birth date {party.birth_dates[0]}" if party.birth_dates else "registration number"
        name = case.names.get(hit.subject, hit.subject)
        others = frozenset(h.id for h in case.hits if h.subject == hit.subject and h.strength is not Strength.CONFIRMED)
        what = "birth date" if party.birth_dates else "registration number"
        yield Edit(
            f"a {what} of {name} that differs from that of the listed {party.name}",
            dropped=others,
            again=ON_HITS,
            touches=frozenset({HITS}),
        )
        if all(d.confirmed for d in party.designations if d.in_force(case.as_of)):
            yield Edit(
                f"confirmation that {name} is the listed {party.name} (the same {fact})",
                confirmed=frozenset({hit.id}),
                better=False,
                again=ON_HITS,
                touches=frozenset({HITS}),
            )
        return
