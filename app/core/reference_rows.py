"""The rows of a reference edition: places, goods, inputs, signals, orders and instruments, each with its source.

``verification`` says how sure a row is (V, V2, K) and ``source`` says where it comes from, in words; both travel into
evidence and explanations.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import Field

from .party import Relationship, Verification
from .values import Citation, Value


class Row(Value):
    """One fact of the reference edition with where it comes from and how sure it is."""

    source: str
    verification: Verification
    citation: Citation


class Place(Row):
    """A division, zone or XPCC unit in Xinjiang. ``level`` historical is for code look-up only; ``parent`` then is the successor."""

    code: str
    level: str
    parent: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    postal_prefixes: tuple[str, ...] = ()
    phone_codes: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None


class Division(Row):
    """An XPCC division: its number, city and seat."""

    code: str
    name_zh: str
    name_en: str
    city_code: str = ""
    city_zh: str = ""
    seat: str = ""
    area: str = ""
    listed_companies: str = ""


class FalseFriend(Row):
    """A name that looks like Xinjiang and is not (or the reverse), with the rule that tells them apart."""

    term: str
    kind: str
    real_meaning: str
    real_place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    looks_like: str = ""
    rule: str = ""


class ReferenceGood(Row):
    """A tariff heading with its sector, stage, UFLPA priority date and Xinjiang share (percent of ``share_scope``).

    ``names`` are what descriptions call the good, English and Chinese, where no code is given.
    """

    hs_code: str
    sector: str
    product: str
    names: tuple[str, ...] = ()
    stage: str
    upstream_of: tuple[str, ...] = ()
    priority_since: date | None = None
    share_percent: float | None = None
    share_scope: str = ""
    share_year: int | None = None
    note: str = ""


class InputStep(Row):
    """``output_hs`` is made from ``input_hs``: one step of a bill of materials."""

    output_hs: str
    input_hs: str
    note: str = ""


class SignalPattern(Value):
    """A regular expression over folded text (lower case, half width, simplified); ``needs`` are words of which it holds at least one."""

    match: str
    needs: Annotated[tuple[str, ...], Field(min_length=1)]


class Signal(Row):
    """Words that point at a programme or practice, in English, Chinese and Uyghur; ``weight`` is high, med or low.

    ``patterns`` find what is said in many ways.
    """

    id: str
    family: str
    title: str
    english: tuple[str, ...] = ()
    chinese: tuple[str, ...] = ()
    uyghur: tuple[str, ...] = ()
    patterns: tuple[SignalPattern, ...] = ()
    meaning: str = ""
    weight: str


class ImportOrder(Row):
    """A withhold release order or finding under Tariff Act s.307: whose goods or which region, which goods, since when.

    ``covers`` are the tariff codes and ``words`` the terms that ``merchandise`` is read as (both empty: whatever is made);
    ``made_in`` limits it to a country.
    """

    id: str
    effective_on: date | None = None
    action: str
    target: str
    party_ids: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    place: str = ""
    xinjiang_link: str
    merchandise: str = ""
    scope: str = ""
    covers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    made_in: str = ""
    status: str
    superseded_by: str = ""
    notes: str = ""


class Instrument(Row):
    """A legal instrument: whom it binds, what it does, since when, and which ownership rule it has."""

    id: str
    jurisdiction: str
    name: str
    legal_citation: str
    in_force_from: date | None = None
    in_force_to: date | None = None
    status: str
    status_checked_to: str = ""
    status_note: str = ""
    binds: str = ""
    measures: tuple[str, ...] = ()
    consequence: str = ""
    ownership_rule: str = ""
    ownership_text: str = ""
    penalties: str = ""
    exceptions: str = ""
    relief: str = ""
    renewal_due: date | None = None
    feed: str = ""


FOLLOWED = "depends_on_percent"
"""The ``legal_propagation`` of an edge that law may follow, where its share is large enough."""


class Edge(Row):
    """A relationship between two bodies or people of the reference, with whether law follows it."""

    id: str
    subject: str
    subject_name: str
    relationship: Relationship
    legal_propagation: str = ""
    notes: str = ""


class DetentionSite(Row):
    """An internment facility or prison of the operator's own dataset (none is shipped); degrees, WGS 84."""

    name: str
    kind: str = ""
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


class Areas(Row):
    """The divisions of China outside the region: code (GB/T 2260) to the Chinese name and, from prefectures up, the English."""

    names: Mapping[str, tuple[str, str]]


class Outline(Row):
    """The outline of the region: (longitude, latitude) pairs of a closed ring, good to about 15 km."""

    ring: tuple[tuple[float, float], ...]


KINDS: Mapping[str, type[Row]] = {
    "place": Place,
    "division": Division,
    "false_friend": FalseFriend,
    "good": ReferenceGood,
    "input": InputStep,
    "signal": Signal,
    "import_order": ImportOrder,
    "instrument": Instrument,
    "edge": Edge,
    "outline": Outline,
    "areas": Areas,
    "detention_site": DetentionSite,
}
"""The kinds of reference row, by the name each has in SQL and in the reference files."""
