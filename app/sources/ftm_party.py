"""A FollowTheMoney entity, with what others say of it, as a party."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from app.core.party import (
    AliasKind,
    Designation,
    Identifier,
    ListedAddress,
    Party,
    PartyKind,
    Relationship,
    Verification,
)
from app.core.values import Citation

from .assemble import codes, names, party, tidy
from .ftm_join import Entity, Said, first
from .partial_dates import dates_in

ID = "ftm"
CITATION = Citation(
    title="FollowTheMoney data set handed over by the licence holder", url="https://followthemoney.tech/explorer/"
)
KINDS = {
    "Person": PartyKind.PERSON,
    "Company": PartyKind.ORGANIZATION,
    "Organization": PartyKind.ORGANIZATION,
    "LegalEntity": PartyKind.UNKNOWN,
    "PublicBody": PartyKind.GOVERNMENT_BODY,
    "Vessel": PartyKind.VESSEL,
    "Airplane": PartyKind.AIRCRAFT,
}
LISTING = re.compile(
    r"sanction(?!\.linked)|asset\.frozen|debarment|export\.(?:control|risk)|crime|wanted|reg\.(?:action|warn)|invest\.(?:ban|risk)"
)
"""Topics that say somebody listed the party."""

NAMES = {
    "name": AliasKind.STRONG,
    "alias": AliasKind.STRONG,
    "weakAlias": AliasKind.WEAK,
    "previousName": AliasKind.FORMER,
}
SCHEMES = {
    "registrationNumber": "registration",
    "taxNumber": "tax",
    "innCode": "inn",
    "ogrnCode": "ogrn",
    "uscCode": "uscc",
    "leiCode": "lei",
    "idNumber": "national_id",
    "passportNumber": "passport",
    "imoNumber": "imo",
    "mmsi": "mmsi",
    "callSign": "call_sign",
    "swiftBic": "swift",
    "dunsCode": "duns",
    "permId": "permid",
    "unscId": "un_reference",
    "wikidataId": "wikidata",
    "website": "website",
    "email": "email",
    "phone": "phone",
}
_USCC = re.compile(r"[0-9A-HJ-NP-RTUW-Y]{2}[0-9]{6}[0-9A-HJ-NP-RTUW-Y]{10}")


def read_entity(one: Entity, said: Said) -> Party:
    """The party; roles are what lists nobody, designations what does."""
    properties = one["properties"]
    where = f"entity {one['id'][:80]}"
    schema = str(one.get("schema"))
    kind = KINDS.get(schema, PartyKind.UNKNOWN)
    datasets = [str(d) for d in one.get("datasets") or [] if isinstance(d, str)]
    caption = one.get("caption") if isinstance(one.get("caption"), str) else ""
    found = [(n, k) for key, k in NAMES.items() for n in properties.get(key, [])]
    primary = (
        caption
        if caption and (caption in properties.get("name", []) or not properties.get("name"))
        else first(properties, "name")
    )
    addresses = [ListedAddress(text=tidy(a)) for a in properties.get("address", [])]
    addresses += [ListedAddress(text=tidy(caption)) for kind_, _, _, caption in said if kind_ == "address" and caption]
    nationalities = codes(c.upper() for key in ("nationality", "citizenship") for c in properties.get(key, []))
    stated = codes(
        c.upper() for key in ("country", "jurisdiction", "mainCountry", "flag") for c in properties.get(key, [])
    )
    roles = [tidy(v) for key in ("position", "title") for v in properties.get(key, [])]
    roles += [tidy(caption) for kind_, _, _, caption in said if kind_ == "holds" and caption]
    topics = properties.get("topics", [])
    return party(
        where,
        id=f"{ID}:{one['id']}",
        source=ID,
        kind=kind,
        aliases=names([(primary or one["id"], AliasKind.PRIMARY), *found]),
        identifiers=tuple(dict.fromkeys(_identifiers(properties, said))),
        birth_dates=tuple(dict.fromkeys(d for v in properties.get("birthDate", []) for d in dates_in(v)))
        if kind is PartyKind.PERSON
        else (),
        birth_places=tuple(dict.fromkeys(tidy(v) for v in properties.get("birthPlace", []) if tidy(v))),
        gender=next((g for g in properties.get("gender", []) if g in ("male", "female")), ""),
        countries=codes([*stated, *nationalities]),
        nationalities=nationalities,
        addresses=tuple(dict.fromkeys(a for a in addresses if a.text)),
        roles=tuple(dict.fromkeys(r for r in (*roles, *(f"topic: {t}" for t in topics if not LISTING.match(t))) if r)),
        designations=designations_of(
            one["id"], datasets, topics, [p for k, p, _, _ in said if k == "Sanction"], first(properties, "sourceUrl")
        ),
        relationships=tuple(dict.fromkeys(_edges(said, datasets))),
        remarks="\n".join(dict.fromkeys(v for key in ("notes", "summary") for v in properties.get(key, [])))[:200_000],
    )


def _identifiers(properties: Entity, said: Said) -> Iterator[Identifier]:
    countries = properties.get("jurisdiction") or properties.get("country") or []
    country = next(iter(codes(c.upper() for c in countries)), None) if len(countries) == 1 else None
    for key, scheme in SCHEMES.items():
        for value in properties.get(key, []):
            if plain := tidy(value)[:1000]:
                own = "uscc" if scheme == "registration" and _USCC.fullmatch(plain) else scheme
                yield Identifier(
                    scheme=own,
                    value=plain,
                    country=country if own in ("registration", "tax", "national_id", "uscc") else None,
                )
    for kind, held, _, _ in said:
        if kind in ("Passport", "Identification") and (number := tidy(first(held, "number"))[:1000]):
            issuer = next(iter(codes(c.upper() for c in held.get("country", []))), None)
            passport = kind == "Passport" or "passport" in first(held, "type").lower()
            yield Identifier(scheme="passport" if passport else "national_id", value=number, country=issuer)


def _edges(said: Said, datasets: list[str]) -> Iterator[Relationship]:
    for kind, properties, end, caption in said:
        if kind in ("Sanction", "Passport", "Identification", "address", "holds"):
            continue
        share = re.fullmatch(r"([0-9]{1,3}(?:[.,][0-9]+)?)\s*%?", first(properties, "percentage").strip())
        percent = float(share[1].replace(",", ".")) if share else None
        yield Relationship(
            kind=kind,
            to=f"{ID}:{end}"[:1000],
            to_name=tidy(caption)[:1000],
            role=tidy(first(properties, "role") or first(properties, "relationship"))[:500],
            percent=percent if percent is not None and percent <= 100 else None,
            valid_from=next(iter(dates_in(first(properties, "startDate"))), ""),
            valid_to=next(iter(dates_in(first(properties, "endDate"))), ""),
            source=", ".join(datasets)[:500],
        )


def designations_of(
    key: str, datasets: list[str], topics: list[str], sanctions: list[Entity], url: str
) -> tuple[Designation, ...]:
    """One per programme of the sanctions; where the data set gives only a topic, one per topic that is a listing."""
    made: dict[tuple[str, date | None], Designation] = {}
    for said in sanctions:
        programme = (
            first(said, "programId")
            or tidy(first(said, "program"))
            or tidy(first(said, "authority"))
            or ", ".join(datasets)
            or "sanction"
        )
        listed = _day(said, ("startDate", "listingDate"))
        link = first(said, "sourceUrl") or first(said, "programUrl")
        made.setdefault(
            (programme, listed),
            designation(
                programme,
                listed_on=listed,
                ended_on=_day(said, ("endDate",)),
                basis=tidy(first(said, "reason"))[:2_000],
                reference=", ".join(
                    filter(None, (first(said, "authorityId"), tidy(first(said, "authority"))[:200], *datasets))
                )[:1_000],
                citation=_cite(link, tidy(first(said, "authority"))[:200]),
            ),
        )
    if not made:
        for topic in (t for t in topics if LISTING.match(t)):
            made[(topic, None)] = designation(
                topic, reference=", ".join([key, *datasets])[:1_000], citation=_cite(url, "")
            )
    return tuple(made.values())


def designation(programme: str, **fields: Any) -> Designation:
    """A listing that a compilation reports."""
    return Designation(instrument="FTM", list=ID, programme=programme[:200], verification=Verification.V2, **fields)


def _cite(url: str, title: str) -> Citation:
    return (
        Citation(title=title or CITATION.title, url=url)
        if re.match(r"https?://\S+$", url) and len(url) < 2_000
        else CITATION
    )


def _day(properties: Entity, keys: tuple[str, ...]) -> date | None:
    """A whole day; a date known to the year or month only is the first day of it."""
    for key in keys:
        for text in properties.get(key, []):
            for found in dates_in(text):
                return date.fromisoformat((found + "-01-01")[:10])
    return None
