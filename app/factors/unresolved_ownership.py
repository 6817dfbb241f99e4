"""A listed party holds part of a company, and the unknown rest could carry the share over the threshold."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Basis, Evidence, Finding
from app.core.list_names import list_name
from app.core.ownership.stake_words import says
from app.core.texts.said_owner import said_owned_by_corps
from app.core.texts.signal_findings import evidence_of
from app.factors.listed_owner import CITES, behind, holder_weight, stake_evidence, stake_facts


@factor(family="listing", base=40, cites=CITES)
def unresolved_ownership(case: Case) -> Iterator[Finding]:
    """A listed party holds part of a company, and the unknown rest could carry the share over the threshold.

    The share is an interval: known shares of listed and reached owners, up to those plus every share nobody has stated. A text of the
    company itself that names the Xinjiang Production and Construction Corps as its owner leaves the share as open.
    """
    for owned in case.stakes:
        if owned.stake.unresolved:
            yield Finding(
                subject=owned.stake.company,
                basis=Basis.INFERRED,
                says=f"{says(owned.stake, case.names, owned.rule)}: unresolved for {list_name(owned.list_id)}.{behind(case, owned)} A dated share register would settle it.",
                evidence=stake_evidence(case, owned),
                facts=stake_facts(case, owned),
                weight=holder_weight(case, owned.stake.company),
            )
    yield from _said(case)


def _said(case: Case) -> Iterator[Finding]:
    corps = case.kin.corps
    if corps is None:
        return
    known = {(owned.list_id, owned.stake.company) for owned in case.stakes}
    for mention in said_owned_by_corps(case):
        for designation in corps.designations:
            rule = case.ownership_rules.get(designation.extends_to)
            named = (designation.list, mention.subject) in known
            if rule is None or named or not (designation.confirmed and designation.in_force(case.as_of)):
                continue
            yield Finding(
                subject=mention.subject,
                says=f"A text names {corps.name}, on {list_name(designation.list)}, as owner of {case.names[mention.subject]} (“{mention.snippet}”); "
                "how much it holds is open. A dated share register would settle it.",
                evidence=(
                    evidence_of(mention),
                    Evidence(
                        pointer=f"/v1/parties/{corps.id}",
                        submitted=mention.text,
                        matched=corps.name,
                        says=f"{corps.name} is on {list_name(designation.list)} since {designation.listed_on}",
                        citation=designation.citation,
                    ),
                ),
                facts=(
                    ("list", designation.list),
                    ("instrument", designation.instrument),
                    ("programme", designation.programme),
                    ("reach", case.roles.reach(mention.subject).value),
                    ("ownership_rule", rule.code),
                    ("source", "text"),
                ),
                weight=0.7,
            )
