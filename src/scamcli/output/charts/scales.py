"""Choose the round numbers and dates of an axis, and which of its labels have room."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

from scamcli.language import dates
from scamcli.language.wording.bounds import render_number
from scamcli.output.charts.text_width import width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.language.wording.bounds import Number

GAP = 8.0
"""The least distance between two labels of an axis."""
_LEAST, _MOST = 1e-9, 1e300
"""The numbers between which axes end, so that their arithmetic stays finite."""
_MONTHS = tuple(month[:3] for month in dates.MONTHS)
_UNITS = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_LARGEST_NAMED = 10**15
_STEPS_IN_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)
_STEPS_IN_DAYS = (1, 2, 5, 10)
Tick = tuple[int, str]
"""The ordinal of a day, and its label."""


def ticks(largest: Number, most: int = 5) -> list[Number]:
    """Return round numbers from 0 that are evenly spaced; the last is at least ``largest``."""
    if largest < _LEAST:
        return [0, 1]
    top = float(min(largest, _MOST))
    power = 10.0 ** math.floor(math.log10(top / most))
    step = next(power * factor for factor in (1, 2, 5, 10, 20) if power * factor * most >= top)
    if isinstance(largest, int):
        step = max(step, 1.0)
    count = max(math.ceil(top / step - 1e-9), 1)
    whole = step >= 1
    return [round(step * place) if whole else round(step * place, 12) for place in range(count + 1)]


def short_number(amount: Number) -> str:
    """Return a number for an axis, ``1,500`` or ``2.5 million``, rounded down so that it stays a lower bound."""
    if amount >= _LARGEST_NAMED:
        digits = str(int(amount))
        return f"{digits[0]}e{len(digits) - 1}"
    for size, name in _UNITS:
        if amount >= size:
            return f"{math.floor(amount / size * 1000) / 1000:g} {name}"
    return render_number(amount)


def days(start: int, end: int, width: float, size: float) -> list[Tick]:
    """Return the labelled days of an axis of time, as close as their labels allow. Both ends are ordinals of days."""
    per_day = width / max(end - start, 1)
    for step in _STEPS_IN_DAYS:
        found = list(_every_days(start, end, step)) if (end - start) / step < 60 else []
        if found and step * per_day >= width_of("30 Sep 2022", size) + GAP:
            return found
    for months in _STEPS_IN_MONTHS:
        widest = width_of("Sep 2022" if months < 12 else "2022", size)
        if months * 28 * per_day >= widest + GAP:
            return list(_every_months(start, end, months)) or list(_every_days(start, end, end - start or 1))
    return []


def _every_days(start: int, end: int, step: int) -> Iterator[Tick]:
    for day in range(start, end + 1, step):
        found = date.fromordinal(day)
        yield day, f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def _every_months(start: int, end: int, step: int) -> Iterator[Tick]:
    first = date.fromordinal(start)
    month = first.year * 12 + first.month - 1
    month += -month % step
    while month // 12 <= date.max.year:
        day = date(max(month // 12, 1), month % 12 + 1, 1)
        if day.toordinal() > end:
            return
        if day.toordinal() >= start:
            yield day.toordinal(), str(day.year) if step >= 12 else f"{_MONTHS[day.month - 1]} {day.year}"
        month += step


def every(labels: Sequence[str], room: float, size: float) -> int:
    """Return N such that every Nth of evenly spaced labels fits; ``room`` is the distance between neighbours."""
    widest = max((width_of(label, size) for label in labels), default=0.0) + GAP
    least = max(math.ceil(widest / room), 1) if room > 0 else len(labels)
    return next((step for step in _STEPS_IN_MONTHS if step >= least), least)
