"""The one place that asks what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """This day, in UTC."""
    return now().date()


def written(moment: datetime) -> str:
    """A moment in UTC as answers write it: ISO 8601, ending in ``Z``."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
