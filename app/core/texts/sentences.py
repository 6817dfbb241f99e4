"""Where the sentences of a folded text end."""

from __future__ import annotations

import re

_SHORTENED = "".join(
    rf"(?<!\b{word}\.)" for word in ("co", "no", "ltd", "inc", "corp", r"u\.s", r"e\.g", r"i\.e", "st", "dr", "mr")
)
SENTENCE = re.compile(
    r"[。！？!?；;.\n]"
    rf"(?:(?<=[。！？!?；;])|(?<=\.)(?=\s|$){_SHORTENED}|(?<=\n)(?=\s*\n)|(?<=\n)(?!\s*[a-z]))"
)
"""Where a sentence ends: its mark, an empty line, or a line break that no small letter continues."""


def sentence_ends(folded: str) -> tuple[int, ...]:
    """Where the sentences of a folded text end, its own end last."""
    return (*(m.end() for m in SENTENCE.finditer(folded)), len(folded))
