"""The goods fall under an import order: a withhold release order or a finding under Tariff Act section 307."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from app.core.chain import Link, Tree, made_there, read_origin
from app.core.factor import Case, Evidence, Finding, factor
from app.core.hit import Strength
from app.core.names import analyse
from app.core.places import PlaceStrength
from app.core.reference import ImportOrder
from app.core.submission import SUPPLIER
from app.core.tariff import CHAPTERS
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

CLASS_WORDS = re.compile(r"\s+and (its )?(subsidiaries|subordinates)\b.*", re.IGNORECASE)
REMARK = re.compile(r"\((fleet|[A-Z]{4,})\)\s*$|^Fishing Vessel:")
SEVERAL = re.compile(r";|(?<=Ltd\.) and ")
"""What stands in an order's target beside one company's name: its class, a remark, further companies."""


@factor(family="goods", base=30, cites=CITES)
def import_order_good(case: Case) -> Iterator[Finding]:
    """The goods fall under an import order: a withhold release order or a finding under Tariff Act section 307.

    Region-wide orders cover cotton and tomato goods with a Xinjiang step, wherever they were finished; party orders cover the goods of
    the party and, where the order says so, its subordinates. Orders on Xinjiang goods are superseded by the UFLPA for entries since it
    took effect and stay visible.
    """
    keys = {ref: frozenset(k for n in p.party.names for k in analyse(n, False).keys) for ref, p in case.parties.items()}
    for order in case.reference.import_orders:
        if order.effective_on is not None and order.effective_on > case.as_of:
            continue
        scope = frozenset(s for word, sectors in SCOPES if word in order.merchandise.lower() for s in sectors)
        found = _by_region(case, scope) if order.target.startswith(REGION) else _by_party(case, order, scope, keys)
        for link, subject, says in found:
            yield _finding(case, order, link, subject, says)
            break


Found = tuple[Link, str, str]
Keys = Mapping[str, frozenset[str]]
"""Name keys of every submitted party, by its ref."""


def _by_region(case: Case, scope: frozenset[str]) -> Iterator[Found]:
    for tree in case.chain.trees:
        for link in tree.links:
            if not _sectors(link) & scope:
                continue
            made = made_there(case, link)
            for reading in (made, read_origin(case, link, CITES[0])):
                if reading is not None and reading.strength in (PlaceStrength.CONFIRMED, PlaceStrength.PROBABLE):
                    yield (
                        tree.root,
                        link.maker or SUPPLIER,
                        f"{link.placed.good.description}: {reading.evidence[0].says}",
                    )
                    break


def _sectors(link: Link) -> frozenset[str]:
    """Sectors a link belongs to: its row's, else its chapter's (an order on garments covers every garment chapter)."""
    if link.row is not None:
        return frozenset({link.row.sector})
    chapter = CHAPTERS.get(link.code.digits[:2]) if link.code is not None else None
    return frozenset({chapter}) if chapter in ("apparel", "seafood") else frozenset()


def _in_scope(tree: Tree, scope: frozenset[str]) -> bool:
    """Whether an order on a company can cover the tree; goods without a readable code and row cannot be ruled out."""
    unknown = tree.root.row is None and (tree.root.code is None or not tree.root.code.digits)
    return not scope or unknown or any(_sectors(link) & scope for link in tree.links)


def _by_party(case: Case, order: ImportOrder, scope: frozenset[str], keys: Keys) -> Iterator[Found]:
    named = _named(case, order, keys)
    if not named:
        return
    for tree in case.chain.trees:
        if not _in_scope(tree, scope):
            continue
        for link in tree.links:
            if link.maker in named:
                yield (
                    tree.root,
                    link.maker,
                    f"{link.placed.good.description} is made by {case.parties[link.maker].party.name}",
                )


def _named(case: Case, order: ImportOrder, keys: Keys) -> frozenset[str]:
    """Refs of the parties the order names: by a confirmed hit on one of its parties, or by its own text."""
    wanted = set(order.party_ids)
    hits = {
        hit.subject
        for hit in case.hits
        if hit.strength is Strength.CONFIRMED and wanted & {hit.party.id, *case.listed[hit.party.id].records}
    }
    listed = {k for text in (*_targets(order), *order.aliases) for k in analyse(text, False).keys}
    texts = {ref for ref, own in keys.items() if own & listed}
    if "subordinate" not in f"{order.target} {order.scope}":
        return frozenset(hits | texts)
    reached = {f for f, edges in case.ownership.holders.items() if any(e.owner in hits for e in edges)}
    return frozenset(hits | texts | reached)


def _targets(order: ImportOrder) -> tuple[str, ...]:
    """The names in an order's target: several companies stand in one, and class words and remarks follow a name."""
    whole = CLASS_WORDS.sub("", order.target)
    parts = (REMARK.sub("", part).strip() for part in SEVERAL.split(whole))
    return tuple(dict.fromkeys((order.target, *(part for part in parts if part))))


def _finding(case: Case, order: ImportOrder, link: Link, subject: str, says: str) -> Finding:
    uflpa = case.reference.instruments.get(UFLPA)
    region = order.xinjiang_link in ("yes", "transfer")
    superseded = region and uflpa is not None and uflpa.in_force_from is not None and uflpa.in_force_from <= case.as_of
    history = " Since then goods with a Xinjiang link are handled under the UFLPA." if superseded else ""
    return Finding(
        subject=subject,
        says=f"The {order.action} {f'of {order.effective_on}' if order.effective_on else 'of unstated date'} on {order.target} covers {order.merchandise or 'goods that are not stated'}; {says}.{history}",
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
