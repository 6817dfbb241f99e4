"""The web application: routes, errors, docs page, and the service behind them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI

from app.api import (
    assessments,
    docs,
    errors,
    health,
    lists,
    method,
    openapi,
    parties,
    policies,
    screenings,
    separations,
)
from app.api.deps import Service, only_known_parameters
from app.api.metrics import Metrics
from app.api.middleware import Surroundings
from app.services import schedule
from app.services import screen as screening
from app.services.catalogue import Catalogue
from app.settings import Settings
from app.store.database import Database

VERSION = "0.1.0"
DESCRIPTION = """A submission goes in, an explained rating comes out, and anyone can check why.

Factors state facts, dated rules state the law, and the worst consequence decides. Missing data is a named gap, and a stale list is
never *low*. **This is not legal advice.**"""


def create_app(settings: Settings) -> FastAPI:
    """The application; its service is made when it starts and closed when it stops."""
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = Database(settings.database_url)
        catalogue = Catalogue(database)
        app.state.service = Service(settings, database, catalogue, metrics)
        await catalogue.install_builtin(settings.detention_sites)
        await catalogue.current()
        await _compile(catalogue)
        chores = [asyncio.create_task(catalogue.watch())]
        if settings.refresh_schedule or settings.lists_dir is not None:
            chores.append(asyncio.create_task(schedule.run(database, settings)))
        try:
            yield
        finally:
            for chore in chores:
                chore.cancel()
            await asyncio.gather(*chores, return_exceptions=True)
            await catalogue.close()
            await database.close()

    app = FastAPI(
        title="Karez",
        version=VERSION,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        dependencies=[Depends(only_known_parameters)],
        redirect_slashes=False,
    )
    app.state.metrics = metrics
    for room in (assessments, screenings, parties, separations, lists, policies, method, health):
        app.include_router(room.router)
    app.include_router(docs.router)
    app.mount("/docs", docs.static)
    errors.install(app)
    app.add_middleware(Surroundings, metrics=metrics, timeout=settings.request_timeout)
    app.openapi = lambda: openapi.document_of(app)  # type: ignore[method-assign]
    return app


async def _compile(catalogue: Catalogue) -> None:
    """Screen a few names before anybody asks: what the matcher compiles on its first use takes many seconds where no cache lies yet."""
    names = ("Yangli Saigon Garment JSC", "Xinjiang Public Security Bureau", "Wang Mingshan", "阿克苏棉纺有限公司")
    await screening.screen(
        catalogue, [{"name": name, "kind": kind} for name in names for kind in ("unknown", "person")]
    )
