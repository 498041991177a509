"""Element-wise operations on typed lists of 10^6 against numpy's on the same memory."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from benchmarks.pairing import Ratio, paired
from lisptorch_compile.runtime import Floats, Integers, Numbers, Shorts, equal_each

_LENGTH = 10**6
_LIMIT = 2.0
_KINDS: tuple[Any, ...] = (Integers, Numbers, Floats, Shorts)
_OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}


def ratios() -> Iterator[Ratio]:
    """Yield a ratio for each kind of list, operation and kind of operand.

    A list that can grow is memory that is filled before numpy writes into it: that is the
    second pass that the limit allows. Shorts and integers need a third: numpy wraps what
    does not fit, so the bounds of each operand are looked at first.
    """
    for kind in _KINDS:
        name = kind.__name__.lower()
        first = kind([number % 100 for number in range(_LENGTH)])
        second = kind([number % 77 + 1 for number in range(_LENGTH)])
        for sign, operation in _OPERATIONS.items():
            yield _row(f"{name} {sign} {name}", operation, first, second)
            yield _row(f"{name} {sign} 3", operation, first, kind([3])[0])
        if kind in (Numbers, Floats):
            yield _row(f"{name} / {name}", operator.truediv, first, second)
        yield _equality(f"{name} == {name}", first, second)
    yield from _signed()


def _signed() -> Iterator[Ratio]:
    """Negative elements cost a second look at the bounds."""
    first = Integers([number % 100 - 50 for number in range(_LENGTH)])
    yield _row("integers + integers, negative ones", operator.add, first, first)


def _row(
    name: str, operation: Callable[[Any, Any], Any], left: Any, right: Any
) -> Ratio:
    return paired(
        name,
        partial(operation, left, right),
        partial(operation, _as_array(left), _as_array(right)),
        limit=_LIMIT,
        rounds=15,
        best_of=7,
    )


def _equality(name: str, left: Any, right: Any) -> Ratio:
    """LispE's ``==`` gives 1 and 0 as integers, so numpy's answers are made that, too."""
    import numpy as np

    a, b = _as_array(left), _as_array(right)
    return paired(
        name,
        lambda: equal_each(left, right),
        lambda: (a == b).astype(np.int64),
        limit=_LIMIT,
        rounds=15,
        best_of=7,
    )


def _as_array(operand: Any) -> Any:
    import numpy as np

    if isinstance(operand, int | float):
        return operand
    return np.frombuffer(operand, operand.typecode)
