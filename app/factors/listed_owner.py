"""Listed parties together hold enough of a company for a regime's ownership rule to reach it."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Basis, Evidence, Finding
from app.core.list_names import list_name
from app.core.ownership.listing import Owned
from app.core.ownership.roles import Reach
from app.core.ownership.stake_words import says, told
from app.core.ownership.stakes import By, percent_text, units
from app.core.values import Citation
from app.factors.listed_party import facts_of

CITES = (
    Citation(
        title="OFAC FAQ 401, entities owned 50 percent or more by blocked persons",
        url="https://ofac.treasury.gov/faqs/401",
    ),
)


def stake_evidence(case: Case, owned: Owned) -> tuple[Evidence, ...]:
    """Each holding in the sum and before it, then the records of the listed holders."""
    names = case.names
    holdings = tuple(
        Evidence(
            pointer=h.pointer,
            submitted=percent_text(h.share),
            matched=names.get(h.owner, h.owner),
            says=told(h, names),
            citation=owned.rule.citation,
        )
        for h in (*owned.stake.steps, *owned.stake.holdings)
    )
    return holdings + tuple(
        Evidence(
            pointer=listing.pointer,
            submitted=names.get(node, node),
            matched=listing.party.name,
            says=f"{names.get(node, node)} matches {listing.party.name} on {list_name(listing.designation.list)}, {listing.since()}",
            citation=listing.designation.citation,
        )
        for node, listing in owned.behind.items()
    )


def behind(case: Case, owned: Owned) -> str:
    """Who is listed at the end of the holdings, since when, as a sentence of its own; three at most."""
    told_of = [
        f"{case.names.get(node, node)} is {'' if case.names.get(node) == x.party.name else f'{x.party.name}, '}listed {x.since()}"
        for node, x in owned.behind.items()
    ]
    return f" {'; '.join(told_of[:3])}."


def stake_facts(case: Case, owned: Owned) -> tuple[tuple[str, str], ...]:
    """What rules may ask about a stake; the listing facts are those of the first listed holder behind it."""
    holders = owned.behind
    listing = holders[sorted(holders)[0]]
    facts = dict(facts_of(case, listing, case.roles.reach(owned.stake.company)))
    facts["ownership_rule"] = owned.rule.code
    facts["band"] = "major" if owned.stake.most >= units(owned.rule.minority_from) else "minor"
    return tuple(facts.items())


@factor(family="listing", base=60, cites=CITES)
def listed_owner(case: Case) -> Iterator[Finding]:
    """Listed parties together hold enough of a company for a regime's ownership rule to reach it.

    The subject is the owned company. The sum follows the regime's own rule: shares of reached owners, never a product along
    the chain; the steps are in the text, each holding in the evidence.
    """
    for owned in case.stakes:
        if owned.stake.by is By.SHARE:
            company = owned.stake.company
            yield Finding(
                subject=company,
                basis=Basis.INFERRED,
                says=f"{says(owned.stake, case.names, owned.rule)}; the ownership rule of {list_name(owned.list_id)} therefore reaches the company.{behind(case, owned)}",
                evidence=stake_evidence(case, owned),
                facts=stake_facts(case, owned),
                weight=holder_weight(case, company),
            )


def holder_weight(case: Case, company: str) -> float:
    """A company that only holds shares of another orders less: what it holds is weighed where it leads."""
    return 0.3 if case.roles.reach(company) is Reach.OWNER else 1.0
