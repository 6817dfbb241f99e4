"""Dates of the Advanced Sanctions Data Model: a period with a first and a last possible day, as the precision it stands for."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from app.errors import SourceChanged

from .partial_dates import partial, years_between
from .xml_stream import Node


def day_of(node: Node) -> date | None:
    """A ``Date``, ``From`` or ``To`` with year, month and day; None where it is empty. Raises ``SourceChanged`` for no day at all."""
    line = node.line
    node.attr("CalendarTypeID")
    parts = [node.value(name) for name in ("Year", "Month", "Day")]
    node.close()
    if not any(parts):
        return None
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        raise SourceChanged(f"line {line}: not a date") from None


def period_of(node: Node) -> tuple[str, ...]:
    """``DatePeriod`` as dates known to the day, month or year; every year of a longer one."""
    for name in ("CalendarTypeID", "YearFixed", "MonthFixed", "DayFixed"):
        node.attr(name)
    ends: list[date] = []
    for bound in ("Start", "End"):
        for holder in node.all(bound):
            for name in ("Approximate", "YearFixed", "MonthFixed", "DayFixed"):
                holder.attr(name)
            for side in ("From", "To"):
                ends += [day for child in holder.all(side) if (day := day_of(child)) is not None]
            holder.close()
    node.drop("Comment", "DurationMinimum", "DurationMaximum")
    node.close()
    return _precision(min(ends), max(ends)) if ends else ()


def _precision(first: date, last: date) -> tuple[str, ...]:
    if first == last:
        return (first.isoformat(),)
    months = (first.year, first.month) == (last.year, last.month)
    if months and first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        return (partial(first.year, first.month),)
    return years_between(first.year, last.year)
