"""Dates, and points in time to measure with."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from lisptorch_compile.runtime.conversions import to_integer
from lisptorch_compile.runtime.errors import LispError


@dataclass(slots=True, order=True)
class Date:
    """A local date and time to the second; the difference of two is in seconds.

    Setting a part, ``(year d 2025)``, changes the date itself.
    """

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


def date_of(
    year: object,
    month: object = -1,
    day: object = -1,
    hour: object = -1,
    minute: object = -1,
    second: object = -1,
) -> Date:
    """Return a date of its parts; those that are -1 are those of now.

    Raises:
        ValueError: there is no such day.
    """
    date = now()
    parts = dict(zip(_PARTS, (year, month, day, hour, minute, second), strict=True))
    return _changed(date, {name: to_integer(part) for name, part in parts.items()})


_PARTS = ("year", "month", "day", "hour", "minute", "second")


def year(date: object, value: object = -1) -> int | Date:
    """Return the year, or set it and return the date."""
    return _part(date, "year", value)


def month(date: object, value: object = -1) -> int | Date:
    """Return the month from 1, or set it and return the date."""
    return _part(date, "month", value)


def day(date: object, value: object = -1) -> int | Date:
    """Return the day of the month, or set it and return the date."""
    return _part(date, "day", value)


def hour(date: object, value: object = -1) -> int | Date:
    """Return the hour, or set it and return the date."""
    return _part(date, "hour", value)


def minute(date: object, value: object = -1) -> int | Date:
    """Return the minute, or set it and return the date."""
    return _part(date, "minute", value)


def second(date: object, value: object = -1) -> int | Date:
    """Return the second, or set it and return the date."""
    return _part(date, "second", value)


def _part(date: object, name: str, value: object) -> int | Date:
    known, number = _date(date, name), to_integer(value)
    if number == -1:
        part: int = getattr(known, name)
        return part
    return _changed(known, {name: number})


def _changed(date: Date, parts: dict[str, int]) -> Date:
    """Set the parts that are not -1; nothing changes if there is no such date."""
    replace(date, **{name: part for name, part in parts.items() if part != -1}).moment()
    for name, part in parts.items():
        if part != -1:
            setattr(date, name, part)
    return date


def _date(value: object, function: str) -> Date:
    if not isinstance(value, Date):
        raise LispError(f"Error: wrong type for '{function}'")
    return value


def day_of_year(date: object) -> int:
    """Return the number of the day in its year, from 0."""
    return _date(date, "yearday").moment().timetuple().tm_yday - 1


def day_of_week(date: object) -> int:
    """Return the number of the day in its week, 0 being Sunday."""
    return _date(date, "weekday").moment().isoweekday() % 7
