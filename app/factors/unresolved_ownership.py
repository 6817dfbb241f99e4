"""A listed party holds part of a company, and the unknown rest could carry the share over the threshold."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Basis, Evidence, Finding
from app.core.list_names import list_name
from app.core.ownership.stake_words import says
from app.core.party import Party
from app.core.texts.said_owner import said_owned_by_corps
from app.core.texts.signal_findings import evidence_of
from app.factors.listed_owner import CITES, behind, holder_weight, stake_evidence, stake_facts


@factor(family="listing", base=40, cites=CITES)
def unresolved_ownership(case: Case) -> Iterator[Finding]:
    """A listed party holds part of a company, and the unknown rest could carry the share over the threshold.

    The share is an interval: known shares of listed and reached owners, up to those plus every share nobody has stated. A text of the
    company itself that names the Xinjiang Production and Construction Corps as its owner leaves the share as open, and so does the
    reference where it names a traded company as one of the Corps' divisions and a source was seen for it.
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
    for subject, told, evidence, source in _claims(case, corps):
        for designation in corps.designations:
            rule = case.ownership_rules.get(designation.extends_to)
            named = (designation.list, subject) in known
            if rule is None or named or not (designation.confirmed and designation.in_force(case.as_of)):
                continue
            known.add((designation.list, subject))
            yield Finding(
                subject=subject,
                says=f"{told.format(list=list_name(designation.list))}; how much it holds is open. A dated share register would settle it.",
                evidence=(
                    evidence,
                    Evidence(
                        pointer=f"/v1/parties/{corps.id}",
                        submitted=evidence.matched,
                        matched=corps.name,
                        says=f"{corps.name} is on {list_name(designation.list)} since {designation.listed_on}",
                        citation=designation.citation,
                    ),
                ),
                facts=(
                    ("list", designation.list),
                    ("instrument", designation.instrument),
                    ("programme", designation.programme),
                    ("reach", case.roles.reach(subject).value),
                    ("ownership_rule", rule.code),
                    ("source", source),
                ),
                weight=0.7,
            )


def _claims(case: Case, corps: Party) -> Iterator[tuple[str, str, Evidence, str]]:
    """(company, words with a place for the list, evidence, source) wherever something names the Corps as an owner."""
    for mention in said_owned_by_corps(case):
        said = mention.snippet.replace("{", "{{").replace("}", "}}")
        owned = case.names[mention.subject].replace("{", "{{").replace("}", "}}")
        told = f"A text names {corps.name}, on {{list}}, as owner of {owned} (“{said}”)"
        yield mention.subject, told, evidence_of(mention), "text"
    owned_by = {owned.stake.company for owned in case.stakes}
    for ref, (company, evidence) in case.corps_companies.items():
        if company.checked and ref not in owned_by:
            named = case.names[ref].replace("{", "{{").replace("}", "}}")
            told = f"The reference names {named} (stock code {company.code}) as a company of the {company.division.name_en}, a part of {corps.name}, on {{list}}"
            yield ref, told, evidence, "reference"
