"""A company stands close to a listed party on a list that has no ownership rule, or whose entry reaches its class."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Basis, Evidence, Finding
from app.core.list_names import list_name
from app.core.names import fold
from app.core.ownership.graph import group_of
from app.core.ownership.listing import Listing
from app.core.ownership.stake_words import told
from app.core.ownership.stakes import By, Holding, units
from app.core.submission import RelationKind
from app.factors.listed_party import CITES, carries_effect, facts_of

Path = tuple[Holding, ...]
MOST = 50
"""Most listed parties of one list whose groups are followed: with more of them the case is not decided by its affiliates."""


@factor(family="listing", base=30, cites=CITES)
def listed_affiliate(case: Case) -> Iterator[Finding]:
    """A company stands close to a listed party on a list that has no ownership rule, or whose entry reaches its class.

    Owner, parent, subsidiary, or company under common control, as the submission, a list or the reference states it. The subject is the
    company that stands close. ``in_class`` says whether the entry's own words reach it (law.md 6.4: subsidiaries, or subordinate and
    affiliated entities); ``shared`` whether goods, inputs or a site are shared with the listed party; ``band`` how close it is.
    """
    reached: dict[tuple[str, str], By | None] = {
        (owned.list_id, owned.stake.company): owned.stake.by for owned in case.stakes
    }
    bearers: dict[str, set[str]] = defaultdict(set)
    for listing in case.listings:
        if listing.confirmed:
            bearers[listing.party.id].add(listing.subject)
    groups: dict[str, Mapping[str, Path]] = {}
    found: dict[tuple[str, str], list[Near]] = defaultdict(list)
    for listing in _followed(case):
        list_id = listing.designation.list
        if listing.subject not in groups:
            groups[listing.subject] = group_of(case.ownership, listing.subject)
        weak = case.ownership_rules.get(listing.designation.extends_to) is None
        for company, path in _close(case, listing.subject, groups[listing.subject], weak=weak).items():
            if company in bearers[listing.party.id] or case.parties[company].party.kind == "person":
                continue
            by = reached.get((list_id, company))
            if by is By.SHARE or (by is None and (list_id, company) in reached):
                continue  # shares are the ownership factors' business
            found[list_id, company].append(Near(listing, company, path, _shared(case, listing, company)))
    for key, near in found.items():
        closest = min(near, key=Near.rank)
        branch = any(_is_branch(n) for n in near)
        yield _finding(case, closest, in_class=reached.get(key) is not None or branch, branch=branch)


@dataclass(frozen=True)
class Near:
    """A company beside a listed party: by which holdings, and what the two share, in words."""

    listing: Listing
    company: str
    path: Path
    shared: str

    def rank(self) -> tuple[bool, bool, int, str, str]:
        """The closest first, whatever the order in which the parties were named."""
        minor = _band(self.path) == "minor"
        return not self.shared, minor, len(self.path), self.listing.party.id, self.listing.hit.subject


def _followed(case: Case) -> Iterator[Listing]:
    """The confirmed listings in force that have an effect and no blocking rule, the first ``MOST`` of each list by party."""
    count: Counter[str] = Counter()
    for listing in sorted((*case.listings, *case.kin_listings), key=lambda x: (x.designation.list, x.party.id)):
        designation = listing.designation
        if not (listing.confirmed and designation.in_force(case.as_of) and carries_effect(designation)):
            continue
        rule = case.ownership_rules.get(designation.extends_to)
        if rule is not None and rule.blocking:
            continue
        count[designation.list] += 1
        if count[designation.list] <= MOST:
            yield listing


def _close(case: Case, start: str, near: Mapping[str, Path], *, weak: bool) -> Mapping[str, Path]:
    """Submitted companies in the listed party's group and, where ``weak``, those it holds any share of."""
    found = {node: path for node, path in near.items() if path and node in case.parties}
    if weak:
        for edge in case.ownership.owned_by.get(start, ()):
            if edge.owned in case.parties and edge.share != 0:
                found.setdefault(edge.owned, (edge,))
    return found


def _is_branch(near: Near) -> bool:
    """Whether the company is stated as a branch of the listed one: no company of its own, so what it makes the listed one makes."""
    first = near.path[0]
    return len(near.path) == 1 and first.kind is RelationKind.BRANCH and first.owner == near.listing.subject


def _finding(case: Case, near: Near, *, in_class: bool, branch: bool) -> Finding:
    names = case.names
    listing, company, path, shared = near.listing, near.company, near.path, near.shared
    steps = "; ".join(told(h, names) for h in path)
    words = "the words of the entry reach it" if in_class else "the entry does not name it"
    words = "a branch is the listed company itself" if branch else words
    return Finding(
        subject=company,
        basis=Basis.OBSERVED if len(path) == 1 else Basis.INFERRED,
        says=f"{names[company]} is connected with {listing.party.name}, listed on {list_name(listing.designation.list)}: {steps}; {words}."
        + (f" Shared: {shared}." if shared else ""),
        evidence=(
            *(
                Evidence(
                    pointer=h.pointer,
                    submitted=h.kind.value,
                    matched=names.get(h.owner, h.owner),
                    says=told(h, names),
                    citation=listing.designation.citation,
                )
                for h in path
            ),
            Evidence(
                pointer=listing.pointer,
                submitted=names.get(listing.subject, listing.party.name),
                matched=listing.party.name,
                says=f"{listing.party.name} is on {list_name(listing.designation.list)}, {listing.since()}",
                citation=listing.designation.citation,
            ),
        ),
        facts=(
            *facts_of(case, listing, case.roles.reach(company)),
            ("in_class", "yes" if in_class else "no"),
            ("shared", "yes" if shared else "no"),
            ("band", _band(path)),
        ),
    )


def _band(path: Path) -> str:
    """``major`` for a group or a holding that weighs more, ``minor`` for a small one."""
    share = path[0].share
    weak = len(path) == 1 and share is not None and path[0].kind is not RelationKind.AFFILIATE
    return "minor" if weak and share is not None and share < units(25) else "major"


def _shared(case: Case, listing: Listing, company: str) -> str:
    """What the listed party and the company share, in words; empty where nothing is stated."""
    if listing.subject in case.roles.makers or listing.subject in case.roles.upstream:
        return "the listed party makes goods or inputs of this purchase"
    if listing.subject not in case.parties:
        return ""
    own, other = case.parties[listing.subject].party, case.parties[company].party
    sites = {fold(s.address) for s in own.sites if s.address} - {""}
    if any(s.address and fold(s.address) in sites for s in other.sites):
        return "one site"
    supplied = any(r.of == company and r.kind is RelationKind.UPSTREAM_SUPPLIER for r in own.relations)
    return "the listed party supplies it" if supplied else ""
