"""The kernels as a Python programmer writes them."""

from dataclasses import dataclass


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def sum_to(n):
    total = 0
    i = 0
    while i < n:
        total += i
        i += 1
    return total


def sum_loop(n):
    total = 0
    for i in range(n):
        total += i
    return total


def sum_items(items, start):
    total = start
    for item in items:
        total = total + item
    return total


def squares(numbers):
    return [x * x for x in numbers if x > 10]


def combined(a, b):
    return [x * 2 + y for x, y in zip(a, b, strict=True)]


def length_of(items):
    match items:
        case []:
            return 0
        case [_, *rest]:
            return 1 + length_of(rest)


def worth(expression):
    """Evaluate ``["plus", 1, ["negative", 2]]``."""
    match expression:
        case int():
            return expression
        case ["plus", a, b]:
            return worth(a) + worth(b)
        case ["minus", a, b]:
            return worth(a) - worth(b)
        case ["times", a, b]:
            return worth(a) * worth(b)
        case ["negative", a]:
            return -worth(a)
    raise ValueError(expression)


def expression(depth):
    """The expression that the LispE program makes, with texts for its atoms."""
    if depth == 0:
        return 3
    name = ("plus", "minus", "times")[depth % 3]
    return [name, expression(depth - 1), ["negative", expression(depth - 1)]]


@dataclass(slots=True)
class Constant:
    value: int


@dataclass(slots=True)
class Sum:
    left: object
    right: object


@dataclass(slots=True)
class Product:
    left: object
    right: object


@dataclass(slots=True)
class Negated:
    operand: object


def result(term):
    """Evaluate ``Sum(Constant(1), Negated(Constant(2)))``."""
    match term:
        case Constant(n):
            return n
        case Sum(a, b):
            return result(a) + result(b)
        case Product(a, b):
            return result(a) * result(b)
        case Negated(a):
            return -result(a)
    raise ValueError(term)


def term(depth):
    """The term that the LispE program makes."""
    if depth == 0:
        return Constant(3)
    if depth % 2 == 0:
        return Product(Negated(term(depth - 1)), Constant(1))
    return Sum(term(depth - 1), term(depth - 1))
