"""A row of the Consolidated Screening List as a party of the list it was taken from."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pydantic import ValidationError

from app.core.party import Alias, AliasKind, Designation, Identifier, ListedAddress, Party, PartyKind, Relationship
from app.core.values import Citation
from app.errors import SourceChanged

from .countries import country_of
from .csl_rows import CslRow
from .listed_names import slug
from .ofac_facts import Facts, state
from .ofac_labels import COUNTRIES, is_information, plain_label, scheme_of
from .ofac_party import Entry, OfacList, designations
from .partial_dates import dates_in
from .us_dates import us_day

ID = "us_csl"
URL = "https://www.trade.gov/consolidated-screening-list"
CITATION = Citation(title="U.S. Department of Commerce, Consolidated Screening List", url=URL)
EAR = "https://www.ecfr.gov/current/title-15/subtitle-B/chapter-VII/subchapter-C/"


@dataclass(frozen=True)
class Origin:
    """A list whose rows the Consolidated Screening List carries; ``programme`` empty where each row names its own (OFAC)."""

    list: str
    instrument: str = ""
    programme: str = ""
    extends_to: str = "LISTED_TEXT_ONLY"
    citation: Citation = CITATION


_ENTITY_LIST = Citation(title="15 CFR part 744, supplement no. 4 (Entity List)", url=f"{EAR}part-744")
_MILITARY = Citation(title="15 CFR part 744, supplement no. 7 (Military End-User List)", url=f"{EAR}part-744")
_UNVERIFIED = Citation(title="15 CFR part 744, supplement no. 6 (Unverified List)", url=f"{EAR}part-744")
_DENIED = Citation(title="15 CFR 764.3(a)(2) (Denied Persons List)", url=f"{EAR}part-764")
_ISN = Citation(
    title="U.S. Department of State, Nonproliferation Sanctions",
    url="https://www.state.gov/key-topics-bureau-of-international-security-and-nonproliferation/nonproliferation-sanctions/",
)
_DTC = Citation(
    title="22 CFR 127.7 (statutory and administrative debarment)",
    url="https://www.pmddtc.state.gov/ddtc_public/ddtc_public?id=ddtc_kb_article_page&sys_id=7188dac6db3cd30044f9ff621f961914",
)
_OFAC = Origin("us_ofac_consolidated")
ORIGINS = {
    "SDN": Origin("us_ofac_sdn", extends_to="OFAC50"),
    **dict.fromkeys(
        ("SSI", "FSE", "PLC", "NS-PLC", "CAP", "CAPTA", "MBS", "NS-MBS", "NS-MBS List", "CMIC", "NS-CMIC", "NS-CMIC List", "ISA", "NS-ISA", "561", "13599"),
        _OFAC,
    ),
    "EL": Origin("us_bis_entity_list", "US_BIS_ENTITY_LIST", "EL", "BIS50_DATED", _ENTITY_LIST),
    "MEU": Origin("us_bis_meu", "US_BIS_MEU", "MEU", "BIS50_DATED", _MILITARY),
    "UVL": Origin("us_bis_uvl", "US_BIS_UVL", "UVL", citation=_UNVERIFIED),
    "DPL": Origin("us_bis_dpl", "US_BIS_DPL", "DPL", citation=_DENIED),
    "ISN": Origin("us_isn", "US_ISN", "ISN", citation=_ISN),
    "DTC": Origin("us_dtc", "US_DTC", "DTC", citation=_DTC),
}  # fmt: skip
"""By the abbreviation that stands in parentheses in a row's source."""

KINDS = {
    "": PartyKind.UNKNOWN,
    "Entity": PartyKind.ORGANIZATION,
    "Individual": PartyKind.PERSON,
    "Vessel": PartyKind.VESSEL,
    "Aircraft": PartyKind.AIRCRAFT,
}
_ABBREVIATION = re.compile(r"\(([^()]+)\)")
_SUCCESSORS = re.compile(r"[;,]?\s*(?:and\s+)?(?:its|any)\s+(?:successors?|sub-?units?)\b.*$", re.IGNORECASE)
_ADDRESS = re.compile(r"Address(?:es)?\s+\d+\b", re.IGNORECASE)
_BROKEN = "The list prints a character it could not write as '?'."


