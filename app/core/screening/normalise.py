"""A Latin reading to words: legal forms, particles and noise told from the words that name somebody."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from .chinese import sound, wade_given
from .legal_forms import REGION
from .legal_phrases import parted, repaired, unglued
from .number_words import numbers_joined
from .romanise import readings
from .series import numbered
from .spellings_of_people import initials_parted, without_baltic_endings
from .tables import acronyms, background, personal_words, word_class
from .two_names import parts_of, sides_of

MAX_WORDS = 16
"""Words of a name that are compared."""

MAX_LETTERS = 24
"""Letters of a word that are compared."""

CUT_AT = frozenset((29, 30, 34, 35, 39, 40))
"""Lengths at which other systems cut a name, with or without a blank that was cut off with it."""

_NUMBER = re.compile(r"[0-9]{5,}")
_MARKS = re.compile(r"[.,;/()]+")
_DOTTED = re.compile(r"(?<![a-z0-9])(?:[a-z]\.\s?){2,}[a-z]?(?![a-z])")
_INNER_DOT = re.compile(r"(?<=[a-z])\.(?=[a-z]{2})|(?<=[a-z]{2})\.(?=[a-z])")
_SERVANT = re.compile(r"(?:abd|abdo|abdu|abde)(?:[aeiou]?[lrsdntz])?")
_SERVANT_FIRST = frozenset(["abd", "abdul", "abdel", "abdal", "abdol", "abdur", "abdoul", "abdus", "abdoel"])
_SERVANT_OR_NAME = frozenset(["abdi", "abdu", "abed"])
"""Names of their own in Somalia, Turkey and the Levant: they begin a longer name only before an article or a name of God."""
_ARTICLES = frozenset(["al", "el", "ul", "ar", "as", "ad", "an", "ur", "er", "rab"])
_OF_GOD = frozenset(
    [
        "allah", "ahad", "ali", "aziz", "baqi", "bari", "basir", "fattah", "ghaffar", "ghafur", "ghani", "hadi", "hafiz", "hakim", "halim", "hamid",
        "haq", "haqq", "jabbar", "jalil", "karim", "khaliq", "latif", "majid", "malik", "muin", "nasir", "nasser", "nur", "qadir", "qader", "qadr",
        "rahim", "rahman", "raziq", "razzaq", "rashid", "rizak", "rizaq", "salam", "samad", "sattar", "shakur", "wadud", "wahab", "wahhab", "wahid", "wali",
    ]
)  # fmt: skip
_NOISE_PHRASES = re.compile(
    r"(?<=.{3})\b(?:attn|attention)\b.*"
    r"|\((?:the )?(?:director|owner|manager|managing director|general manager|chairman|ceo|president|shareholder|old|new)\)"
    r"|^(?:the )?(?:motor vessel|motor tanker|vessel)\b(?=\s+\w)|\((?:vessel|ship|tanker)\)"
    r"|\b(?:do not use|m/v|m/t|m\.v\.|s/o|(?:vendor|acct|account|supplier) (?:no\.? )?[0-9]+)(?![a-z])"
)


@dataclass(frozen=True)
class Words:
    """A name as words: ``core`` in order, how many of them stand before a comma, its legal forms, and the script it came from."""

    text: str
    core: tuple[str, ...]
    family: int
    legal: tuple[str, ...]
    script: str
    cut: bool
    heard: tuple[str, ...] = ()
    """How the words sound where that is known and not seen from the letters (see ``chinese``)."""


@lru_cache(maxsize=65_536)
def words(text: str, person: bool) -> tuple[Words, ...]:
    """Every reading of a name as words; a reading without any word is left out.

    ``person`` keeps a person's words from being read as legal forms or joined initials.
    """
    made: list[Words] = []
    if len(parts := parts_of(text)) > 1:
        return tuple(w for part in parts for w in words(part, person))
    for latin, script in readings(text if person else unglued(text)):
        if person and script == "han_company":
            continue
        one = _words(text, latin, script, person)
        if one.core:
            made.append(one)
            if script == "latin":
                made.extend(_otherwise(text, latin, one, person=person))
            if not person and (spelled := _spelled_out(one.core, script)) != one.core:
                made.append(Words(text, spelled, 0, one.legal, "latin", False))
    for side in sides_of(text):
        made.extend(replace(w, text=text) for w in words(side, person))
    return tuple(made)


def _spelled_out(core: tuple[str, ...], script: str) -> tuple[str, ...]:
    """Known short forms as what they stand for: the whole name, or a word of a longer one."""
    known = acronyms()
    if whole := known.get(" ".join(core)):
        return tuple(w for w in whole if not _noise(w))
    if script != "latin" or known.keys().isdisjoint(core):
        return core
    spelled = [w for word in core for w in known.get(word, (word,)) if not _noise(w)]
    return tuple(dict.fromkeys(spelled))[:MAX_WORDS]  # ``Corps (XPCC)`` says it twice


_STYLES = frozenset(["general", "major", "captain", "commander"])
"""Titles that companies bear as words of their own."""
_JOINED = frozenset(["van", "von", "mac", "mc", "du", "le"])
_JOINED_RUN = re.compile(r"\b(?:van|von|mac|mc|du|le) (?:(?:de|der|den|la|het|ter) )?(?=[a-z]{3})")
"""Small words that are often written together with the next."""


def _otherwise(text: str, latin: str, one: Words, *, person: bool) -> list[Words]:
    """Other ways to read a Latin name: as a Wade-Giles name, written together, without a short legal form that it ends in."""
    made = []
    plain = tuple(_MARKS.sub(" ", latin).split())
    if heard := wade_given(plain):
        made.append(Words(text, (plain[0], plain[1] + plain[2]), 0, (), "latin", False, heard))
    if any(w in _JOINED for w in plain):
        together = _JOINED_RUN.sub(lambda m: m.group().replace(" ", ""), " ".join(plain)).split()
        made.append(
            Words(
                text,
                tuple(w[:MAX_LETTERS] for w in together if not _noise(w))[:MAX_WORDS],
                0,
                one.legal,
                "latin",
                False,
            )
        )
    if person:
        if (respelled := _from_slavic(latin)) != latin:
            made.append(_words(text, respelled, "latin", True))
        others = initials_parted(one.core), without_baltic_endings(one.core)
        made.extend(replace(one, core=other, family=0) for other in others if other != one.core)
        return [w for w in made if w.core]
    if (
        _INNER_DOT.search(latin)
        and (squeezed := _words(text, _INNER_DOT.sub("", latin), "latin", False)).core != one.core
    ):
        made.append(squeezed)
    if gathered := _gathered(plain, one):
        made.append(gathered)
    titled = tuple(t for t in one.core if t not in word_class("titles") or t in _STYLES)
    if 0 < len(titled) < len(one.core) and len(one.core) <= 5:
        made.append(Words(text, titled, 0, one.legal, "latin", False))
    if len(plain) <= 5 and any(t in word_class("legal_names") for t in plain):
        made.append(Words(text, plain, 0, (), "latin", False))
    if (
        len(plain) <= 3
        and len(one.core) < len(plain)
        and not one.legal
        and len(joined := "".join(plain)) <= MAX_LETTERS
    ):
        made.append(Words(text, (joined,), 0, (), "latin", False))
    if len(one.core) == 1 and not one.legal:
        word = one.core[0]
        ending = next(
            (
                e
                for e in ("ltd", "llc", "ooo", "inc", "gmbh", "co", "sa")
                if word.endswith(e) and len(word) - len(e) >= 4
            ),
            "",
        )
        if ending:
            made.append(Words(text, (word.removesuffix(ending),), 0, (), "latin", False))
    return [w for w in made if w.core]


_SLAVIC_J = re.compile(r"[iyeo]j\b|[bcgkpstvzlmf]j[aeiou]|tj\b")
"""What tells that a name of Russian or Belarusian is spelled as Swedes, Germans, Dutch or Czechs do."""
_SLAVIC: tuple[tuple[str, str], ...] = (
    ("ch", "kh"), ("sjtj", "shch"), ("sjtsj", "shch"), ("tsj", "ch"), ("tj", "ch"), ("sj", "sh"), ("zj", "zh"), ("j", "y"),
)  # fmt: skip


def _from_slavic(latin: str) -> str:
    """``Jevgenij Ivanovitj Koljusjin`` as English-speaking lists spell him: ``yevgeniy ivanovich kolyushin``."""
    if "j" not in latin or _SLAVIC_J.search(latin) is None:
        return latin
    for letters, by in _SLAVIC:
        latin = latin.replace(letters, by)
    return latin


_APART = re.compile(r"(?<![^ ,;])[a-z](?![^ ,;])")


def _gathered(plain: tuple[str, ...], one: Words) -> Words | None:
    """Initials that a company writes as words of their own, as one word in the order of the alphabet: ``R C S.A. B`` meets ``B R C S.A.``."""
    letters = [t for t in plain if len(t) == 1 and t.isalpha()]
    apart = sorted(_APART.findall(one.text.lower()))
    if len(apart) < 2 or len(letters) < len(apart):
        return None
    rest, _ = parted([t for t in plain if len(t) > 1])
    core = ("".join(apart), *(t for t in rest if not _noise(t)))
    return Words(one.text, core[:MAX_WORDS], 0, one.legal, "latin", False) if core != one.core else None


def _words(text: str, latin: str, script: str, person: bool) -> Words:
    latin = _NOISE_PHRASES.sub(" ", latin)
    if not person:
        latin = REGION.sub("xinjiang", latin)
        latin = _DOTTED.sub(lambda m: re.sub(r"[.\s]", "", m.group()) + " ", latin)
    parts = latin.split(",") if person else [latin]
    family = 0
    legal: list[str] = []
    cut = len(text) in CUT_AT
    if person:
        before, after = _tokens(parts[0]), _tokens(" ".join(parts[1:]))
        if after and after[-1] in _SERVANT_FIRST:
            before, after = before + after, []
        elif after and after[-1] in word_class("honours") and _FAITH.fullmatch("".join(before)):
            before, after = after + before, []  # ``DIN, Ahmad Nur``
        cut_off = cut and not after
        before = _servants(_without_article(before), cut=cut_off)
        tokens = before + _servants(_without_article(after))
        if len(parts) == 2 and after:
            spared = word_class("not_of_people")
            family = len([t for t in before if (t in spared or not _noise(t)) and t not in word_class("titles")])
    else:
        tokens, legal = parted(repaired(numbers_joined(_tokens(latin)), cut=cut), cut=cut)
        tokens = numbered(_servants(_join_letters(tokens)))
    letters = frozenset(_INITIAL.findall(latin)) if person and "." in latin else _NO_LETTERS
    plain = _plain(tokens, person=person, letters=letters)
    if not plain:
        plain = tuple(_MARKS.sub(" ", latin).split())
    if cut and not person and len(tokens) > 1 and plain[-1] != tokens[-1] and len(tokens[-1]) > 1:
        plain = (*plain, tokens[-1])  # what is left of a word looks like a particle
    return Words(text, plain[:MAX_WORDS], family, tuple(sorted(set(legal))), script, cut)


def _tokens(latin: str) -> list[str]:
    return [t[:MAX_LETTERS] for t in _MARKS.sub(" ", latin).split()][: 4 * MAX_WORDS]


_INITIAL = re.compile(r"(?<![a-z0-9])([a-z])\.")
_NO_LETTERS: frozenset[str] = frozenset()


def _plain(tokens: list[str], *, person: bool, letters: frozenset[str]) -> tuple[str, ...]:
    """The words without particles and noise, and a person's without titles; all of them where nothing else is there. ``letters`` are initials.

    A title stays where it leaves a person fewer than two words: ``Ibrahim al-Shaykh`` bears it as a name.
    """
    spared = word_class("not_of_people") | letters if person else letters
    named = tuple(
        t for n, t in enumerate(tokens) if (t in spared or not _noise(t)) and (n > 0 or t not in word_class("leading"))
    )
    plain = tuple(t for t in named if t not in word_class("titles")) if person else named
    if len(plain) < 2:
        plain = named
    if len(tokens) == 2 and len(plain) == 1 and all(sound(t, wade=False) for t in tokens if t not in _SMALL):
        plain = tuple(t for t in tokens if t not in _SMALL)  # ``Xu Bin`` is a name of two words, ``The Bank`` is not
    return plain or tuple(tokens)


_SMALL = frozenset(["and", "of", "the", "for", "a", "with", "by", "from", "al", "el", "mr", "ms", "dr"])


def _noise(token: str) -> bool:
    return token in word_class("particles") or token in word_class("noise") or _NUMBER.fullmatch(token) is not None


def initials(text: str) -> tuple[str, ...]:
    """The initials of a company's name of three words or more, with and without small words and legal form: four to seven letters."""
    made: dict[str, None] = {}
    for latin, script in readings(text):
        if script != "latin":
            continue
        every = [t for t in _MARKS.sub(" ", latin).split() if t[0].isalpha()]
        large = [t for t in every if t not in word_class("particles")]
        core = [t for t in parted(every)[0] if t not in word_class("particles")]
        for some in (core, large, every):
            short = "".join(t[0] for t in some)
            if len(core) >= 2 and 4 <= len(short) <= 7:
                made[short] = None
    return tuple(made)


