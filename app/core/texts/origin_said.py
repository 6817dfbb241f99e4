"""What texts say about where a material comes from: "cotton from Aksu", 阿克苏长绒棉, 原料来自新疆; denials and policies do not count.

A place beside a material, or a material said to come from a place, in the subject's own texts. Loading and transit are no origin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from app.core.places.names import Mention
from app.core.places.strength import PlaceStrength
from app.core.reference import Reference
from app.core.submission import Submission

from .context import NAMESAKES, country_of, is_asked
from .denial import WINDOW, stand
from .origin_form import GoodsNames, answered_yes, mill_before, stated, supplied_by
from .origin_text import GROWING, TRANSIT_PLACES, in_transit
from .said import READ, Said, Sentence, texts

MOST = 20
"""Most claims kept per text."""

FIBRES = frozenset({"cotton", "apparel", "textiles", "gloves"})
MATERIALS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile(r"\bcotton|\bpima\b|(?:[皮籽原]|长绒|细绒|精梳)?棉(?!花糖)|پاختى"), FIBRES),
    (re.compile(r"\btomato|\bpomodor|\btomate|\bpaste\b|\bpur[eé]e\b|番茄|西红柿"), frozenset({"tomato"})),
    (re.compile(r"silicon\b|polysilicon|\bquartz|多晶硅|工业硅|金属硅|硅料|疆硅|石英"), frozenset({"silica"})),
    (re.compile(r"\bpvc\b|polyvinyl|\bresin\b|carbide|聚氯乙烯|电石|树脂"), frozenset({"pvc"})),
    (re.compile(r"\bjujube|\bdates?\b(?! of)|红枣|灰枣|骏枣|大枣"), frozenset({"jujube"})),
    (re.compile(r"alumini?um|铝锭|电解铝|原铝"), frozenset({"aluminium", "auto parts"})),
    (re.compile(r"\bviscose|\brayon|粘胶"), frozenset({"viscose"})),
    (re.compile(r"\bcopper\b|阴极铜|铜精矿"), frozenset({"copper"})),
    (re.compile(r"\blithium\b|碳酸锂|锂"), frozenset({"lithium", "batteries"})),
    (re.compile(r"\bsteel\b|钢"), frozenset({"steel", "auto parts"})),
    (re.compile(r"\bwalnut|核桃"), frozenset({"walnut"})),
    (re.compile(r"human hair|人发|发制品"), frozenset({"hair"})),
    (re.compile(r"\byarns?\b|\bfabrics?\b|\blint\b|纱|坯布|面料"), FIBRES),
)
"""Words of a material and the sectors made from it."""

ANY_MATERIAL = re.compile(
    r"\b(raw )?materials?\b|\binputs?\b|\bfeedstock\b|\bproducts?\b|\bgoods\b|原料|原材料|辅料|产品"
)
"""Words for a material of any kind."""

_FROM = re.compile(
    r"\b(from|grown in|produced in|made in|sourced in|sourced from|originat\w+ (in|from)|spun in|woven in|picked in|harvested in|mined in"
    r"|smelted in|manufactured in|processed in|assembled in|baked in|roasted in|brewed in|distilled in|bottled in|canned in|knitted in|sewn in|dyed in|refined in|cast in"
    r"|forged in|milled in|pressed in|dried in|dug in|quarried in|tanned in|caught in|origin|supplied (?:from|by)|delivered by|purchased from|bought from|(?:is|are) (?:\d+ ?%|all|pure|mostly|mainly|partly))(?!\w)|来自|产自|产地|原产|采购自|源自|出自|采自|种植|产于|[:：]"
)
"""Words by which a text says where something comes from."""


_BUYS = re.compile(
    r"\b(?:we|company|factory|mill|supplier|firm)\s+(?:\w+\s+){0,2}?(?:sources?|sourced|buys?|bought|purchases?|purchased|procures?|procured)\s+"
    r"(?:\w+\s+){0,2}?from\s+(?:the\s+)?$"
)
"""Who buys from a place and does not say what: a question, whatever the material."""

_COLONS = (":", "：")
GROWN = frozenset({"cotton", "tomato", "jujube"})

_FILLERS = re.compile(
    r"(?:[\s\-'’]+(?:s\b)?|\b(?:long|staple|raw|fine|combed|ginned|hand|machine|picked|organic|pure|premium|high|quality|grade|origin|grown"
    r"|produced|made|upland|extra|white|prefecture|region|county|city|district|province|uyghur|uygur|autonomous)\b"
    r"|的|产|优质|长绒|细绒|超细|手采|机采|特级|一级|高品质|地区|市|县|天然|有机)*"
)
"""What may stand between a place and its material."""

_SHORT = re.compile(
    r"(?<!新)(?<!北)(?<!南)疆棉|疆硅|新疆料|产地[:：]?新疆|新疆(?:原)?产(?!业|区|能)|\bmade in xinjiang\b|شىنجاڭ پاختىسى"
)
"""Set words for an origin in the region."""

_IN_SHORT = ("疆", "made in xinjiang", "شىنجاڭ")
"""Of which each of them holds one."""

_STANCE = re.compile(
    r"(\b(support|supports|defend|ban on|bans|banned|boycott\w*|against|about|regarding|concerning|sanctions? on|import of|imports of"
    r"|proud of|allegations? (on|about)|reports? (on|about)|(prices?|index|futures|market|quotations?) (of|for|on))\s+(the\s+)?|支持|力挺|抵制|关于|有关|针对|热爱)$"
)
"""A view of the region's goods is no word about one's own (signal GOV-05)."""

_IN_GENERAL = re.compile(
    r"\b(?:chinas|most (?:of )?(?:chinas|chinese)|chinese) (?:cotton|tomato\w*|polysilicon) (?:is|are|comes?|grows?|originates?)\b"
    r"|(?:中国|我国|全国)的?(?:棉花?|番茄|多晶硅)[^，。；\n]{0,6}(?:[一二三四五六七八九]成|\d+ ?%|百分之|大部分|主要|多数|绝大)"
)
"""What is said of a country's whole crop is not said of one's own material."""

_TOPIC = re.compile(
    r"^\W*花?(price|prices|index|futures|ban\b|bans\b|issue|controvers|boycott|指数|价格|期货|禁令|问题|事件|争议|法案)"
)


@dataclass(frozen=True)
class OriginClaim:
    """A material said to come from the region: whose text, where, the exact words, and the sectors of the material (empty: any)."""

    subject: str
    pointer: str
    matched: str
    offset: int
    snippet: str
    sectors: frozenset[str]
    strength: PlaceStrength
    goods: frozenset[str] = frozenset()
    """Pointers of the goods that the text calls by their own name; empty where it names a material."""

    def fits(self, sector: str, pointer: str) -> bool:
        """Whether a good of a sector may be made from it, or is itself what the text names."""
        return pointer in self.goods if self.goods else not self.sectors or sector in self.sectors


def read_origin_claims(
    submission: Submission, reference: Reference, said: tuple[Said, ...] | None = None
) -> tuple[OriginClaim, ...]:
    """The claims of every text about a party; descriptions of goods are read with the goods themselves."""
    parties = {p.ref: p.party for p in submission.parties()}
    names = GoodsNames(submission.walk_goods())
    return tuple(
        claim
        for one in (texts(submission, reference) if said is None else said)
        if not one.of_a_good
        for claim in islice(_claims(one, country_of(parties[one.subject]), names), MOST)
    )


def _claims(said: Said, country: str | None, names: GoodsNames) -> Iterator[OriginClaim]:
    bare, text = said.bare, said.text[:READ]
    short = any(word in bare.text for word in _IN_SHORT)
    for sentence in said.sentences:
        if not sentence.places and not (short and _SHORT.search(sentence.text)):
            continue
        if is_asked(bare.text, sentence.start, sentence.end):
            continue
        for first, last, sectors, strength, goods in _in_sentence(sentence, country, names):
            a, b = bare.original(sentence.start + first, sentence.start + last)
            yield OriginClaim(
                subject=said.subject,
                pointer=said.pointer,
                matched=text[a:b],
                offset=a,
                snippet=text[max(0, a - 60) : b + 60].strip(),
                sectors=sectors,
                strength=strength,
                goods=goods,
            )


Found = tuple[int, int, frozenset[str], frozenset[str]]
Span = tuple[int, int, frozenset[str], PlaceStrength, frozenset[str]]
NONE: frozenset[str] = frozenset()


def _in_sentence(said: Sentence, country: str | None, names: GoodsNames) -> Iterator[Span]:
    """(start, end, sectors, strength) of each place in a sentence that is said to be where a material comes from."""
    sentence = said.text
    for match in _SHORT.finditer(sentence):
        sectors = next((found for pattern, found in MATERIALS if pattern.search(match.group())), frozenset[str]())
        if (weight := _weight(sentence, match.start(), match.end())) is not None:
            yield match.start(), match.end(), sectors, weight, NONE
    for mention in said.places:
        abroad = country not in (None, "CN") and not _sure(mention, country)
        if (
            mention.street
            or mention.place.code in TRANSIT_PLACES
            or abroad
            or in_transit(sentence, mention.start, mention.end)
        ):
            continue
        material = _beside(sentence, mention.start, mention.end, names)
        bought = None if material is not None else _bought(sentence, mention.start)
        if material is None and bought is None:
            continue
        first, last, sectors, goods = material or (bought or 0, mention.end, NONE, NONE)
        weight = _weight(sentence, first, last)
        inner = stand(sentence[max(0, mention.start - WINDOW) : mention.start], sentence[mention.end :][:WINDOW])
        asked = inner.quoted and not answered_yes(sentence, first, mention.end)
        if weight is None or inner.denied or asked:
            continue
        grown = country == "CN" and mention.place.code in GROWING and bool(sectors & GROWN)
        variety = mention.product and mention.place.level != "region"
        certain = material is not None and (mention.strong or grown) and not variety and not inner.reported
        yield first, last, sectors, weight if certain else PlaceStrength.POSSIBLE, goods


def _weight(sentence: str, first: int, last: int) -> PlaceStrength | None:
    """Probable in the company's own words, possible where it reports of others; None for a denial, a policy or a stance."""
    before, after = sentence[:first], sentence[last:]
    if _STANCE.search(before[-30:]) or _TOPIC.match(after):
        return None
    stands = stand(before[-WINDOW:], after[:WINDOW])
    if stands.denied or stands.quoted:
        return None
    general = _IN_GENERAL.search(sentence, max(0, first - 40), last) is not None
    return PlaceStrength.POSSIBLE if stands.reported or general else PlaceStrength.PROBABLE


