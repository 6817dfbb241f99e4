"""A party of OFAC's advanced XML: its names in every script, what its features say, and what refers to it."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.party import AliasKind, ListedAddress, PartyKind
from app.errors import SourceChanged

from .asm_dates import period_of
from .asm_tables import Tables
from .asm_values import ValueSets
from .ofac_facts import Facts, state
from .ofac_party import Entry
from .xml_stream import Node

NOT_STATED = "NOT-STATED"
"""The programme of a party whose entry is not in the document."""

NATIVE_SPACE = frozenset({"Hans", "Hant", "Japanese", "Korean"})
"""Scripts that write a name's parts without a space between them."""


def read_profile(number: str, node: Node, tables: Tables, where: str) -> Entry:
    node.drop("Comment")
    profile = node.one("Profile")
    if profile is None:
        raise SourceChanged(f"line {node.line}: party {number} without a profile")
    node.close()
    profile.attr("ID")
    profile.drop("Comment", "SanctionsEntryReference", "ExternalReference")
    kind = tables.values.party_kind(profile.attr("PartySubTypeID"))
    facts = Facts()
    names: list[tuple[str, AliasKind]] = []
    for identity in profile.all("Identity"):
        for document in tables.documents.get(identity.attr("ID"), []):
            if not state(facts, *document):
                facts.identifiers.append(("other", f"{document[0]} {document[1]}", None))
        names += _names(identity, tables.values, kind)
    names = list(dict.fromkeys(names))
    primary = next((name for name, alias in names if alias is AliasKind.PRIMARY), "")
    if not primary:
        raise SourceChanged(f"party {number} without a primary name")
    addresses, titles, owner = [], [], ""
    for feature in profile.all("Feature"):
        name = tables.values.text("FeatureType", feature.attr("FeatureTypeID"))
        for text, address in _feature(feature, name, tables, facts):
            if name == "Location" and address is not None:
                addresses.append(address)
            elif name == "Title":
                titles.append(text)
            elif name == "Vessel Owner":
                owner = text
    profile.close()
    return Entry(
        number=number,
        name=primary,
        kind=kind,
        programmes=tuple(tables.programmes.get(number) or (NOT_STATED,)),
        where=where,
        facts=facts,
        aliases=tuple(n for n in names if n[1] is not AliasKind.PRIMARY),
        addresses=tuple(a for a in addresses if a != ListedAddress()),
        owner=owner,
        title="; ".join(titles),
        listed_on=tables.listed_on.get(number),
        links=tuple(tables.links.get(number, ())),
    )


def _names(identity: Node, values: ValueSets, kind: PartyKind) -> Iterator[tuple[str, AliasKind]]:
    for name in ("FixedRef", "Primary", "False"):
        identity.attr(name)
    groups: dict[str, str] = {}
    for holder in identity.all("NamePartGroups"):
        for master in holder.all("MasterNamePartGroup"):
            for group in master.all("NamePartGroup"):
                groups[group.attr("ID")] = values.text("NamePartType", group.attr("NamePartTypeID"))
                group.close()
            master.close()
        holder.close()
    for alias in identity.all("Alias"):
        alias.attr("FixedRef")
        primary, weak = alias.attr("Primary") == "true", alias.attr("LowQuality") == "true"
        former = values.text("AliasType", alias.attr("AliasTypeID")) == "F.K.A."
        own = AliasKind.FORMER if former else AliasKind.WEAK if weak else AliasKind.STRONG
        for documented in alias.all("DocumentedName"):
            documented.attr("FixedRef")
            documented.attr("ID")
            latin = values.text("DocNameStatus", documented.attr("DocNameStatusID")) == "Primary Latin"
            name = _name(documented, groups, values, kind)
            yield name, AliasKind.PRIMARY if primary and latin else own
        alias.close()
    identity.close()


def _name(documented: Node, groups: dict[str, str], values: ValueSets, kind: PartyKind) -> str:
    """A person's Latin name as the CSV prints it (``SURNAME, Given``); every other name in the order of its parts."""
    parts: list[tuple[str, str]] = []
    script = ""
    for holder in documented.all("DocumentedNamePart"):
        for part in holder.all("NamePartValue"):
            group = part.attr("NamePartGroupID")
            script = values.attribute("Script", part.attr("ScriptID"), "ScriptCode")
            part.attr("ScriptStatusID")
            part.attr("Acronym")
            if group not in groups:
                raise SourceChanged(f"line {part.line}: a part of a name that is not described")
            parts.append((groups[group], part.plain()))
        holder.close()
    documented.drop("DocumentedNameCountry", "DocumentedNamePartRefs")
    documented.close()
    if kind is not PartyKind.PERSON or script != "Latin":
        return ("" if script in NATIVE_SPACE else " ").join(text for _, text in parts)
    last = " ".join(text.upper() for part, text in parts if part == "Last Name")
    rest = " ".join(text for part, text in parts if part != "Last Name")
    return f"{last}, {rest}" if last and rest else last or rest


def _feature(feature: Node, name: str, tables: Tables, facts: Facts) -> Iterator[tuple[str, ListedAddress | None]]:
    """Take a feature's versions; what is a statement about the party goes into ``facts``, the rest is yielded."""
    feature.attr("ID")
    feature.drop("Comment", "IdentityReference")
    for version in feature.all("FeatureVersion"):
        version.attr("ID")
        version.attr("ReliabilityID")
        version.drop("Comment", "IdentityReference")
        texts, address = [], None
        days = [day for period in version.all("DatePeriod") for day in period_of(period)]
        for detail in version.all("VersionDetail"):
            detail.attr("DetailTypeID")
            known = tables.values.text("DetailReference", detail.attr("DetailReferenceID"))
            texts += [text for text in (detail.own_text(), known) if text]
            detail.close()
        for place in version.all("VersionLocation"):
            address = tables.locations.get(place.attr("LocationID"))
            place.close()
        version.close()
        text = " ".join(texts)
        if name == "Birthdate":
            facts.births.extend(day for day in days if day not in facts.births)
        elif name == "Place of Birth":
            facts.places.extend(t for t in [text or _printed(address)] if t)
        elif name in ("Nationality Country", "Citizenship Country"):
            facts.nationalities.extend(t for t in [text or (address.country if address else "")] if t)
        elif name not in ("Location", "Title", "Vessel Owner"):
            state(facts, name, text or (days[0] if days else "") or (address.country if address else ""))
        yield text, address
    feature.close()


def _printed(address: ListedAddress | None) -> str:
    if address is None:
        return ""
    return ", ".join(part for part in (address.text, address.city, address.region, address.country) if part)