@dataclass(frozen=True)
class _Read:
    """A row with what decides whose it is."""

    row: CslRow
    origin: Origin
    key: str
    name: str
    names: tuple[tuple[str, AliasKind], ...]
    extends_to: str
    note: str


def to_parties(rows: Iterable[CslRow]) -> tuple[Party, ...]:
    """One party a name, list and day of listing (OFAC's rows: a number); raises ``SourceChanged`` for a row that cannot be read."""
    found: dict[str, list[_Read]] = {}
    for row in rows:
        read = _read(row)
        found.setdefault(read.key, []).append(read)
    if not found:
        raise SourceChanged("no party in it")
    return tuple(_party(key, group) for key, group in found.items())


def _read(row: CslRow) -> _Read:
    origin = next((o for word in _ABBREVIATION.findall(row["source"]) if (o := ORIGINS.get(word.strip()))), None)
    if origin is None:
        raise SourceChanged(f"{row.where}: unknown source")
    if row["type"] not in KINDS:
        raise SourceChanged(f"{row.where}: unknown type")
    printed = row["name"]
    cut = _SUCCESSORS.sub("", printed).strip(" ,;")
    extends_to = "AND_SUBSIDIARIES" if cut != printed and origin.programme else origin.extends_to
    note = ""
    if _ADDRESS.match(cut):
        place = "; ".join(_one_line(address) for address in row.addresses)
        cut, note = f"{cut}: {place}" if place else cut, "The entry is an address, not a party."
    if not re.search(r"\w", cut):
        raise SourceChanged(f"{row.where}: a row without a name")
    names = [(cut, AliasKind.PRIMARY)] + [(name, AliasKind.STRONG) for name in row.other_names]
    mended = [(_mended(name), AliasKind.STRONG) for name, _ in names if "?" in name]
    if mended:
        note = f"{note} {_BROKEN}".strip()
    number = row["entity_number"]
    if number and not re.fullmatch(r"[0-9]{1,9}", number):
        raise SourceChanged(f"{row.where}: entity_number is not a number")
    if not origin.programme and not number:
        raise SourceChanged(f"{row.where}: a row of OFAC's without its number")
    key = number if not origin.programme else _key(origin, cut, row["start_date"])
    return _Read(row, origin, key, cut, (*names, *mended), extends_to, note)


def _key(origin: Origin, name: str, day: str) -> str:
    """A readable part and a short digest: these lists give no numbers, and the row's own id changes with its content."""
    plain = slug(name)
    digest = hashlib.sha256(f"{origin.list}|{plain}|{day}".encode()).hexdigest()[:10]
    return f"{origin.programme.lower()}-{plain[:60].strip('-')}-{digest}"


def _mended(name: str) -> str:
    """``China?s`` is ``China's``; any other lost character is left out."""
    return " ".join(re.sub(r"\?s\b", "'s", name).replace("?", " ").split())


def _one_line(address: ListedAddress) -> str:
    parts = (address.text, address.city, address.region, address.postal_code, address.country)
    return ", ".join(part for part in parts if part)


def _party(key: str, group: list[_Read]) -> Party:
    first = group[0]
    facts = _facts(group)
    kinds: dict[str, AliasKind] = {}
    for read in group:
        for name, kind in read.names:
            kinds.setdefault(name, AliasKind.STRONG if kinds and kind is AliasKind.PRIMARY else kind)
    addresses = tuple(dict.fromkeys(a for read in group for a in read.row.addresses if a != ListedAddress()))
    nationalities = tuple(dict.fromkeys(c for read in group for n in read.row.countries if (c := country_of(n))))
    placed = (c for a in addresses if (c := country_of(a.country)))
    try:
        return Party(
            id=f"{ID}:{key}",
            source=ID,
            kind=next(
                (k for read in group if (k := KINDS[read.row["type"]]) is not PartyKind.UNKNOWN), PartyKind.UNKNOWN
            ),
            aliases=tuple(Alias(name=name, kind=kind) for name, kind in kinds.items()),
            identifiers=(
                *((Identifier(scheme="ofac", value=key),) if not first.origin.programme else ()),
                *facts.numbers(),
            ),
            birth_dates=tuple(dict.fromkeys(facts.births)),
            birth_places=tuple(dict.fromkeys(place for read in group for place in read.row.places)),
            gender=facts.gender,
            countries=tuple(dict.fromkeys((*placed, *nationalities, *facts.countries))),
            nationalities=nationalities,
            addresses=addresses,
            roles=tuple(dict.fromkeys(title for read in group if (title := read.row["title"]))),
            designations=one_each(d for read in group for d in _designations(read, facts)),
            relationships=tuple(dict.fromkeys(_links(group, facts))),
            remarks="\n".join(
                dict.fromkeys(text for read in group for text in (read.row["remarks"], read.note) if text)
            ),
        )
    except ValidationError as error:
        where = "/".join(map(str, error.errors()[0]["loc"]))
        raise SourceChanged(f"{first.row.where}: {where} cannot be read ({error.errors()[0]['type']})") from error


