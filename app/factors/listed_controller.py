"""A listed party controls a company, whatever share it holds."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Basis, Evidence, Finding
from app.core.list_names import list_name
from app.core.ownership.listing import Listing
from app.core.ownership.stake_words import says, told
from app.core.ownership.stakes import By, Holding, OwnershipRule
from app.factors.listed_owner import behind, stake_evidence
from app.factors.listed_party import CITES, facts_of


@factor(family="listing", base=45, cites=CITES)
def listed_controller(case: Case) -> Iterator[Finding]:
    """A listed party controls a company, whatever share it holds.

    Control as the submission states it (controller, parent, or the company called its subsidiary), directly or through companies the
    party holds or controls. The subject is the controlled company. ``control`` says whether the regime of that list follows control.
    """
    by_share: set[tuple[str, str]] = set()
    for owned in case.stakes:
        stake = owned.stake
        if stake.by is By.SHARE:
            by_share.add((owned.list_id, stake.company))
        if stake.by is By.CONTROL:
            holders = owned.behind
            listing = holders[sorted(holders)[0]]
            yield Finding(
                subject=stake.company,
                basis=Basis.INFERRED,
                says=f"{says(stake, case.names, owned.rule)}; {list_name(owned.list_id)} follows control, whatever the share.{behind(case, owned)}",
                evidence=stake_evidence(case, owned),
                facts=(*facts_of(case, listing, case.roles.reach(stake.company)), ("control", "yes")),
            )
    for listing in (*case.listings, *case.kin_listings):
        rule_of = case.ownership_rules.get(listing.designation.extends_to)
        if rule_of is None or rule_of.control or not (listing.confirmed and listing.designation.in_force(case.as_of)):
            continue
        for edge in case.ownership.controlled_by.get(listing.subject, ()):
            if edge.owned in case.parties and (listing.designation.list, edge.owned) not in by_share:
                yield _said(case, listing, rule_of, edge)


def _said(case: Case, listing: Listing, rule: OwnershipRule, edge: Holding) -> Finding:
    holder = case.names.get(edge.owner, edge.owner)
    return Finding(
        subject=edge.owned,
        says=f"{told(edge, case.names)}, and {holder} is listed on {list_name(listing.designation.list)}; control alone is not ownership under that list.",
        evidence=(
            Evidence(
                pointer=edge.pointer,
                submitted=edge.kind.value,
                matched=listing.party.name,
                says=told(edge, case.names),
                citation=rule.citation,
            ),
            Evidence(
                pointer=listing.pointer,
                submitted=holder,
                matched=listing.party.name,
                says=f"{listing.party.name} is on {list_name(listing.designation.list)}, {listing.since()}",
                citation=listing.designation.citation,
            ),
        ),
        facts=(*facts_of(case, listing, case.roles.reach(edge.owned)), ("control", "no")),
    )
