"""A listed party holds part of a company, and the unknown rest could carry the share over the threshold."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.factor import Basis, Case, Finding, factor
from app.factors.listed_owner import CITES, owned, stake_evidence, stake_facts


@factor(family="listing", base=40, cites=CITES)
def unresolved_ownership(case: Case) -> Iterator[Finding]:
    """A listed party holds part of a company, and the unknown rest could carry the share over the threshold.

    The share is an interval: known shares of listed and reached owners, up to those plus every share nobody has stated.
    """
    names = {ref: placed.party.name for ref, placed in case.parties.items()}
    for rule, list_id, stake, listed in owned(case):
        if stake.unresolved:
            yield Finding(
                subject=stake.company,
                basis=Basis.INFERRED,
                says=f"{names[stake.company]}: {stake.says(names)}; a share register would settle whether the {rule.code} rule of {list_id} reaches it.",
                evidence=stake_evidence(case, rule, stake, listed),
                facts=stake_facts(case, rule, list_id, stake, listed),
            )
