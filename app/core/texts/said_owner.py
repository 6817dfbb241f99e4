"""Texts that name the Corps (XPCC) as an owner of the company they are about: a claim to be settled by a register, not a share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .readings import Mention

if TYPE_CHECKING:
    from app.core.case import Case

SIGNALS = ("XPC-01", "XPC-02")
NEAR = 60
"""Characters beside the name in which the words of ownership must stand."""

BEFORE = re.compile(
    r"(?:owned|held|controlled|established|founded|invested in|funded)(?: in full| wholly| jointly)? by[^.;]{0,40}$"
    r"|(?:subsidiary|enterprise|company|affiliate|arm|part) of[^.;]{0,40}$"
    r"|(?:shareholders?|owners?|parent(?: company)?|controller) (?:is|are|include[s]?|:)[^.;]{0,40}$"
    r"|(?:隶属于?|控股股东|实际控制人|股东|出资人|投资人|主管单位|上级单位)(?:为|是|包括|系)?[^，。；]{0,12}$",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"^[^.;,，。；]{0,30}?(?: (?:owns|holds|controls) (?:\d|all|most|half|part|us\b|our\b|the company|shares?\b|stakes?\b|an? (?:majority|minority|controlling|\d))"
    r"| is (?:the|our|its) (?:sole|majority|controlling|largest|main) (?:owner|shareholder|parent)|[- ]owned\b| subsidiary\b"
    r"|控股|全资|持股|持有(?:本公司|我公司|公司|我司|本企业|其|\d)|直属|下属|所属|独资|旗下|出资)",
    re.IGNORECASE,
)

BY_WHOM = re.compile(r"由[^，。；]{0,12}$")
FOUNDED = re.compile(r"^[^，。；]{0,20}?(?:设立|创办|组建|投资|开办|主管|管理|成立)")
"""Chinese names the founder between 由 and what it did; with another verb (供应) it is no owner."""


def said_owned_by_corps(case: Case) -> Iterator[Mention]:
    """The mentions of the Corps as owner, one per subject, in the subject's own texts and not denied, quoted or about others."""
    seen: set[str] = set()
    for subject, mentions in case.texts.of(*SIGNALS).items():
        for mention in mentions:
            if subject in seen or mention.reported or (mention.level != "high" and mention.context == "no"):
                continue
            whole = _text(case, mention.pointer)
            end = mention.offset + len(mention.text)
            before, after = whole[max(0, mention.offset - NEAR) : mention.offset], whole[end : end + NEAR]
            founded = BY_WHOM.search(before) is not None and FOUNDED.match(after) is not None
            if founded or BEFORE.search(before) or AFTER.search(after):
                seen.add(subject)
                yield mention


def _text(case: Case, pointer: str) -> str:
    steps = pointer.split("/")
    if steps[1] == "statements":
        return case.submission.statements[int(steps[2])].text
    if steps[1] == "supplier":
        return case.submission.supplier.description or ""
    if steps[1] == "related_parties":
        return case.submission.related_parties[int(steps[2])].description or ""
    return ""
