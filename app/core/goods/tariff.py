"""Tariff codes in any spelling, the reference rows they fall under, and what a good is made from.

Source: the Harmonized System (HS 2022; HTS and CN add digits after the sixth). A sector from a code is a heuristic: there is no
official tariff list of UFLPA sectors (law.md 6.5).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.core.reference_rows import InputStep, ReferenceGood

from .words import GoodWords

SAME_GOOD = {
    "854140": ("854142", "854143"),
    "854190": ("854190", "381800"),
    "030613": ("030617",),
    "030749": ("030743",),
    "030429": ("030489",),
    "030379": ("030389",),
    "160520": ("160521",),
    "340220": ("340250",),
    "382200": ("382219",),
    "401519": ("401512",),
    "401511": ("401512",),
    "852580": ("852589",),
    "902780": ("902789",),
    "940600": ("940620",),
    "940690": ("940620",),
}
"""Codes of earlier versions and the codes of HS 2022 that took over (solar: V, CBP rulings; the others: K, UN correlation tables)."""

DIODES = re.compile(r"\bleds?\b|light.emitting|发光二极管", re.IGNORECASE)
"""Goods that shared 8541.40 with solar cells until 2022."""

FIBRE_HEADINGS = frozenset({"6006", "6307", "6116", "210390", "6210"})
"""Headings that are the sector's good only when the description names the material (notes of the reference rows)."""

MATERIAL = re.compile(r"cotton|denim|tomato|棉|番茄", re.IGNORECASE)
NO_MATERIAL = re.compile(
    r"\b(?:no|non|not|without|zero|0 ?%|free (?:of|from)|instead of)[\s-]+(?:any |added )?(?:cotton|tomato(?:es)?|pvc)\b"
    r"|\b(?:cotton|tomato|pvc)[\s-]free\b|(?:不含|无|非)(?:任何)?(?:棉|番茄|聚氯乙烯|pvc)",
    re.IGNORECASE,
)
"""A material that a description says the good is not made of."""

OTHER_FIBRE = re.compile(
    r"polyester|nylon|polyamide|synthetic|man-?made fib|chemical fib|elastane fabric|cashmere|mohair|alpaca|hemp|ramie|flax|wool|silk|(?<!bed )(?<!table )(?<!kitchen )(?<!toilet )(?<!household )linen|acrylic|涤纶|聚酯|化纤|合成纤维|腈纶|锦纶|尼龙|丙纶|羊绒|苎麻|羊毛|真丝|亚麻",
    re.IGNORECASE,
)
NAMED_ONLY: dict[str, re.Pattern[str]] = {
    "120991": re.compile(r"tomato|vegetable seeds|番茄", re.IGNORECASE),
    "284190": re.compile(r"lithium|cathode|\b(nmc|ncm|nca|lco)\b|锂|正极", re.IGNORECASE),
    "253090": re.compile(r"lithium|spodumene|lepidolite|锂", re.IGNORECASE),
    "392620": re.compile(r"vinyl|\bpvc\b|聚氯乙烯", re.IGNORECASE),
}
"""Codes that cover more than the named good (risk.md 6): the row counts only where the description names it."""

JUJUBE = re.compile(r"jujube|\bdates?\b|枣", re.IGNORECASE)
OTHER_FRUIT = re.compile(
    r"berr(y|ies)|mango|lychee|litchi|longan|peach|pear|apple|apricot|plum|prune|fig|cherr|banana|papaya|persimmon|peanut|cashew"
    r"|almond|walnut|ginger|kiwi|durian|jackfruit|pomegranate|荔枝|龙眼|芒果|桃|梨|苹果|杏|柿|花生",
    re.IGNORECASE,
)
"""Fruits that share a code with jujubes: naming one, and no jujube, makes it another good; a vague "dried fruit" stays."""

AUXILIARY = frozenset({"5204", "5207", "854511", "281122"})
"""Inputs a good has beside its material (sewing thread, anodes, silica filler): naming them traces nothing."""

COTTON_CODES = frozenset(
    re.findall(
        "[0-9]{6}",
        """610120 610220 610322 610332 610342 610422 610432 610442 610452 610462 610510 610610 610711 610721 610791 610821 610831 610891
    610910 611020 611120 611211 611420 611595 611692 620322 620332 620342 620412 620422 620432 620442 620452 620462 620520 620630 620711
    620721 620791 620821 620891 620920 621132 621142 630221 630231 630251 630260 630291""",
    )
)
"""Subheadings whose legal text says "of cotton" (HS 2022): the code states the chief fibre, whatever else a description names."""