def _beside(sentence: str, start: int, end: int, names: GoodsNames) -> Found | None:
    """What a place is the origin of: right behind it ("Aksu cotton"), before "from" and the place, or in a form."""
    behind = _FILLERS.match(sentence, end)
    at = behind.end() if behind is not None else end
    for pattern, sectors in MATERIALS:
        if (match := pattern.match(sentence, at)) is not None:
            return start, match.end(), sectors, NONE
    if (match := names.pattern.match(sentence, at)) is not None:
        return start, match.end(), NONE, names.of(match)
    if (form := stated(sentence, start, end)) is not None:
        return form, end, NONE, NONE
    return _from(sentence, start, end, names)


def _from(sentence: str, start: int, end: int, names: GoodsNames) -> Found | None:
    """The material, or the good by its own name, that a text says comes from a place or whose maker it says is there."""
    shift = max(0, start - 80)
    window = sentence[shift:start]
    sources = list(_FROM.finditer(window))
    near = bool(sources) and len(window) - sources[-1].end() <= 30
    near = near or supplied_by(sentence, start, end)
    head = window[: sources[-1].start()] if near and sources else window
    for pattern, sectors in (*MATERIALS, (ANY_MATERIAL, NONE), (names.pattern, None)):
        named = list(pattern.finditer(head))
        if not named:
            continue
        colon = near and bool(sources) and sources[-1].group() in _COLONS and len(head) - named[-1].end() > 12
        if (near and not colon) or mill_before(sentence, shift + named[-1].end(), start):
            goods = names.of(named[-1]) if sectors is None else NONE
            return shift + named[-1].start(), end, sectors or NONE, goods
    return None


def _bought(sentence: str, start: int) -> int | None:
    """Where a sentence begins to say that the company buys from a place, whatever it buys ("we source from Xinjiang")."""
    match = _BUYS.search(sentence[max(0, start - 60) : start])
    return None if match is None else max(0, start - 60) + match.start()


def _sure(mention: Mention, country: str | None) -> bool:
    """Whether a name means the region in the text of a company abroad: its own name anywhere, another where no namesake lies."""
    if re.search(r"xinjiang|xuar|u[iy]gh?ur|[\u3400-\u9fff]|шинджан|синьцзян", mention.text):
        return True
    return mention.strong and country not in NAMESAKES
