"""Dates, and points in time to measure with."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, order=True)
class Date:
    """A local date and time to the second; the difference of two is in seconds."""

    lisp_type: ClassVar[str] = "date_"

    year: int
    month: int = 1
    day: int = 1
    hour: int = 0
    minute: int = 0
    second: int = 0

    def moment(self) -> datetime:
        """Return the same as Python's own date."""
        return datetime(
            self.year, self.month, self.day, self.hour, self.minute, self.second
        )

    def __sub__(self, other: Date) -> int:
        if not isinstance(other, Date):
            return NotImplemented
        return round((self.moment() - other.moment()).total_seconds())

    def __str__(self) -> str:
        return (
            f"{self.year:04}/{self.month:02}/{self.day:02}"
            f" {self.hour:02}:{self.minute:02}:{self.second:02}"
        )


@dataclass(frozen=True, slots=True, order=True)
class Chrono:
    """A point in time; the difference of two is in milliseconds."""

    lisp_type: ClassVar[str] = "chrono_"

    nanoseconds: int

    def __sub__(self, other: Chrono) -> float:
        if not isinstance(other, Chrono):
            return NotImplemented
        return (self.nanoseconds - other.nanoseconds) / 1e6

    def __str__(self) -> str:
        return f"{self.nanoseconds / 1e6:g}"


def chrono() -> Chrono:
    """Return the point in time that is now."""
    return Chrono(time.perf_counter_ns())


def now() -> Date:
    """Return the local date and time."""
    return _of(datetime.now())


def at_seconds(seconds: float) -> Date:
    """Return the local date that many seconds after the start of 1970 in UTC."""
    return _of(datetime.fromtimestamp(seconds))


def _of(moment: datetime) -> Date:
    return Date(
        moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second
    )


def year(date: Date, value: int | None = None) -> int | Date:
    """Return the year, or with a value the date with that year."""
    return date.year if value is None else _with(date, year=value)


def month(date: Date, value: int | None = None) -> int | Date:
    """Return the month from 1, or with a value the date with that month."""
    return date.month if value is None else _with(date, month=value)


def day(date: Date, value: int | None = None) -> int | Date:
    """Return the day of the month, or with a value the date with that day."""
    return date.day if value is None else _with(date, day=value)


def hour(date: Date, value: int | None = None) -> int | Date:
    """Return the hour, or with a value the date with that hour."""
    return date.hour if value is None else _with(date, hour=value)


def minute(date: Date, value: int | None = None) -> int | Date:
    """Return the minute, or with a value the date with that minute."""
    return date.minute if value is None else _with(date, minute=value)


def second(date: Date, value: int | None = None) -> int | Date:
    """Return the second, or with a value the date with that second."""
    return date.second if value is None else _with(date, second=value)


def _with(date: Date, **parts: int) -> Date:
    changed = replace(date, **{name: int(value) for name, value in parts.items()})
    changed.moment()  # raises when there is no such day
    return changed


def day_of_year(date: Date) -> int:
    """Return the number of the day in its year, from 0."""
    return date.moment().timetuple().tm_yday - 1


def day_of_week(date: Date) -> int:
    """Return the number of the day in its week, 0 being Sunday."""
    return date.moment().isoweekday() % 7