FIBRE_SECTORS = frozenset({"cotton", "apparel", "textiles"})

MATERIALS: dict[str, frozenset[str]] = {
    "apparel": frozenset({"cotton", "viscose", "textiles"}),
    "textiles": frozenset({"cotton", "textiles"}),
    "batteries": frozenset({"lithium"}),
    "auto parts": frozenset({"aluminium", "steel"}),
}
"""Sectors a good's own material comes from, where it is not its own sector."""

HINTS = ("use as hint only", "classification varies")

COTTON_CHAPTERS = {"52": "5208", "61": "6109", "62": "6205", "63": "6302"}
"""Chapters of cotton goods and the row that stands for them where the description names cotton and the code has no row."""

RAW_SECTORS = frozenset(
    {
        "cotton",
        "silica",
        "pvc",
        "tomato",
        "jujube",
        "aluminium",
        "steel",
        "copper",
        "lithium",
        "caustic soda",
        "viscose",
    }
)
"""Sectors along which a good is walked back to its raw material."""

CHAPTERS = {
    "52": "cotton",
    "61": "apparel",
    "62": "apparel",
    "63": "textiles",
    "03": "seafood",
    "16": "seafood",
    "72": "steel",
    "73": "steel",
    "74": "copper",
    "76": "aluminium",
}
"""Chapters whose goods mostly belong to a sector: a note, never a finding (risk.md 6)."""


@dataclass(frozen=True)
class Code:
    """A tariff code read: digits only, or why it cannot be one."""

    digits: str
    problem: str = ""


