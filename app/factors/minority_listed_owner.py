"""A listed party holds less of a company than the regime's threshold."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Basis, Finding
from app.core.list_names import list_name
from app.core.ownership.stake_words import says
from app.factors.listed_owner import CITES, behind, holder_weight, stake_evidence, stake_facts


@factor(family="listing", base=25, cites=CITES)
def minority_listed_owner(case: Case) -> Iterator[Finding]:
    """A listed party holds less of a company than the regime's threshold.

    A company that listed parties hold to the threshold counts as a listed holder. ``band`` is ``major`` from the share at which the
    rulebook weighs a minority holding more, else ``minor``; ``shared`` says whether the holder also makes goods of this purchase.
    """
    for owned in case.stakes:
        stake = owned.stake
        if not stake.reached and not stake.unresolved and stake.most > 0:
            shared = any(h.owner in case.roles.makers or h.owner in case.roles.upstream for h in stake.holdings)
            yield Finding(
                subject=stake.company,
                basis=Basis.INFERRED,
                says=f"{says(stake, case.names, owned.rule)}; that is below the threshold of {list_name(owned.list_id)}.{behind(case, owned)}",
                evidence=stake_evidence(case, owned),
                facts=(*stake_facts(case, owned), ("shared", "yes" if shared else "no")),
                weight=holder_weight(case, stake.company),
            )
