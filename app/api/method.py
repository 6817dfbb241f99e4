"""The method itself: what is looked for, what law follows, and the instruments, each with its citation."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query

from app.api.answers.method import Factors, Instruments, Rules
from app.api.answers.shape import answer
from app.api.deps import Here, Reader, day
from app.factors import FACTORS
from app.services.clock import today

router = APIRouter(tags=["method"])


@router.get("/v1/factors", summary="What is looked for", responses={200: answer(Factors, "Every factor", "factors")})
async def factors(_: Reader) -> dict[str, Any]:
    """The factors, each with what it states and its source. Factors state facts; rules state the law."""
    items = [
        {
            "name": f.name,
            "family": f.family,
            "title": f.title,
            "description": f.description,
            "base_points": f.base,
            "citations": [c.model_dump(mode="json") for c in f.cites],
        }
        for f in FACTORS
    ]
    return {"items": items, "next_cursor": None}


@router.get(
    "/v1/rules", summary="What law follows", responses={200: answer(Rules, "The consequences in force", "rules")}
)
async def rules(
    here: Here,
    _: Reader,
    as_of: Annotated[str | None, Query(max_length=10, description="rules in force on this day; default today")] = None,
) -> dict[str, Any]:
    """The consequences in force on a day: which findings lead to which rating for whom, with the section of the law."""
    on: date = day("as_of", as_of) or today()
    loaded = await here.catalogue.current()
    items = [
        {
            "law": law.id,
            "law_title": law.title,
            "jurisdiction": law.jurisdiction,
            "from": str(v.from_) if v.from_ else None,
            "until": str(v.until) if v.until else None,
            **c.model_dump(mode="json"),
        }
        for law in loaded.engine.rulebook.laws
        for v in law.versions
        if v.covers(on)
        for c in v.consequences
    ]
    ownership = [o.model_dump(mode="json") for o in loaded.engine.rulebook.ownership_on(on).values()]
    return {"items": items, "ownership": ownership, "next_cursor": None}


@router.get(
    "/v1/instruments",
    summary="The legal instruments",
    responses={200: answer(Instruments, "Every instrument", "instruments")},
)
async def instruments(here: Here, _: Reader) -> dict[str, Any]:
    """Whom each instrument binds, what it does, since when, with its verification mark (V, V2 or K)."""
    loaded = await here.catalogue.current()
    items = [i.model_dump(mode="json") for i in loaded.engine.reference.instruments.values()]
    return {"items": items, "next_cursor": None}