_LABEL = re.compile(
    r"^\s*(?:htsus|hts|hs|cn|taric|tariff|customs|commodity|code|no|编码|编号|税则|税号|海关|商品|[\s.:#：])+",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[/,;、，；|]|\bor\b|\band\b")


def read_code(text: str | None) -> Code | None:
    """Digits of a code in any spelling (the first where several are given); None when none is given."""
    if text is None or not text.strip():
        return None
    plain = _LABEL.sub("", unicodedata.normalize("NFKC", text))
    digits = re.sub(r"[\s.\-]", "", _NEXT.split(plain, maxsplit=1)[0])
    if not re.fullmatch(r"[0-9]+", digits, re.ASCII):
        return Code("", "a tariff code holds digits only")
    if not 4 <= len(digits) <= 12:
        return Code("", "a tariff code has 4 to 12 digits")
    chapter = int(digits[:2])
    if chapter in (0, 77) or chapter > 97:
        return Code("", f"chapter {digits[:2]} is no chapter of goods in the Harmonized System")
    return Code(digits)


def is_other_fibre(description: str) -> bool:
    """Whether a description names a fibre that is not cotton, and no cotton beside it."""
    stated = NO_MATERIAL.sub(" ", description)
    other = OTHER_FIBRE.search(description) is not None or stated != description
    return other and "cotton" not in stated.lower() and "棉" not in stated


class Tariff:
    """The reference's goods by code, and the steps from a good back to its inputs."""

    def __init__(self, goods: Iterable[ReferenceGood], inputs: Iterable[InputStep]) -> None:
        self.rows = {g.hs_code: g for g in goods}
        self.words = GoodWords(self.rows.values())
        self.walks: dict[str, tuple[ReferenceGood, ...]] = {}
        self.steps: dict[str, list[str]] = defaultdict(list)
        for step in inputs:
            self.steps[step.output_hs].append(step.input_hs)

    def row(self, code: str, description: str) -> ReferenceGood | None:
        """The row of a code: its six digits, their successor in HS 2022, then its four; broad headings need the material named."""
        candidates = (code[:6], *SAME_GOOD.get(code[:6], ()), code[:4])
        if code[:6] == "854140" and DIODES.search(description):
            candidates = (code[:4],)
        found = next((self.rows[c] for c in candidates if c in self.rows), None)
        if found is None and len(code) < 6:
            found = self._in_heading(code, description)
        if found is None:
            return None
        if any(hint in f"{found.note} {found.source}" for hint in HINTS):
            return None
        if found.hs_code in FIBRE_HEADINGS and not MATERIAL.search(NO_MATERIAL.sub(" ", description)):
            return None
        if found.hs_code in NAMED_ONLY and not NAMED_ONLY[found.hs_code].search(description):
            return None
        if found.sector == "jujube" and OTHER_FRUIT.search(description) and not JUJUBE.search(description):
            return None
        return found

    def _in_heading(self, code: str, description: str) -> ReferenceGood | None:
        """A heading of four or five digits: the row below it that the description names, else the one that is alone there."""
        below = [row for hs, row in self.rows.items() if hs.startswith(code)]
        named = self.by_words(description)
        if named in below:
            return named
        return below[0] if len({row.sector for row in below}) == 1 else None

    def by_words(self, description: str) -> ReferenceGood | None:
        """The row that a description names where no code is given: inferred, not stated."""
        return self.words.find(NO_MATERIAL.sub(" ", description))

    def fallback(self, code: Code | None, description: str) -> ReferenceGood | None:
        """The row the description names, where the code is absent, unreadable, or of a cotton or garment chapter without a row."""
        found = self.by_words(description)
        if code is None or not code.digits:
            return found
        chapter = code.digits[:2]
        if found is not None and CHAPTERS.get(chapter) in FIBRE_SECTORS and found.sector in FIBRE_SECTORS:
            return found
        if chapter in COTTON_CHAPTERS and MATERIAL.search(NO_MATERIAL.sub(" ", description)):
            return self.rows.get(COTTON_CHAPTERS[chapter])
        return None

    def chapter(self, code: Code | None) -> str:
        """The sector that most goods of a code's chapter belong to, or an empty string: a note, never a ground."""
        return CHAPTERS.get(code.digits[:2], "") if code is not None and code.digits else ""

    def priority_since(self, sector: str) -> date | None:
        """The day from which the sector is a high-priority one; None where it is none."""
        return min(
            (r.priority_since for r in self.rows.values() if r.sector == sector and r.priority_since), default=None
        )

    def walk(self, row: ReferenceGood) -> tuple[ReferenceGood, ...]:
        """The usual material one step after another back to the raw one, the longest such path, without the good itself.

        A garment is walked along cotton where it may be made of it.
        """
        known = self.walks.get(row.hs_code)
        if known is None:
            known = self.walks[row.hs_code] = self._walk(row)
        return known

    def _walk(self, row: ReferenceGood) -> tuple[ReferenceGood, ...]:
        firsts = [self.rows[n] for n in self.main_needs(row) if n in self.rows and self.rows[n].sector in RAW_SECTORS]
        paths = [self._longest((first,), row) for first in firsts]
        return max(paths, key=lambda path: (path[0].sector == "cotton", len(path)), default=())

    def _longest(self, path: tuple[ReferenceGood, ...], origin: ReferenceGood) -> tuple[ReferenceGood, ...]:
        found = [path]
        for need in self.main_needs(path[-1]) if len(path) < 10 else ():
            step = self.rows.get(need)
            if step is not None and step not in path and step is not origin and step.sector == path[0].sector:
                found.append(self._longest((*path, step), origin))
        return max(found, key=len)

    def needs(self, row: ReferenceGood) -> tuple[str, ...]:
        """Codes of the inputs one step back that the good is made from, own line or its heading."""
        own = self.steps.get(row.hs_code, []) or self.steps.get(row.hs_code[:4], [])
        return tuple(dict.fromkeys(own))

    def main_needs(self, row: ReferenceGood) -> tuple[str, ...]:
        """The needs that are the good's own material; all of them where the reference knows none such."""
        needs = self.needs(row)
        wanted = MATERIALS.get(row.sector, frozenset({row.sector}))
        own = tuple(n for n in needs if n not in AUXILIARY and n in self.rows and self.rows[n].sector in wanted)
        return own or needs

    def is_material_of(self, row: ReferenceGood, given: ReferenceGood) -> bool:
        """Whether an input that the steps do not name is still of the good's own material."""
        wanted = MATERIALS.get(row.sector, frozenset({row.sector}))
        return given.sector in wanted and given.hs_code not in AUXILIARY

    def matches(self, wanted: str, code: str) -> bool:
        """Whether a submitted code is the wanted input: equal as far as both go, or its earlier version."""
        codes = (code[:6], *SAME_GOOD.get(code[:6], ()))
        return any(c.startswith(wanted) or (wanted.startswith(c[:4]) and len(wanted) == 4) for c in codes)
