"""What the operators of LispE do, by their names: what atoms and `infix` call."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from lisptorch_compile.runtime.arithmetic import (
    add,
    divide,
    multiply,
    power,
    remainder,
    subtract,
)
from lisptorch_compile.runtime.operators import (
    compare,
    different,
    equal,
    equal_each,
    greater,
    greater_equal,
    less,
    less_equal,
    same,
    truth,
    unequal,
)

OPERATORS: dict[str, Callable[..., Any]] = {
    "or": lambda a, b: truth(a) or truth(b),
    "xor": lambda a, b: truth(a) != truth(b),
    "and": lambda a, b: truth(a) and truth(b),
    "=": equal,
    "!=": unequal,
    "==": equal_each,
    "<": less,
    "<=": less_equal,
    ">": greater,
    ">=": greater_equal,
    ">=<": compare,
    "eq": same,
    "neq": different,
    "|": operator.or_,
    "^": operator.xor,
    "&": operator.and_,
    "<<": operator.lshift,
    ">>": operator.rshift,
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "%": remainder,
    "^^": power,
    "**": power,
}
