"""Listed parties together hold enough of a company for a regime's ownership rule to reach it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.core.factor import Basis, Case, Evidence, Finding, factor
from app.core.listing import Listing, confirmed_on
from app.core.ownership import OwnershipRule, Stake
from app.core.values import Citation
from app.factors.listed_party import facts_of

CITES = (
    Citation(
        title="OFAC FAQ 401, entities owned 50 percent or more by blocked persons",
        url="https://ofac.treasury.gov/faqs/401",
    ),
)

Owned = tuple[OwnershipRule, str, Stake, Mapping[str, Listing]]


def owned(case: Case) -> Iterator[Owned]:
    """Every company with a holding of listed parties: the rule, the list, the stake, and the listings by ref."""
    for code, rule in sorted(case.ownership_rules.items()):
        for list_id, listed in sorted(confirmed_on(case, code).items()):
            for company, stake in sorted(case.ownership.stakes(listed, rule).items()):
                if company not in listed:
                    yield rule, list_id, stake, listed


def stake_evidence(
    case: Case, rule: OwnershipRule, stake: Stake, listed: Mapping[str, Listing]
) -> tuple[Evidence, ...]:
    """Each holding in the sum, then the records of the listed holders."""
    names = {ref: placed.party.name for ref, placed in case.parties.items()}
    holdings = tuple(
        Evidence(
            pointer=h.pointer,
            submitted="unknown share" if h.percent is None else f"{float(h.percent):g} %",
            matched=names[h.owner],
            says=f"{names[h.owner]} is stated as {h.kind} with {'an unknown share' if h.percent is None else f'{float(h.percent):g} %'} of {names[stake.company]}",
            citation=rule.citation,
        )
        for h in stake.holdings
    )
    records = tuple(
        Evidence(
            pointer=listing.pointer,
            submitted=names[ref],
            matched=listing.party.name,
            says=f"{names[ref]} matches {listing.party.name} on {listing.designation.list}, {listing.since()}",
            citation=listing.designation.citation,
        )
        for ref, listing in listed.items()
    )
    return holdings + records


def stake_facts(
    case: Case, rule: OwnershipRule, list_id: str, stake: Stake, listed: Mapping[str, Listing]
) -> tuple[tuple[str, str], ...]:
    """What rules may ask about a stake; the listing facts are those of the first listed holder."""
    listing = listed[sorted(listed)[0]]
    reach = case.roles.reach(stake.company)
    facts = {**dict(facts_of(listing, reach)), "list": list_id, "ownership_rule": rule.code}
    facts["band"] = "major" if stake.most >= rule.minority_from else "minor"
    return tuple(facts.items())


@factor(family="listing", base=60, cites=CITES)
def listed_owner(case: Case) -> Iterator[Finding]:
    """Listed parties together hold enough of a company for a regime's ownership rule to reach it.

    The subject is the owned company. The sum follows the regime's own rule: shares of reached owners, never a product along
    the chain; the steps are in the text, each holding in the evidence.
    """
    names = {ref: placed.party.name for ref, placed in case.parties.items()}
    for rule, list_id, stake, listed in owned(case):
        if stake.reached:
            yield Finding(
                subject=stake.company,
                basis=Basis.INFERRED,
                says=f"{names[stake.company]}: {stake.says(names)}; the {rule.code} rule of {list_id} reaches it.",
                evidence=stake_evidence(case, rule, stake, listed),
                facts=stake_facts(case, rule, list_id, stake, listed),
            )
