"""The goods fall under an import order: a withhold release order or a finding under Tariff Act section 307."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Evidence, Finding
from app.core.goods.chain import Link
from app.core.hit import Strength
from app.core.names import analyse
from app.core.ownership.roles import OWNED, OWNING
from app.core.reference_rows import ImportOrder
from app.core.submission import SUPPLIER, RelationKind
from app.core.texts.phrases import same_length
from app.core.values import Citation

CITES = (
    Citation(
        title="19 U.S.C. 1307; 19 CFR 12.42; CBP, Withhold Release Orders and Findings",
        url="https://www.cbp.gov/trade/forced-labor/withhold-release-orders-and-findings",
    ),
)
UFLPA = "US_UFLPA"
REGION = "Xinjiang Uyghur Autonomous Region"

CLASS = re.compile(r"subsidiar|subordinate|affiliat|\bGroup\b", re.IGNORECASE)
"""Words by which an order's target names a class: companies that the named one owns are in it."""

CLASS_WORDS = re.compile(r"\s+and (its )?(subsidiaries|subordinates)\b.*", re.IGNORECASE)
REMARK = re.compile(r"\((fleet|[A-Z]{4,})\)\s*$|^Fishing Vessel:")
SEVERAL = re.compile(r";|(?<=Ltd\.) and ")
"""What stands in an order's target beside one company's name: its class, a remark, further companies."""

SHIP = re.compile(r"^(?:F/?V|M/?V|M/?S|fishing vessel)[\s.:]+(?=\w)", re.IGNORECASE)
"""The short words before a ship's name."""

HALF = 50.0
"""Percent from which a holding makes a subsidiary."""


@factor(family="goods", base=30, cites=CITES)
def import_order_good(case: Case) -> Iterator[Finding]:
    """The goods fall under an import order: a withhold release order or a finding under Tariff Act section 307.

    The region-wide order covers cotton and tomato goods with a Xinjiang step, wherever they were finished. Party orders cover goods of
    their merchandise (read as tariff codes, a heuristic) that the party makes or, where the order names a class, its subsidiaries; a
    facility's order covers goods made with its workers. Orders on Xinjiang goods are superseded by the UFLPA for entries since it took
    effect and stay visible. An order of unknown date or status is shown as such and bars nothing by itself.
    """
    bearers = _bearers(case)
    for order in case.reference.import_orders:
        if order.effective_on is not None and order.effective_on > case.as_of:
            continue
        found = _by_region(case, order) if order.target.startswith(REGION) else _by_party(case, order, bearers)
        seen: set[str] = set()
        for link, subject, says in found:
            if link.pointer not in seen:
                seen.add(link.pointer)
                yield _finding(case, order, link, subject, says)


Found = tuple[Link, str, str]
Bearers = Mapping[str, set[str]]
"""Refs of the submitted parties by what tells that an order names them: keys of their names, ids of the listed parties they surely are."""


def _bearers(case: Case) -> Bearers:
    made: dict[str, set[str]] = defaultdict(set)
    for ref, placed in case.parties.items():
        for name in placed.party.names:
            for key in analyse(SHIP.sub("", name), False).keys:
                made[key].add(ref)
    for hit in case.hits:
        if hit.strength is Strength.CONFIRMED:
            for party_id in (hit.party.id, *case.listed[hit.party.id].records):
                made[party_id].add(hit.subject)
    return made


@lru_cache(maxsize=1_024)
def _tells(order: ImportOrder) -> frozenset[str]:
    """The ids of an order's parties, and the keys of the names in its text."""
    return frozenset(order.party_ids) | {
        key for text in (*_targets(order), *order.aliases) for key in analyse(text, False).keys
    }


def _by_region(case: Case, order: ImportOrder) -> Iterator[Found]:
    for step in case.steps:
        if step.firm and _covered(case, order, step.link, sure=True):
            yield step.tree.root, step.maker, f"{step.link.placed.good.description}: {step.where}"


def _by_party(case: Case, order: ImportOrder, bearers: Bearers) -> Iterator[Found]:
    named = _named(case, order, bearers)
    if not named:
        return
    workers = _workers_of(case, named)
    for tree in case.chain.trees:
        for link in tree.links:
            maker = link.maker
            if maker in named and _covered(case, order, link, sure=False):
                name = case.parties[maker].party.name
                yield tree.root, maker, f"{link.placed.good.description} is made by {name}"
            elif maker in workers and not order.covers:
                name = case.parties[workers[maker]].party.name
                yield tree.root, maker, f"{link.placed.good.description} is made with workers of {name}"