def _letter(token: str) -> bool:
    return len(token) == 1 and token.isalpha()


def _join_letters(tokens: list[str]) -> list[str]:
    """``a b c trading`` is ``abc trading`` in a company's name, and ``a and b trading`` is ``ab trading``."""
    made: list[str] = []
    run = 0
    for n, word in enumerate(tokens):
        if run == 1 and word == "and" and n + 1 < len(tokens) and _letter(tokens[n + 1]):
            continue
        single = _letter(word)
        if single and run:
            made[-1] += word
        else:
            made.append(word)
        run = run + 1 if single else 0
    return made


def _of_faith(tokens: list[str]) -> list[str]:
    """``nur al din``, ``noor eddine`` and ``nuruddin`` become one word: the honours of the faith are written together, apart, and in many ways."""
    if not any(t[-1] in "en" and _FAITH_END.search(t) for t in tokens):
        return tokens
    made: list[str] = []
    for token in tokens:
        stem = made[-2] if len(made) > 1 and made[-1] in _ARTICLES else made[-1] if made else ""
        if stem in word_class("honours") and _FAITH.fullmatch(token):
            while made.pop() != stem:
                pass
            token = stem + "din"  # noqa: PLW2901 - the word it is part of
        elif (found := _FAITH_END.search(token)) and token[: found.start()] in word_class("honours"):
            token = token[: found.start()] + "din"  # noqa: PLW2901
        made.append(token)
    return made


