"""The benchmark's own plain reading of a name, simpler than the matcher's and independent of it."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

LEGAL = frozenset(
    re.findall(
        r"\S+",
        """
        co company companies ltd limited corp corporation inc incorporated llc llp lp plc gmbh ag kg sa spa srl
        sarl sas bv nv oy ab lda ltda jsc ojsc cjsc pjsc ooo oao zao pao ao pte pvt pty sdn bhd tbk est
        establishment fze fzco fzc wll public joint stock open closed liability private group holding holdings
        the of and de la el al for cv s a obshchestvo ogranichennoi otvetstvennostyu aktsionernoe publichnoe
        ogranichennoy otkrytoe zakrytoe adr se asa sociedad anonima limitada responsabilidad societe
        responsabilite limitee gesellschaft mit beschrankter haftung aktiengesellschaft osauhing aktsiaselts
        spolka ograniczona z o ograniczonej odpowiedzialnoscia akcyjna spolocnost rucenim obmedzenym spolecnost
        omezenym akciova drustvo ogranicenom odgovornoscu societa responsabilita dioniko dionicko uab sia eood
        ead ood tov at pat prat
        """,
    )
)
PARTICLES = frozenset(
    re.findall(
        r"\S+",
        """
        al el ul bin ibn ben bint abu abou abd de del la le van von der da di dos haji hajji mullah sheikh
        """,
    )
)


@lru_cache(maxsize=200_000)
def words(name: str) -> tuple[str, ...]:
    """Lower-case ASCII words, apostrophes dropped, everything else that is no letter or digit a space."""
    return tuple(re.sub(r"[^a-z0-9]+", " ", re.sub(r"['`’ʻ]", "", anyascii(name).lower())).split())


def key(name: str) -> str:
    """Equal for names that differ in case, accents, punctuation or the order of words only."""
    return " ".join(sorted(words(name)))


@lru_cache(maxsize=200_000)
def core(name: str) -> tuple[str, ...]:
    """The words that are no legal form; all of them when nothing else is left."""
    found = words(name)
    return tuple(w for w in found if w not in LEGAL) or found


def core_key(name: str) -> str:
    """Equal for names that differ in legal form, spacing and order only."""
    return " ".join(sorted(core(name)))


HAN = re.compile(r"[\u3400-\u9fff]")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
ARABIC = re.compile(r"[\u0600-\u06ff]")


def script(name: str) -> str:
    """``han``, ``cyrillic``, ``arabic``, ``latin`` or ``other``: the first that occurs, Latin where all is Latin."""
    for pattern, label in ((HAN, "han"), (CYRILLIC, "cyrillic"), (ARABIC, "arabic")):
        if pattern.search(name):
            return label
    return "latin" if re.fullmatch(r"[\x00-\u024f\u1e00-\u1eff\u2000-\u206f]*", name) else "other"
