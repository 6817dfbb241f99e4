"""A place of work in the region that a text says the company has ("our Aksu mill", 在喀什设有工厂): a weak fact that asks a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from app.core.places.names import as_written
from app.core.reference import Reference
from app.core.submission import SUPPLIER, EvidenceKind, Submission, SubmittedParty

from .context import country_of
from .denial import WINDOW, stand
from .origin_text import GROWING, in_transit
from .said import READ, Said, texts
from .subjects import other_companies, speaks_of_itself

MOST = 10
"""Most places kept per text."""

_WORK = r"(?:factor(?:y|ies)|plants?|mills?|workshops?|gins?|production (?:base|site|line)s?|(?:sewing|spinning|weaving|assembly|packing) lines?|manufacturing (?:base|site)s?|spinning|smelters?|farms?|mines?)"
_AFTER = re.compile(rf"[\s\-'’]*(?:s\b)?\s*(?:(?!and\b|or\b|but\b)\w+\s+){{0,2}}?{_WORK}\b")
_AFTER_HAN = re.compile(
    r"[^，。；！？\n,;]{0,10}?(?:工厂|车间|生产基地|厂房|纺纱厂|加工厂|分厂|轧花厂|生产线|厂区|种植基地|矿山|冶炼厂|建厂|设厂|办厂|投产|(?:分|子)公司[^，。；！？\n]{0,8}生产)"
)
_MAKING = (
    r"(?:sewn|made|produced|manufactured|assembled|processed|spun|woven|knitted|dyed|smelted|ginned"
    r"|production|manufacturing|manufacture|sewing|spinning|weaving|processing|assembly|smelting|ginning)"
)
_WORTH = re.compile(rf"\b{_WORK}\b|\b{_MAKING}\b|厂|车间|基地|生产|矿山")
"""A sentence without any of these words names no place of work."""

_BEFORE = re.compile(
    rf"\b{_WORK}\b(?:\W+\w+){{0,4}}?\W+(?:in|at|near|to)\s+(?:the\s+)?(?:\w+\s+){{0,2}}?$"
    rf"|\b{_MAKING}\s+(?:(?!not|never)\w+\s+){{0,3}}?(?:in|at)\s+(?:the\s+)?(?:\w+\s+){{0,1}}?$"
    rf"|\b{_WORK}(?:\s+(?:address|location|site))?\s*:\s*$"
    r"|(?:工厂|生产|厂房|厂区|车间)(?:地址|地点|基地|位置)[:：]\s*(?:中国)?$"
)
_TO_OTHERS = re.compile(
    r"\b(?:deliver\w*|sells?|sold|suppl(?:y|ies|ied)|visit\w*|install\w*|export\w*|ship(?:s|ped)?|equip\w*|serv(?:e|es|ed|icing))\b"
    r"(?!.*\b(?:our|own|from|its)\b)|(?:向|为|给|参观|访问)[^，。；]{0,12}$"
)
"""Whom the company sells to, equips or visits is another's place of work."""

_GONE = re.compile(
    r"\b(?:closed|ended|ceased|stopped|shut|sold|divested|disposed of|left|wound up|relocated from|moved (?:out of|from))\b[^.;,]{0,20}$|关闭|撤出"
)
"""A place of work that is no longer the company's."""
_OWN_HAN = re.compile(r"(?:在|位于|落户|设于|投资|布局)[^，。；\n]{0,6}$")
_NOT_ITS_OWN = re.compile(r"没有|并无|无任何|尚未|\bthere (?:are|is)\b|\bno\b|\bunlike\b|\bother\b")
_AUDITED = re.compile(r"audit|certif|inspect|验厂|审核")
"""Whoever had a plant audited has it."""

_OTHERS = re.compile(r"\b(?:customers?|clients?|suppliers?|competitors?|their|his)\b|客户|供应商|同行")


@dataclass(frozen=True)
class SiteClaim:
    """A place of work said to be in the region: whose text, where, the exact words and what stands around them."""

    subject: str
    pointer: str
    matched: str
    offset: int
    snippet: str
    place: str


SEEN_THERE = frozenset(
    [
        EvidenceKind.SOCIAL_AUDIT,
        EvidenceKind.ORIGIN_TRACING,
        EvidenceKind.CERTIFICATE,
        EvidenceKind.ISOTOPE_TEST,
        EvidenceKind.DNA_TEST,
    ]
)
"""Evidence whose place is where the goods or their makers were looked at."""