def _facts(group: list[_Read]) -> Facts:
    made = Facts()
    for read in group:
        row = read.row
        made.births.extend(day for text in row.births for piece in text.split(" to ") for day in dates_in(piece))
        for parts in row.ids:
            _number(made, parts)
        state(made, "Vessel Call Sign", row["call_sign"])
        state(made, "Vessel Flag", row["vessel_flag"])
        for part in re.split(r";\s+", row["remarks"]):
            if linked := re.fullmatch(r"\(?Linked To: (.+?)\)?", part.strip()):
                made.linked.append(linked[1])
    return made


def _number(made: Facts, parts: tuple[str, ...]) -> None:
    """``Label, number, CC`` as printed now, or ``CC, number, Label`` as printed in 2019."""
    if _known(parts[0]):
        label, rest = parts[0], list(parts[1:])
        country = rest.pop() if len(rest) > 1 and country_of(rest[-1]) else ""
    elif _known(parts[-1]):
        label, rest = parts[-1], list(parts[:-1])
        country = rest.pop(0) if len(rest) > 1 and country_of(rest[0]) else ""
    else:
        made.identifiers.append(("other", ", ".join(parts), None))
        return
    state(made, label, ", ".join(rest), country)
    if country and made.identifiers and made.identifiers[-1][2] is None and (code := country_of(country)):
        scheme, value, _ = made.identifiers[-1]
        made.identifiers[-1] = (scheme, value, code)


def _known(label: str) -> bool:
    plain = plain_label(label)
    return plain == "Gender" or plain in COUNTRIES or scheme_of(plain) is not None or is_information(plain)


def _designations(read: _Read, facts: Facts) -> Iterator[Designation]:
    row, origin = read.row, read.origin
    start, last = (us_day(row[column], f"{row.where} {column}") for column in ("start_date", "end_date"))
    if not origin.programme:
        of = OfacList(origin.list, origin.citation, origin.extends_to, origin.list == "us_ofac_sdn")
        programmes = row.programmes or ("NOT-STATED",)
        entry = Entry(read.key, read.name, PartyKind.UNKNOWN, programmes, row.where, facts, listed_on=start)
        yield from designations(entry, of)
        return
    basis = [row["license_requirement"], row["license_policy"]]
    basis += [f"standard order: {row['standard_order']}"] if row["standard_order"] else []
    yield Designation(
        instrument=origin.instrument,
        list=origin.list,
        programme=origin.programme,
        listed_on=start,
        ended_on=day_after(last),
        extends_to=read.extends_to,
        reference="; ".join(part for part in (row["federal_register_notice"], *row.programmes) if part),
        basis=" ".join(part for part in basis if part),
        citation=origin.citation,
    )


def one_each(acts: Iterable[Designation]) -> tuple[Designation, ...]:
    """Designations that differ in their references alone as one with all of them: rows of one order cite its notices in parts."""
    found: dict[Designation, dict[str, None]] = {}
    for act in acts:
        found.setdefault(act.model_copy(update={"reference": ""}), {})[act.reference] = None
    return tuple(
        act.model_copy(update={"reference": "; ".join(r for r in references if r)}) for act, references in found.items()
    )


def day_after(last: date | None) -> date | None:
    """The first day without effect of an order whose last day is printed."""
    return last + timedelta(days=1) if last is not None and last < date.max else None


def _links(group: list[_Read], facts: Facts) -> Iterator[Relationship]:
    for name in facts.linked:
        yield Relationship(kind="linked_to", to=f"name:{name}"[:1000], to_name=name, source=CITATION.title)
    for read in group:
        if owner := read.row["vessel_owner"]:
            yield Relationship(kind="vessel_owner", to=f"name:{owner}"[:1000], to_name=owner, source=CITATION.title)
