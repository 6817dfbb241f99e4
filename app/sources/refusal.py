"""The document's name in front of what its reader says is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import SourceChanged


@contextmanager
def named_document(name: str) -> Iterator[None]:
    """Put ``name`` before every ``SourceChanged`` raised inside that does not say it already."""
    try:
        yield
    except SourceChanged as error:
        if str(error).startswith(name):
            raise
        raise SourceChanged(f"{name}: {error}") from error
