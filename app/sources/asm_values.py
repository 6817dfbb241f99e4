"""The value sets of an Advanced Sanctions Data Model document: what its numbers mean, in its own words."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.core.party import PartyKind
from app.errors import SourceChanged

from .xml_stream import Node

KINDS = {
    ("Individual", "Unknown"): PartyKind.PERSON,
    ("Entity", "Unknown"): PartyKind.ORGANIZATION,
    ("Other Entity", "Unknown"): PartyKind.ORGANIZATION,
    ("Transport", "Vessel"): PartyKind.VESSEL,
    ("Transport", "Aircraft"): PartyKind.AIRCRAFT,
}


@dataclass
class ValueSets:
    """Values by the name of their element (``AliasType``) and their ID."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    attributes: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def read(self, node: Node) -> None:
        """Take every set out of ``ReferenceValueSets``; sets describe themselves, so a new one is no change of the format."""
        for holder in list(node.children):
            for child in holder.children:
                number = child.attr("ID")
                if not number:
                    raise SourceChanged(f"line {child.line}: a value of {holder.tag} without an ID")
                self.texts[(child.tag, number)] = child.own_text()
                self.attributes[(child.tag, number)] = dict(child.attributes)
            node.drop(holder.tag)

    def text(self, kind: str, number: str) -> str:
        """The text of a value; empty where no number is given. Raises ``SourceChanged`` for a number that no set explains."""
        if not number:
            return ""
        try:
            return self.texts[(kind, number)]
        except KeyError:
            raise SourceChanged(f"the document does not say what {kind} {number[:20]} is") from None

    def attribute(self, kind: str, number: str, name: str) -> str:
        """An attribute of a value (the description of an area code, the code of a script)."""
        self.text(kind, number)
        return self.attributes.get((kind, number), {}).get(name, "")

    def party_kind(self, number: str) -> PartyKind:
        """What kind of party a sub-type is."""
        sub = self.text("PartySubType", number)
        kind = self.text("PartyType", self.attribute("PartySubType", number, "PartyTypeID"))
        try:
            return KINDS[(kind, sub)]
        except KeyError:
            raise SourceChanged(f"unknown kind of party: {kind[:40]} / {sub[:40]}") from None