def read_site_claims(
    submission: Submission, reference: Reference, said: tuple[Said, ...] | None = None
) -> tuple[SiteClaim, ...]:
    """The claims of every text about an organisation, in its own words."""
    parties = {p.ref: p.party for p in submission.parties()}
    claims = (
        claim
        for one in (texts(submission, reference) if said is None else said)
        if not one.of_a_good and parties[one.subject].kind != "person"
        for claim in islice(_claims(one, parties[one.subject]), MOST)
    )
    return (*claims, *_audited_there(submission, reference))


def _audited_there(submission: Submission, reference: Reference) -> Iterator[SiteClaim]:
    """Where an audit took place or a tracing leads, the maker of the goods it covers works."""
    makers = {g.pointer: g.good.made_by or SUPPLIER for g in submission.walk_goods()}
    for n, evidence in enumerate(submission.evidence):
        if evidence.kind not in SEEN_THERE or not evidence.place:
            continue
        mention = reference.place_index.firm(evidence.place)
        if mention is None:
            continue
        matched = as_written(evidence.place, mention.start, mention.end)
        offset = max(0, evidence.place.find(matched))
        for subject in dict.fromkeys(makers.get(c, SUPPLIER) for c in evidence.covers or ("",)):
            yield SiteClaim(
                subject, f"/evidence/{n}/place", matched, offset, evidence.place[:120], mention.place.name_en
            )


def _claims(said: Said, party: SubmittedParty) -> Iterator[SiteClaim]:
    abroad = country_of(party) not in (None, "CN")
    bare, text = said.bare, said.text[:READ]
    for sentence in said.sentences:
        if not sentence.places or not _WORTH.search(sentence.text):
            continue
        for mention in sentence.places:
            span = _span(sentence.text, mention.start, mention.end)
            known = mention.strong or (not abroad and mention.place.code in GROWING)
            if span is None or not known or mention.street or mention.product or (abroad and not mention.han):
                continue
            first, last = bare.original(sentence.start + span[0], sentence.start + span[1])
            whole = text[bare.original(sentence.start, sentence.end)[0] : last]
            if any(True for _ in other_companies(whole, party)) and not speaks_of_itself(sentence.text):
                continue
            yield SiteClaim(
                said.subject,
                said.pointer,
                text[first:last],
                first,
                text[max(0, first - 60) : last + 60].strip(),
                mention.place.name_en,
            )


def _span(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """The words that join a place and a place of work; None for transit, others' places, denials and policies."""
    before = sentence[max(0, start - 60) : start]
    if in_transit(sentence, start, end) or _OTHERS.search(before[-30:]):
        return None
    after = _AFTER.match(sentence, end) or (_AFTER_HAN.match(sentence, end) if _han_may(sentence, start, end) else None)
    ahead = _BEFORE.search(before)
    if after is None and ahead is None:
        return None
    span = (
        start if ahead is None else start - (len(before) - ahead.start()),
        after.end() if after is not None else end,
    )
    near = sentence[max(0, span[0] - 60) : span[0]]
    if _OTHERS.search(sentence[span[0] : span[1]]) or _TO_OTHERS.search(near) or _GONE.search(near):
        return None
    if _NOT_ITS_OWN.search(sentence[span[0] : span[1]]) or _NOT_ITS_OWN.search(
        sentence[max(0, span[0] - 20) : span[0]]
    ):
        return None
    stands = stand(sentence[max(0, span[0] - WINDOW) : span[0]], sentence[span[1] : span[1] + WINDOW])
    quoted = stands.quoted and not _AUDITED.search(sentence[max(0, span[0] - 40) : span[0]])
    return None if stands.denied or quoted or stands.reported else span


def _han_may(sentence: str, start: int, end: int) -> bool:
    """Right behind a Chinese place stands its factory, or further on where the sentence says that the company is there."""
    near = re.match(
        r"(?:的|地区|市|县)?[\u4e00-\u9fff]{0,3}?(?:工厂|分厂|车间|生产基地|厂区|种植基地|[分子]公司)",
        sentence[end : end + 14],
    )
    return near is not None or _OWN_HAN.search(sentence[max(0, start - 10) : start]) is not None
