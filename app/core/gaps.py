"""What the submission leaves out, which rule it matters to, and the shortest question that closes it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from app.core.goods.chain import CHINA, Link, material_sector
from app.core.places.registration import chinese_number

from .finding import Gap
from .submission import SUPPLIER, Activity, RelationKind

if TYPE_CHECKING:
    from .case import Case

MOST = 50
"""Most gaps listed of one submission."""

RESERVED = 15
"""Of these, kept for the supplier and its owners, however many goods are silent."""

MEMBERS = {"unknown_maker": "made_by"}

QUESTIONS = {
    "no_inputs": "what it is made from is not stated: which inputs, made by whom, and where?",
    "unknown_maker": "who made it is not stated: which company, at which site?",
    "no_origin": "where it comes from is not stated: in which province and place was it made?",
    "silent_step": "the inputs named do not include its usual material: where does that come from?",
}
"""What each kind of silence leaves open, where the material has no question of its own."""

MATERIAL_QUESTIONS = {
    "cotton": "who spun the yarn is not stated, nor where the cotton grew: which spinner, which gin, which province?",
    "silica": "whose polysilicon and silicon metal it contains is not stated: which makers, at which sites?",
    "pvc": "who made the PVC resin and its carbide is not stated: which makers, at which sites?",
    "tomato": "where the tomatoes grew and who made the paste is not stated: which farms, which plant?",
    "jujube": "where the dates grew is not stated: which province and county?",
    "aluminium": "which smelter made the primary aluminium is not stated: whose metal, from which site?",
    "steel": "who made the steel is not stated: which mill, at which site?",
    "copper": "who refined the copper and where it was mined is not stated: which smelter, which mine?",
    "lithium": "where the lithium was mined and refined is not stated: which mine, which plant?",
    "caustic soda": "who made the caustic soda is not stated: which plant?",
}
"""The shortest question about a silent material, by its sector."""

ORIGIN_QUESTIONS = {
    "cotton": "in which province the cotton grew or was spun is not stated: which gin or mill, where?",
    "tomato": "in which province the tomatoes grew is not stated: which farms, where?",
    "jujube": "in which province the dates grew is not stated: which county?",
}


STEP_QUESTIONS = {
    "280461": "whose silicon metal the polysilicon was made from is not stated: which smelter, at which site?",
    "280469": "where the quartz was mined and the silicon smelted is not stated: which mine, which furnace?",
    "381800": "whose polysilicon and silicon metal the wafers were made from is not stated: which makers, at which sites?",
    "5203": "where the cotton grew is not stated: which gin, which province?",
    "5205": "where the cotton grew is not stated: which gin, which province?",
    "390410": "whose vinyl chloride and carbide the resin was made from is not stated: which makers, at which sites?",
    "070200": "where the tomatoes grew is not stated: which farms, where?",
    "200290": "where the tomatoes grew is not stated: which farms, where?",
}
"""The same where the good is itself a step of the chain, by its code."""


def question_of(case: Case, link: Link) -> str:
    """The shortest question that closes the silence of a link."""
    sector = material_sector(case, link)
    if link.why in ("no_inputs", "silent_step") and link.row is not None:
        if link.row.hs_code in STEP_QUESTIONS:
            return STEP_QUESTIONS[link.row.hs_code]
        sector = link.row.sector if link.row.sector in MATERIAL_QUESTIONS else sector
    if link.why in ("no_inputs", "silent_step") and sector in MATERIAL_QUESTIONS:
        return MATERIAL_QUESTIONS[sector]
    if link.why in ("no_origin", "unknown_maker") and sector in ORIGIN_QUESTIONS and link.country in (None, "CN"):
        return ORIGIN_QUESTIONS[sector]
    return QUESTIONS[link.why]


def read_gaps(case: Case) -> tuple[Gap, ...]:
    """The gaps of a case, goods first, each with a pointer to the member that is missing."""
    return (*islice(_goods(case), MOST - RESERVED), *islice(_parties(case), RESERVED))


def _goods(case: Case) -> Iterator[Gap]:
    submission = case.submission
    buying = Activity.BUY_GOODS in submission.activities
    if buying and not submission.goods:
        yield Gap(
            pointer="/goods",
            says="which goods are bought is not stated: what, and under which tariff code?",
            matters_to=("R05", "R15", "R19"),
        )
    for tree in case.chain.trees:
        for link in tree.links:
            if link.code is not None and link.code.problem:
                yield Gap(
                    pointer=f"{link.pointer}/hs_code",
                    says=f"the tariff code cannot be read, because {link.code.problem}: which code does the good fall under?",
                    matters_to=("R15",),
                )
            if link.why:
                member = MEMBERS.get(link.why, "inputs")
                if link.why == "no_origin":
                    member = "origin_region" if link.country in CHINA else "origin_country"
                yield Gap(
                    pointer=f"{link.pointer}/{member}",
                    says=f"{link.placed.good.description[:80]}: {question_of(case, link)}",
                    matters_to=("R05", "R15") if tree.priority is not None else ("R05",),
                )
        if tree.root.country is None:
            yield Gap(
                pointer=f"{tree.root.pointer}/origin_country",
                says="where the good is made is not stated: in which country and place?",
                matters_to=("R05", "R19"),
            )


def _parties(case: Case) -> Iterator[Gap]:
    submission = case.submission
    supplier = submission.supplier
    if not supplier.sites:
        yield Gap(
            pointer="/supplier/sites",
            says="no site of the supplier is stated: where does it work?",
            matters_to=("R05", "R19"),
        )
    yield from _codes(case)
    yield from _unread(case)
    owners = {RelationKind.OWNER, RelationKind.BENEFICIAL_OWNER, RelationKind.PARENT}
    owned = any(r.kind in owners and r.of == SUPPLIER for p in submission.related_parties for r in p.relations)
    owned = owned or any(r.kind in (RelationKind.SUBSIDIARY, RelationKind.BRANCH) for r in supplier.relations)
    if not owned and supplier.kind != "person":
        yield Gap(
            pointer="/related_parties",
            says="who owns the supplier is not stated: who holds which share?",
            matters_to=("R01", "R04"),
        )
    for n, related in enumerate(submission.related_parties):
        for m, relation in enumerate(related.relations):
            if relation.kind in owners and relation.percent is None:
                yield Gap(
                    pointer=f"/related_parties/{n}/relations/{m}/percent",
                    says="the share is not stated: how many percent, by which register?",
                    matters_to=("R04",),
                )


def _unread(case: Case) -> Iterator[Gap]:
    """Texts whose words no speaker of their language has checked."""
    for pointer in dict.fromkeys(m.pointer for m in case.texts.mentions if m.counts and m.waits):
        yield Gap(
            pointer=pointer,
            says="no speaker of its language has checked the text: what does it say of the workers?",
            matters_to=("R13", "R19"),
        )


def _codes(case: Case) -> Iterator[Gap]:
    """Registration codes that do not stand, and division codes that are said to be the Corps' own."""
    for placed in case.parties.values():
        for n, identifier in enumerate(placed.party.identifiers):
            pointer = f"{placed.pointer}/identifiers/{n}/value"
            number = chinese_number(identifier.scheme, identifier.value, identifier.country or placed.party.country)
            if number is None and identifier.scheme == "uscc":
                yield Gap(
                    pointer=pointer,
                    says="the unified social credit code has not 18 characters and is not used: what is the right code?",
                    matters_to=("R05", "R19"),
                )
            elif number is not None and not number.valid:
                yield Gap(
                    pointer=pointer,
                    says=f"the {number.kind} is not used, because {number.problems[0]}: what is the right code?",
                    matters_to=("R05", "R19"),
                )
            elif number is not None and number.corps_note:
                yield Gap(
                    pointer=pointer,
                    says=f"division code {number.region} is said to stand for bodies of the XPCC (unproven): who is this body?",
                    matters_to=("R01", "R04"),
                )
