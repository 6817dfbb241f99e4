"""A listed party holds less of a company than the regime's threshold."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.factor import Basis, Case, Finding, factor
from app.factors.listed_owner import CITES, owned, stake_evidence, stake_facts


@factor(family="listing", base=25, cites=CITES)
def minority_listed_owner(case: Case) -> Iterator[Finding]:
    """A listed party holds less of a company than the regime's threshold.

    ``band`` is ``major`` from the share at which the rulebook weighs a minority holding more, else ``minor``.
    """
    names = {ref: placed.party.name for ref, placed in case.parties.items()}
    for rule, list_id, stake, listed in owned(case):
        if not stake.reached and not stake.unresolved and stake.most > 0:
            yield Finding(
                subject=stake.company,
                basis=Basis.INFERRED,
                says=f"{names[stake.company]}: {stake.says(names)}; below the threshold of the {rule.code} rule of {list_id}.",
                evidence=stake_evidence(case, rule, stake, listed),
                facts=stake_facts(case, rule, list_id, stake, listed),
            )
