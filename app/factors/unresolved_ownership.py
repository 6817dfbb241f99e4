"""A listed party holds part of a company, and the unknown rest could carry the share over the threshold."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.factor import Basis, Case, Finding, factor
from app.factors.listed_owner import CITES, holder_weight, stake_evidence, stake_facts


@factor(family="listing", base=40, cites=CITES)
def unresolved_ownership(case: Case) -> Iterator[Finding]:
    """A listed party holds part of a company, and the unknown rest could carry the share over the threshold.

    The share is an interval: known shares of listed and reached owners, up to those plus every share nobody has stated.
    """
    for owned in case.stakes:
        if owned.stake.unresolved:
            yield Finding(
                subject=owned.stake.company,
                basis=Basis.INFERRED,
                says=f"{owned.stake.says(case.names, owned.rule)}: unresolved for {owned.list_id}. A dated share register would settle it.",
                evidence=stake_evidence(case, owned),
                facts=stake_facts(case, owned),
                weight=holder_weight(case, owned.stake.company),
            )
