"""The contract of a factor: a case goes in, findings with evidence come out; facts only, no law."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from .case import Case
from .finding import Finding
from .values import Citation

Family = Literal["listing", "place", "goods", "labour", "technology", "construction", "state", "diligence"]
Find = Callable[[Case], Iterator[Finding]]


@dataclass(frozen=True)
class Factor:
    """A registered factor: its name is its function's name, its title the first line of its docstring."""

    name: str
    family: Family
    base: float
    """Points (0 to 100) of one finding of weight 1 before scaling; orders cases inside a rating, never decides one."""
    title: str
    description: str
    cites: tuple[Citation, ...]
    find: Find = field(repr=False)


def factor(*, family: Family, base: float, cites: tuple[Citation, ...]) -> Callable[[Find], Factor]:
    """Make a factor of a function from a case to findings; the docstring is published."""

    def register(find: Find) -> Factor:
        doc = inspect.getdoc(find) or ""
        name = getattr(find, "__name__", "")
        return Factor(
            name=name, family=family, base=base, title=doc.split("\n")[0], description=doc, cites=cites, find=find
        )

    return register
