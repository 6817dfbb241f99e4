"""The facts that hide in OFAC remarks: births, places, nationalities, identifiers, weak aliases, links and dates of effect.

A remark is parts divided by semicolons. Each part is recognised by its first words; what is recognised as nothing in particular (a title,
an office) is kept as a role. Nothing is lost: the whole text stays with the party.
"""

from __future__ import annotations

import re

from .ofac_facts import Facts, clean_number, state, unquoted
from .ofac_labels import CURRENCY, DATE, LONGEST_FIRST, is_information
from .partial_dates import dates_in

Remarks = Facts
_CURRENCY = re.compile(re.escape(CURRENCY) + r"(\w+) (\S+)")
_TAIL = re.compile(r"(?: \(([^()]*)\))?(?: issued .*?)?(?: expires .*)?$")
_RANGE = re.compile(r" to | and ")


def read_remarks(text: str) -> Facts:
    """Read a remark (with its overflow already joined)."""
    made = Facts()
    for part in re.split(r";\s+", text.strip()):
        _read(made, part.strip().removesuffix(".") if not part.endswith("Ltd.") else part.strip())
    return made


def _read(made: Facts, part: str) -> None:
    plain = re.sub(r"^(alt|Alt)\. ", "", part)
    if not plain or plain == "-0-":
        return
    if plain.startswith("DOB "):
        ends = (day for piece in _RANGE.split(plain[4:]) for day in dates_in(piece))
        made.births.extend(day for day in ends if day not in made.births)
    elif plain.startswith("POB "):
        made.places.append(plain[4:])
    elif plain.startswith(("nationality ", "citizen ")):
        made.nationalities.append(plain.split(" ", 1)[1])
    elif plain.startswith("Gender "):
        state(made, "Gender", plain[7:])
    elif plain.startswith(("a.k.a. ", "n.k.a. ")):
        made.weak.append(unquoted(plain[7:]))
    elif plain.startswith("f.k.a. "):
        made.former.append(unquoted(plain[7:]))
    elif plain.startswith("Linked To: "):
        made.linked.append(plain[11:])
    elif dated := DATE.match(plain):
        state(made, dated[0], plain[dated.end() :].lstrip(": "))
    elif currency := _CURRENCY.match(plain):
        state(made, f"{CURRENCY}{currency[1]}", currency[2])
    elif not _labelled(made, plain) and not is_information(plain):
        made.roles.append(plain)


def _labelled(made: Facts, part: str) -> bool:
    """Take ``Passport 123 (China) issued …`` or ``Telephone: 123`` apart at the longest label that begins it."""
    label = next((word for word in LONGEST_FIRST if part.startswith((f"{word} ", f"{word}: "))), None)
    if label is None:
        return False
    rest = clean_number(part[len(label) :])
    tail = _TAIL.search(rest)
    value = rest[: tail.start()].strip() if tail else rest
    return bool(value) and state(made, label, value, tail[1] or "" if tail else "")
