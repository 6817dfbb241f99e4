"""Health and metrics: alive, ready, degraded and why."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.api.answers.method import Alive, Readiness
from app.api.answers.shape import answer
from app.api.deps import Here
from app.services.clock import now
from app.sources import by_id

router = APIRouter(tags=["health"])


@router.head("/health/live", include_in_schema=False)
@router.get("/health/live", summary="Alive", responses={200: answer(Alive, "The process answers", "live")})
async def live() -> dict[str, str]:
    """200 while the process answers."""
    return {"status": "alive"}


@router.head("/health/ready", include_in_schema=False)
@router.get(
    "/health/ready",
    summary="Ready, or degraded and why",
    responses={200: answer(Readiness, "It rates and screens; any other status: not yet", "ready")},
)
async def ready(here: Here) -> dict[str, Any]:
    """200 once the reference edition is in SQL and the matcher is built. `degraded` while a list is missing, stale or partial."""
    loaded = await here.catalogue.current()
    lines = here.catalogue.coverage(loaded, now())
    reasons = [{"list": c.list, "reason": c.says} for c in lines if not c.fresh and _matters(c.list)]
    return {
        "status": "degraded" if reasons else "ready",
        "reasons": reasons,
        "reference": loaded.engine.reference.edition,
        "parties": len(loaded.engine.watchlist.entries),
        "lists": [c.model_dump(mode="json") for c in lines],
    }


def _matters(list_id: str) -> bool:
    source = by_id(list_id)
    return source is not None and bool(source.binds - {"global_policy"})


@router.get(
    "/metrics",
    summary="Prometheus metrics",
    response_class=Response,
    responses={200: {"description": "Text", "content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def metrics(here: Here) -> Response:
    """Counters and gauges in Prometheus text format."""
    if here.catalogue.ready:
        loaded = await here.catalogue.current()
        moment = now()
        for line in here.catalogue.coverage(loaded, moment):
            here.metrics.parties.labels(line.list).set(line.parties)
            here.metrics.fresh.labels(line.list).set(1 if line.fresh else 0)
            if line.fetched_at is not None:
                here.metrics.age.labels(line.list).set((moment - line.fetched_at).total_seconds())
        here.metrics.build.set(here.catalogue.build_seconds)
    return Response(here.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")
