"""Holdings and stakes in words: who holds what of whom, and the sum step by step."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.submission import RelationKind

from .stakes import PARENTAL, By, Holding, OwnershipRule, Stake, percent_text


def says(stake: Stake, names: Mapping[str, str], rule: OwnershipRule) -> str:
    """The sum, step by step: "A 30 % + B 25 % of C = 55 % (the test is 50 % or more)"; a single holding as a plain sentence."""
    before = [f"{told(h, names)}, which therefore counts" for h in stake.steps]
    if stake.by in (By.CONTROL, By.STATED):
        return "; ".join([*before, *(told(h, names) for h in stake.holdings)])
    added = sorted((h for h in stake.holdings if h.share is not None), key=lambda h: (-(h.share or 0), h.owner))
    unknown = sorted({_name(names, h.owner) for h in stake.holdings if h.share is None})
    terms = [(_name(names, h.owner), percent_text(h.share)) for h in added]
    terms += [(name, percent_text(None)) for name in unknown]
    known = percent_text(stake.least)
    company = _name(names, stake.company)
    if stake.unresolved:
        known = f"{known} known, up to {percent_text(stake.most)} with what the register leaves open"
    if len(terms) == 1:
        held = f"{terms[0][0]} holds {terms[0][1]} of {company}"
        summed = f"{held}: {known}" if stake.unresolved else held
    else:
        summed = f"{' + '.join(f'{name} {share}' for name, share in terms)} of {company} = {known}"
    return "; ".join([*before, f"{summed} (the test is {rule.test})"])


def told(holding: Holding, names: Mapping[str, str]) -> str:
    """One edge in words: who holds, controls or stands beside whom."""
    return f"{_name(names, holding.owner)} {_stake(holding)} {_name(names, holding.owned)}"


def _name(names: Mapping[str, str], node: str) -> str:
    return names.get(node, node)


def _stake(holding: Holding) -> str:
    if holding.kind is RelationKind.CONTROLLER:
        return "controls"
    if holding.kind is RelationKind.AFFILIATE:
        return "is affiliated with"
    if holding.kind is RelationKind.BRANCH:
        return "has the branch"
    if holding.share is None and holding.kind in PARENTAL:
        return "is the parent of"
    return f"holds {percent_text(holding.share)} of"
