"""Other ways to write a person's Latin name: initials written together, and the endings that Latvians and Lithuanians put on foreign names."""

from __future__ import annotations

import re

from .tables import groups, personal_words, surnames, word_class

_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{2,3}")
_BALTIC_FAMILY = re.compile(r"([a-z]{2,}(?:ov|ev))(?:s|as)|([a-z]{2,}[sc]k)(?:is|ijs|ijus|ys)")
"""Slavic family names with a Latvian or Lithuanian masculine ending: Volkovs, Ivanovas, Lavrovskis."""
_BALTIC_FEMALE = re.compile(r"([a-z]{2,}(?:ov|ev))(?:iene|aite|yte)")
"""Slavic family names of women in Lithuania: of a wife, of a daughter."""
_BALTIC_GIVEN = re.compile(r"([a-z]{3,}?)(?:us|as|s)")


def initials_parted(core: tuple[str, ...]) -> tuple[str, ...]:
    """``JP Duvalier`` is J. P. Duvalier where no name is ``jp``; the words as they are where nothing is to be parted."""
    if len(core) < 2:
        return core
    made: list[str] = []
    for word in core:
        made.extend(word if _is_initials(word) else (word,))
    return tuple(made) if any(len(w) > 1 for w in made) else core


def _is_initials(word: str) -> bool:
    return (
        len(word) <= 3
        and _CONSONANTS.fullmatch(word) is not None
        and word not in personal_words()
        and word not in groups()
        and word not in surnames()
        and word not in word_class("titles")
        and word not in word_class("particles")
        and word not in word_class("noise")
    )


def without_baltic_endings(core: tuple[str, ...]) -> tuple[str, ...]:
    """``Andrejs Volkovs`` and ``Petras Ivanovas`` as they are at home: andrej volkov, petr ivanov; the words as they are where no family name has the ending."""
    if len(core) < 2 or not any(w.endswith(("s", "e")) for w in core):
        return core
    family = [_BALTIC_FAMILY.fullmatch(w) or _BALTIC_FEMALE.fullmatch(w) for w in core]
    if not any(family):
        return core
    made = []
    for word, found in zip(core, family, strict=True):
        if found is not None:
            made.append(found.group(1) + "a" if word.endswith("e") else found.group(1) or f"{found.group(2)}i")
        elif given := _BALTIC_GIVEN.fullmatch(word):
            made.append(given.group(1))
        else:
            made.append(word)
    return tuple(made)