_FAITH = re.compile(r"(?:al|[aeou]d?)?d{1,2}[iey]{1,2}n[e]?")
_FAITH_END = re.compile(r"(?:al|[aeou]d|[aeou]|ld|ul)?d[iey]{1,2}ne?$")


_JOINED_ARTICLE = re.compile(r"[ae]l(?=[^aeiouyl].{4})(?!ja?ks|jex|fred|bert)")


def _without_article(tokens: list[str]) -> list[str]:
    """``almuhaysini`` is al-Muhaysini; words that other people's names have begin with those letters by themselves (``alvarez``)."""
    known, (seen, _) = personal_words(), background()
    return [
        t[2:] if t[1:2] == "l" and t not in known and t not in seen and _JOINED_ARTICLE.match(t) else t for t in tokens
    ]


def _servants(tokens: list[str], *, cut: bool = False) -> list[str]:
    """``abd al rahman``, ``abdul rahman`` and ``abdurrahman`` become one word, the Arabic name it is."""
    tokens = _of_faith(tokens)
    if not any(t.startswith("abd") or t == "abed" for t in tokens):
        return tokens
    if tokens[-1] in _SERVANT_FIRST and not cut:  # ``RAOUF, Hafiz Abdul`` is Hafiz Abdul Raouf
        tokens = [tokens[-1], *tokens[:-1]]
    made: list[str] = []
    n = 0
    while n < len(tokens):
        token = tokens[n]
        begins = token in _SERVANT_FIRST or token in _SERVANT_OR_NAME
        if begins and n + 1 < len(tokens):
            step = n + 1
            if token not in _SERVANT_FIRST - {"abd"} and tokens[step] in _ARTICLES and step + 1 < len(tokens):
                step += 1
            elif token in _SERVANT_OR_NAME and tokens[step] not in _OF_GOD:
                made.append(token)
                n += 1
                continue
            made.append(("abd" + tokens[step])[:MAX_LETTERS])
            n = step + 1
            continue
        if (
            token.startswith("abd")
            and len(token) >= 8
            and (found := _SERVANT.match(token))
            and len(token) - found.end() >= 4
        ):
            token = (
                "abd" + token[found.end() - (0 if token[found.end() - 1] == "l" else 1) :] if found.end() > 3 else token
            )
            token = token.replace("abdrr", "abdr").replace("abdss", "abds")
        made.append(token)
        n += 1
    return made
