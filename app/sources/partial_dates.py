"""Dates as lists print them (any precision, ranges, prose, spreadsheet serials) as dates known to the day, the month or the year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from app.errors import SourceChanged

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
            "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

EARLIEST, LATEST = 1800, 2100
LONGEST_RANGE = 15
"""Years between the ends of a range above which only the ends are kept: a match on any year would say nothing."""

SERIALS = range(LATEST + 1, 80_000)
"""Spreadsheet serial numbers read as days: 1 Oct 1905 to 11 Jan 2119; a bare number below is a year."""

_MONTH = r"(?P<month{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_YEAR = r"(?P<year{0}>(?:18|19|20)[0-9]{{2}})"
_SHAPES = re.compile(
    "|".join(
        (
            _YEAR.format(1) + r"-(?P<month1>[0-9]{1,2})-(?P<day1>[0-9]{1,2})(?![0-9])",
            r"(?P<day2>[0-9]{1,2})[/.\-](?P<month2>[0-9]{1,2})[/.\-]" + _YEAR.format(2) + "(?![0-9])",
            r"(?P<day3>[0-9]{1,2})(?:st|nd|rd|th)?\.?[ \-]*" + _MONTH.format(3) + r"\.?,?[ \-]*" + _YEAR.format(3),
            _MONTH.format(4) + r"\.?[ \-]*(?P<day4>[0-9]{1,2})(?:st|nd|rd|th)?,[ ]*" + _YEAR.format(4),
            _MONTH.format(5) + r"\.?,?[ \-]*(?:of )?" + _YEAR.format(5),
            _YEAR.format(6) + r"-(?P<month6>[0-9]{2})(?![0-9\-/])",
            r"(?P<month7>[0-9]{1,2})/" + _YEAR.format(7) + "(?![0-9])",
            r"(?P<decade>(?:18|19|20)[0-9]0)s(?![a-z])",
            _YEAR.format(8) + "(?![0-9])",
        )
    ),
    re.I,
)
_RANGE = re.compile(r"\s*(?:to|-|–|—|and|/)\s*(?:approximately |circa |c\. ?)?", re.I)
_BETWEEN = re.compile(r"(?:between|from)\s+(?:approximately |circa )?$", re.I)
_OTHER_CALENDAR = re.compile(r"\s*\(?\s*(?:hijri|shamsi|persian|lunar)", re.I)
_SHORT = re.compile(r"(?<![0-9])(?P<day>[0-9]{1,2})-(?P<month>[A-Za-z]{3})-(?P<year>[0-9]{2})(?![0-9])")


def partial(year: int, month: int | None = None, day: int | None = None) -> str:
    """``1964-01-05`` from numbers, as far as they are known (None or 0 is unknown); raises ``ValueError`` for no day of any calendar."""
    if not EARLIEST <= year <= LATEST:
        raise ValueError("a year outside the lists' time")
    if not month:
        return f"{year:04d}"
    if not day:
        if not 1 <= month <= 12:
            raise ValueError("no such month")
        return f"{year:04d}-{month:02d}"
    return date(year, month, day).isoformat()


def from_serial(number: float) -> str | None:
    """A spreadsheet's number as a day (1900 system), a bare year as a year, None for anything else."""
    if number != int(number):
        return None
    if EARLIEST <= number <= LATEST:
        return partial(int(number))
    if int(number) in SERIALS:
        return (date(1899, 12, 30) + timedelta(days=int(number))).isoformat()
    return None


def years_between(first: int, last: int) -> tuple[str, ...]:
    """Every year of a range, both ends included; only the ends of a very long one."""
    if last < first:
        first, last = last, first
    if last - first > LONGEST_RANGE:
        return (partial(first), partial(last))
    return tuple(partial(year) for year in range(first, last + 1))


def dates_in(text: str) -> tuple[str, ...]:
    """Every date a text names, each once, in order: ``a) Between 1956 and 1958; b) 12 Mar. 1960`` is four dates.

    A range of years is every year in it. A bare number of four or five digits may be a spreadsheet's serial. Dates of another calendar are left out.
    """
    plain = " ".join(text.replace("\xa0", " ").split())
    if re.fullmatch(r"[0-9]{4,5}(?:\.0)?", plain):
        day = from_serial(float(plain))
        return (day,) if day else ()
    return tuple(dict.fromkeys(_found(_long_years(plain))))


def _long_years(text: str) -> str:
    """``23-Apr-68`` with its century: a birth lies before this century unless the year says otherwise."""
    return _SHORT.sub(lambda m: f"{m['day']} {m['month']} 19{m['year']}", text)


def _found(text: str) -> Iterator[str]:
    last: tuple[re.Match[str], str] | None = None
    for match in _SHAPES.finditer(text):
        if match.start() and (text[match.start() - 1].isdigit() or text[match.start() - 1].isalpha()):
            continue
        if _OTHER_CALENDAR.match(text, match.end()):
            continue
        if match["decade"]:
            yield from years_between(int(match["decade"]), int(match["decade"]) + 9)
            continue
        day = _read(match)
        if day is None:
            continue
        if last is not None:
            between = text[last[0].end() : match.start()]
            if _is_range(text, last, day, between):
                yield from years_between(int(last[1][:4]), int(day[:4]))
        yield day
        last = (match, day)


def _is_range(text: str, last: tuple[re.Match[str], str], day: str, between: str) -> bool:
    """``1955-1958``, ``1963 to 1968``, ``between 1968 and 1970``: two years, not two alternatives."""
    if len(day) != 4 or len(last[1]) != 4 or not _RANGE.fullmatch(between):
        return False
    word = between.strip().lower()
    if word.startswith("and"):
        return _BETWEEN.search(text[: last[0].start()]) is not None
    return not word.startswith("/") or int(day) - int(last[1]) == 1


def _read(match: re.Match[str]) -> str | None:
    groups = {key.rstrip("12345678"): value for key, value in match.groupdict().items() if value is not None}
    month = groups.get("month", "")
    number = MONTHS.get(month.lower()) if month and not month.isdigit() else int(month or 0)
    day = int(groups.get("day", 0))
    try:
        return partial(int(groups["year"]), number, day)
    except ValueError:
        if number and day and number > 12 >= day:  # month first
            try:
                return partial(int(groups["year"]), day, number)
            except ValueError:
                return None
        return None


def exact_day(text: str, where: str, *, order: str = "ymd") -> date | None:
    """A whole date of a field that holds nothing else, None for an empty one; raises ``SourceChanged`` naming ``where``.

    ``order``: ``ymd`` for 2021-03-22, ``dmy`` for 22/03/2021 and 22-03-2021. A time and a time zone behind it are dropped.
    """
    plain = text.strip()
    if not plain:
        return None
    plain = re.sub(r"(?<=[0-9])(?:[T ][0-9:.]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?$", "", plain)
    parts = re.split(r"[-/.]", plain)
    try:
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError
        first, second, third = (int(part) for part in parts)
        return date(first, second, third) if order == "ymd" else date(third, second, first)
    except ValueError:
        raise SourceChanged(f"{where}: not a date as this list writes them") from None
