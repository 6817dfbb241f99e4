"""The grammar of an entry of the UFLPA Entity List: a name, its aliases and former names, and the class of subsidiaries it reaches.

``X (also known as A; and B, and formerly known as C)`` · ``X (and one alias: A)`` · ``X (including two aliases: A and B) and subsidiaries`` ·
``X and its subordinate and affiliated entities`` · ``X and its eight Zhuhai-based subsidiaries, which include A, B, and C`` ·
``X and its subsidiary B``. A parenthesis that says none of this belongs to the name: ``Hoshine Silicon Industry (Shanshan) Co., Ltd``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.errors import SourceChanged

from .listed_names import clean, groups, number, protect, restore, split_names

TEXT_ONLY, NAMED, SUBSIDIARIES, WIDEST = (
    "LISTED_TEXT_ONLY",
    "NAMED_SUBSIDIARIES",
    "AND_SUBSIDIARIES",
    "SUBORDINATE_AND_AFFILIATED",
)
WIDTH = (TEXT_ONLY, NAMED, SUBSIDIARIES, WIDEST)
"""The classes from the narrowest to the widest."""

_ALIASES = re.compile(
    r"(?:and|including|with)?\s*(?:(?P<count>[a-z-]+|\d+)\s+)?alias(?:es)?\s*:?\s+|"
    r"(?P<former>(?:and\s+)?(?:formerly|previously)\s+(?:known\s+)?as|f/?k/?a\.?|f\.k\.a\.)\s*:?\s+|"
    r"(?P<also>(?:and\s+)?(?:also|now)\s+known\s+as|a/?k/?a\.?|a\.k\.a\.)\s*:?\s+",
    re.IGNORECASE,
)
_TURN = re.compile(
    r"[;,]?\s*(?:\band\s+)?\b(?:(?P<former>(?:formerly|previously)\s+known\s+as)|(?P<also>(?:also|now)\s+known\s+as))\s*:?\s+",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r",?\s+and\s+(?:"
    r"(?P<widest>(?:its|their)\s+(?:subordinate\s+(?:and\s+affiliated\s+)?entities|subordinates|subsidiaries\s+and\s+affiliate[sd](?:\s+entities)?))|"
    r"(?P<open>(?:(?:its|their)\s+)?subsidiaries(?:\s+and\s+joint\s+ventures)?)\s*\.?\s*$|"
    r"(?P<named>(?:(?:its|their)\s+)?(?:(?P<count>[a-z-]+|\d+)\s+)?(?:of\s+(?:its|their)\s+)?(?:[A-Z][\w&.’' -]*-based\s+)?subsidiar(?:y|ies)(?:\s+from\s+[A-Z]\w+)?)"
    r"(?P<lead>\s*(?:[,:]\s*)?(?:which\s+(?:include|are)|including|namely)?\s*:?\s*)"
    r")",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Named:
    """One entity of an entry."""

    name: str
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


@dataclass(frozen=True)
class NamedEntry:
    """An entry: the entity, how far its words reach, and the subsidiaries it names."""

    entity: Named
    extends_to: str = TEXT_ONLY
    subsidiaries: tuple[Named, ...] = ()


def read_entry(cell: str) -> NamedEntry:
    """Read one entry; raises ``SourceChanged`` for one that follows no pattern of the list or was cut."""
    text = clean(cell)
    if not text:
        raise SourceChanged("an entry without a name")
    match = _class_words(text)
    if match is None:
        return NamedEntry(_entity(text))
    head, rest = text[: match.start()], text[match.end() :].strip()
    entity = _entity(head)
    if match["named"] is None:
        tail = _entity_aliases(rest)
        return NamedEntry(_with(entity, tail), WIDEST if match["widest"] else SUBSIDIARIES)
    count = number(match["count"]) if match["count"] else 1 if match["named"].lower().endswith("y") else None
    members = tuple(_entity(name) for name in split_names(rest, count)) if rest else ()
    if count is not None and len(members) != count:
        raise SourceChanged(f"an entry says {count} subsidiaries and names {len(members)}")
    if not members:
        raise SourceChanged("an entry speaks of its subsidiaries and names none")
    return NamedEntry(entity, NAMED, members)


def class_of(text: str) -> tuple[str, str]:
    """(the text before the words for an open class, the class); the whole text and ``LISTED_TEXT_ONLY`` where there are none."""
    match = _class_words(text)
    if match is None or match["named"] is not None or text[match.end() :].strip(" ."):
        return text, TEXT_ONLY
    return text[: match.start()], WIDEST if match["widest"] else SUBSIDIARIES


def _class_words(text: str) -> re.Match[str] | None:
    """The words for the class of an entry, outside every parenthesis."""
    spans = groups(text)
    for match in _CLASS.finditer(text):
        if not any(a <= match.start() < b for a, b in spans):
            return match
    return None


def _entity(text: str) -> Named:
    """A name with the parentheses that hold its other names."""
    kept, start = [], 0
    found = Named("")
    for opening, closing in groups(text):
        inside = _other_names(text[opening + 1 : closing - 1])
        if inside is None:
            continue
        kept.append(text[start:opening])
        found, start = _with(found, inside), closing
    if start:
        after = text[start:].strip(" .")
        if after:
            raise SourceChanged("words after the other names of an entry")
        name = clean("".join(kept))
    else:
        name = clean(text)
    return Named(_checked(name.strip(" ,;")), found.aliases, found.former)


def _entity_aliases(text: str) -> Named:
    """Other names that stand after the class words; nothing else may."""
    if not text.strip(" ."):
        return Named("")
    spans = groups(text)
    found = Named("")
    if not spans or text[: spans[0][0]].strip(" ,.") or text[spans[-1][1] :].strip(" ,."):
        raise SourceChanged("words after the class of an entry")
    for opening, closing in spans:
        inside = _other_names(text[opening + 1 : closing - 1])
        if inside is None:
            raise SourceChanged("words after the class of an entry")
        found = _with(found, inside)
    return found


def _with(entity: Named, more: Named) -> Named:
    return Named(entity.name, entity.aliases + more.aliases, entity.former + more.former)


def _other_names(inside: str) -> Named | None:
    """What a parenthesis says of other names; None where it belongs to the name."""
    text = inside.strip()
    intro = _ALIASES.match(text)
    if intro is None:
        return None
    aliases: list[str] = []
    former: list[str] = []
    into = former if intro["former"] else aliases
    start = intro.end()
    count = number(intro["count"]) if intro["count"] else None
    for turn in [*_TURN.finditer(text, start), None]:
        end = turn.start() if turn is not None else len(text)
        into.extend(_checked(name) for name in split_names(text[start:end], count))
        if turn is not None:
            into, start = former if turn["former"] else aliases, turn.end()
    if not aliases and not former:
        raise SourceChanged("other names are announced and none follows")
    return Named("", tuple(aliases), tuple(former))


def _checked(name: str) -> str:
    """A name as one name; raises ``SourceChanged`` where words of the grammar are left in it."""
    if not re.search(r"[^\W\d_]", name):
        raise SourceChanged("a name without letters")
    if re.search(
        r"\b(?:known as|alias(?:es)?:|subsidiar(?:y|ies) (?:of|which))\b|;", restore(protect(name)), re.IGNORECASE
    ):
        raise SourceChanged("words of the list are left in a name, so the entry follows a new pattern")
    groups(name)
    return name
