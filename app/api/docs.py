"""The docs page, from our own assets under a strict content security policy."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from starlette.responses import FileResponse, RedirectResponse
from starlette.staticfiles import StaticFiles

ASSETS = Path(__file__).parent / "assets"
router = APIRouter(include_in_schema=False)
static = StaticFiles(directory=ASSETS)


@router.get("/")
async def root() -> RedirectResponse:
    """Whoever opens the bare address in a browser lands on the docs page."""
    return RedirectResponse("docs")


@router.get("/docs")
async def docs() -> FileResponse:
    """The page; its scripts and styles lie beside it under /docs/."""
    return FileResponse(ASSETS / "index.html", media_type="text/html")