def _covered(case: Case, order: ImportOrder, link: Link, *, sure: bool) -> bool:
    """Whether the order's merchandise takes in a link; what has no code and no known name cannot be ruled out unless ``sure``."""
    good = link.placed.good
    origin = good.origin_country or link.country
    if order.made_in and origin is not None and origin != order.made_in:
        return False
    if not order.covers:
        return True
    codes = [link.row.hs_code] if link.row is not None else []
    if link.code is not None and link.code.digits:
        codes.append(link.code.digits)
    if any(code.startswith(c) or (len(code) < len(c) and c.startswith(code)) for code in codes for c in order.covers):
        return True
    if any(re.search(rf"\b{re.escape(w)}", same_length(good.description)) for w in order.words):
        return True
    return not codes and not sure and link.placed.depth == 0 and not _plainly_other(case, good.description)


def _plainly_other(case: Case, description: str) -> bool:
    """Whether a description names a known good, which then is not the order's."""
    return case.reference.tariff.by_words(description) is not None


def _named(case: Case, order: ImportOrder, bearers: Bearers) -> frozenset[str]:
    """Refs of the parties the order names: by a confirmed hit on one of its parties, or by its own text, with their subsidiaries."""
    named = {ref for told in _tells(order) if told in bearers for ref in bearers[told]}
    if named and CLASS.search(f"{order.target} {order.scope}"):
        named |= _subsidiaries(case, named)
    return frozenset(named)


def _subsidiaries(case: Case, named: set[str]) -> set[str]:
    """Companies of the submission that named ones own by half or more, or are stated to be their subsidiaries, however far down."""
    reached: set[str] = set(named)
    while True:
        more = {
            owned
            for ref, placed in case.parties.items()
            for relation in placed.party.relations
            for owner, owned in _holding(ref, relation.kind, relation.of)
            if owner in reached and (relation.percent is None or relation.percent >= HALF)
        } - reached
        if not more:
            return reached
        reached |= more


def _holding(ref: str, kind: RelationKind, of: str) -> tuple[tuple[str, str], ...]:
    if kind in OWNING:
        return ((ref, of),)
    return ((of, ref),) if kind in OWNED else ()


def _workers_of(case: Case, named: frozenset[str]) -> dict[str, str]:
    """Maker → the named party that provides its workers."""
    return {
        relation.of: ref
        for ref in sorted(named)
        for relation in case.parties[ref].party.relations
        if relation.kind is RelationKind.LABOUR_PROVIDER
    }


def _targets(order: ImportOrder) -> tuple[str, ...]:
    """The names in an order's target: several companies stand in one, and class words and remarks follow a name."""
    whole = CLASS_WORDS.sub("", order.target)
    parts = (REMARK.sub("", part).strip() for part in SEVERAL.split(whole))
    return tuple(dict.fromkeys((order.target, *(part for part in parts if part))))


def _finding(case: Case, order: ImportOrder, link: Link, subject: str, says: str) -> Finding:
    uflpa = case.reference.instruments.get(UFLPA)
    region = order.xinjiang_link in ("yes", "transfer")
    superseded = region and uflpa is not None and uflpa.in_force_from is not None and uflpa.in_force_from <= case.as_of
    notes = " Since then goods with a Xinjiang link are handled under the UFLPA." if superseded else ""
    if order.status == "revoked":
        notes = " It has been revoked."
    elif order.status not in ("active", "superseded"):
        notes = " Its date and present status must be looked up on CBP's list."
    when = f"of {order.effective_on}" if order.effective_on is not None else "of unknown date"
    merchandise = order.merchandise or "goods that the list names"
    active = order.status == "active" and not superseded
    return Finding(
        subject=subject or SUPPLIER,
        says=f"The {order.action} {when} on {order.target.rstrip('.')} covers {merchandise}; {says.rstrip('.')}.{notes}",
        evidence=(
            Evidence(
                pointer=link.shown,
                submitted=link.placed.good.hs_code or link.placed.good.description,
                matched=order.merchandise or order.target,
                says=f"{order.action} {order.id}: {order.target}, {merchandise} ({order.status}, mark {order.verification})",
                citation=order.citation,
            ),
        ),
        facts=(
            ("order", order.id),
            ("action", order.action),
            ("status", order.status),
            ("region", "xinjiang" if region else "other"),
            ("superseded", "yes" if superseded else "no"),
        ),
        weight=1.0 if active else 0.3 if order.status != "revoked" else 0.0,
    )
