"""What an alignment is worth: log-odds that two names are one party's, by a quadratic form learnt offline (``bench/learn.py``)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from .tables import DATA

EXACT = 4.0
"""Log-odds of equal names, by rule: 0.982. Rarer names get a little more, so that equal scores stay rare."""

FUZZY_MOST = 3.8
"""Log-odds that names which are not equal come near and never reach."""

KNEE = 2.0
"""Log-odds from which names that are not equal are pressed together below ``FUZZY_MOST``."""

WEAK_MOST = 0.6
"""Log-odds of the best match with a weak alias: below the default threshold."""


COMMON_EQUAL = 2.2
"""Log-odds of equal names of people that thousands bear: a hit by rule like every equal name, and ``possible`` until a second fact agrees."""

COMMON = 0.2
"""Log-odds of the best match of such a name that is not equal: shown when asked for, a hit only with a second fact."""

ORGAN_MOST = 0.4
"""Log-odds of the best match whose names differ by a word for an organ (a bureau of a ministry is not the ministry), or share only
words of place and trade while the listed name has a word that tells (``Hetian Apparel`` is not ``Hetian Taida Apparel``)."""


INITIALS_MOST = 1.0
"""Log-odds of a short form that is the initials of a listed name, which does not give it itself: one in twenty is used so."""

LONG_INITIALS_MOST = 1.6
"""The same of five letters or more, which one name of one word in several hundred meets by chance: under ``PROBABLE_FROM``."""


@dataclass(frozen=True)
class Weights:
    """``x'Ax + bx + c`` over the features of an alignment (``kernel.align``), then ``slope`` and ``offset`` of the calibration."""

    quadratic: Any
    linear: Any
    constant: float
    slope: float
    offset: float

    @property
    def arrays(self) -> tuple[Any, ...]:
        """For ``batch.of_use``."""
        return self.quadratic, self.linear, self.constant, self.slope, self.offset, LONG_INITIALS_MOST, ORGAN_MOST


@lru_cache(maxsize=1)
def weights() -> Weights:
    held = json.loads((DATA / "weights.json").read_text(encoding="utf-8"))
    return Weights(
        quadratic=np.array(held["quadratic"], np.float64),
        linear=np.array(held["linear"], np.float64),
        constant=float(held["constant"]),
        slope=float(held["slope"]),
        offset=float(held["offset"]),
    )


def pressed(value: float) -> float:
    """Log-odds of names that are not equal, kept below those of equal ones without losing their order."""
    if value <= KNEE:
        return value
    room = FUZZY_MOST - KNEE
    return KNEE + room * (1.0 - float(np.exp(-(value - KNEE) / (2 * room))))
