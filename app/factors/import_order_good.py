"""The goods fall under an import order: a withhold release order or a finding under Tariff Act section 307."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.chain import Link
from app.core.factor import Case, Evidence, Finding, factor
from app.core.hit import Strength
from app.core.names import analyse
from app.core.places import PlaceStrength
from app.core.reference import ImportOrder
from app.core.submission import SUPPLIER
from app.core.values import Citation

CITES = (
    Citation(
        title="19 U.S.C. 1307; 19 CFR 12.42; CBP, Withhold Release Orders and Findings",
        url="https://www.cbp.gov/trade/forced-labor/withhold-release-orders-and-findings",
    ),
)
UFLPA = "US_UFLPA"
REGION = "Xinjiang Uyghur Autonomous Region"
COTTON = frozenset({"cotton", "apparel", "textiles"})
SCOPES: tuple[tuple[str, frozenset[str]], ...] = (
    ("cotton", COTTON),
    ("tomato", frozenset({"tomato"})),
    ("silica", frozenset({"silica"})),
    ("garment", frozenset({"apparel"})),
    ("apparel", frozenset({"apparel"})),
    ("hair", frozenset({"hair"})),
    ("seafood", frozenset({"seafood"})),
)
"""Words of an order's merchandise and the sectors they cover."""


@factor(family="goods", base=30, cites=CITES)
def import_order_good(case: Case) -> Iterator[Finding]:
    """The goods fall under an import order: a withhold release order or a finding under Tariff Act section 307.

    Region-wide orders cover cotton and tomato goods with a Xinjiang step, wherever they were finished; party orders cover the goods of
    the party and, where the order says so, its subordinates. Orders on Xinjiang goods are superseded by the UFLPA for entries since it
    took effect and stay visible.
    """
    for order in case.reference.import_orders:
        if order.effective_on is None or order.effective_on > case.as_of:
            continue
        scope = frozenset(s for word, sectors in SCOPES if word in order.merchandise.lower() for s in sectors)
        found = _by_region(case, scope) if order.target.startswith(REGION) else _by_party(case, order, scope)
        for link, subject, says in found:
            yield _finding(case, order, link, subject, says)
            break


Found = tuple[Link, str, str]


def _by_region(case: Case, scope: frozenset[str]) -> Iterator[Found]:
    for tree in case.chain.trees:
        sectors = {link.row.sector for link in tree.links if link.row is not None}
        if not sectors & scope:
            continue
        for link in tree.links:
            made = case.places.made_in_xinjiang(link.maker) if link.maker is not None else None
            if made is not None and made.strength in (PlaceStrength.CONFIRMED, PlaceStrength.PROBABLE):
                yield tree.root, link.maker or SUPPLIER, f"{link.placed.good.description}: {made.evidence[0].says}"


def _by_party(case: Case, order: ImportOrder, scope: frozenset[str]) -> Iterator[Found]:
    named = _named(case, order)
    if not named:
        return
    for tree in case.chain.trees:
        sectors = {link.row.sector for link in tree.links if link.row is not None}
        if scope and not sectors & scope:
            continue
        for link in tree.links:
            if link.maker in named:
                yield (
                    tree.root,
                    link.maker,
                    f"{link.placed.good.description} is made by {case.parties[link.maker].party.name}",
                )


def _named(case: Case, order: ImportOrder) -> frozenset[str]:
    """Refs of the parties the order names: by a confirmed hit on one of its parties, or by its own text."""
    wanted = set(order.party_ids)
    hits = {
        hit.subject
        for hit in case.hits
        if hit.strength is Strength.CONFIRMED and wanted & {hit.party.id, *case.listed[hit.party.id].records}
    }
    keys = {k for text in (order.target, *order.aliases) for k in analyse(text, False).keys}
    texts = {ref for ref, p in case.parties.items() if any(analyse(n, False).keys & keys for n in p.party.names)}
    if "subordinate" not in f"{order.target} {order.scope}":
        return frozenset(hits | texts)
    reached = {f for f, edges in case.ownership.holders.items() if any(e.owner in hits for e in edges)}
    return frozenset(hits | texts | reached)


def _finding(case: Case, order: ImportOrder, link: Link, subject: str, says: str) -> Finding:
    uflpa = case.reference.instruments.get(UFLPA)
    region = order.xinjiang_link in ("yes", "transfer")
    superseded = region and uflpa is not None and uflpa.in_force_from is not None and uflpa.in_force_from <= case.as_of
    history = " Since then goods with a Xinjiang link are handled under the UFLPA." if superseded else ""
    return Finding(
        subject=subject,
        says=f"The {order.action} of {order.effective_on} on {order.target} covers {order.merchandise}; {says}.{history}",
        evidence=(
            Evidence(
                pointer=link.shown,
                submitted=link.placed.good.hs_code or link.placed.good.description,
                matched=order.merchandise,
                says=f"{order.action} {order.id}: {order.target}, {order.merchandise} ({order.status}, mark {order.verification})",
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
        weight=0.3 if superseded else 1.0,
    )
