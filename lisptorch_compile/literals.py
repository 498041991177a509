"""The text of Python literals, in the form that black leaves alone."""

from __future__ import annotations

import math
from types import EllipsisType

#: From this size on, decimal digits may exceed what ``int()`` accepts (4300 digits).
_DECIMAL_BITS = 14_000

LiteralValue = int | float | complex | str | bytes | bool | EllipsisType | None


def literal_text(value: LiteralValue) -> str:
    """Return the source text of ``value``.

    >>> literal_text("it's"), literal_text('say "hi"'), literal_text(1e16)
    ('"it\\'s"', '\\'say "hi"\\'', '1e16')
    """
    match value:
        case None | bool():
            return repr(value)
        case int():
            return integer_text(value)
        case float():
            return float_text(value)
        case complex():
            return complex_text(value)
        case str():
            return quoted(string_body(value))
        case bytes():
            return "b" + quoted(bytes_body(value))
        case EllipsisType():
            return "..."


def integer_text(value: int) -> str:
    """Write decimal digits, but hexadecimal ones where Python refuses so many."""
    if value.bit_length() < _DECIMAL_BITS:
        return repr(value)
    sign = "-" if value < 0 else ""
    return f"{sign}0x{abs(value):X}"


def float_text(value: float) -> str:
    """Write the shortest digits that read back as ``value``.

    Infinities and NaN have no literal: they become ``float("inf")`` and its kin.
    """
    if not math.isfinite(value):
        return f'float("{value!r}")'
    return repr(value).replace("e+", "e")


def complex_text(value: complex) -> str:
    """Write ``2j`` or ``1.0 + 2j``; parts that no sum gives back go to ``complex()``."""
    imaginary = abs(value.imag)
    if math.isfinite(value.real) and math.isfinite(imaginary):
        suffix = f"{_short(imaginary)}j"
        sign = "-" if math.copysign(1, value.imag) < 0 else "+"
        if _same(value, complex(0, value.imag)) and sign == "+":
            return suffix
        part = complex(0, imaginary)
        total = value.real - part if sign == "-" else value.real + part
        if _same(value, total):
            return f"{_short(value.real)} {sign} {suffix}"
    return f"complex({float_text(value.real)}, {float_text(value.imag)})"


def _same(left: complex, right: complex) -> bool:
    # repr tells -0.0 from 0.0, and makes NaN equal to itself
    return repr(left) == repr(right)


def _short(part: float) -> str:
    """Write a part of a complex number as repr does: ``2`` rather than ``2.0``."""
    text = float_text(part)
    return text if text == "-0.0" else text.removesuffix(".0")


def string_body(value: str) -> str:
    """Escape everything but the quotes, as ``repr`` does.

    Letters of all scripts stay; control characters, separators, bidirectional marks
    and lone surrogates become escapes.
    """
    # Next to a double quote and without single ones, repr escapes neither.
    return "'".join(repr('"' + part)[2:-1] for part in value.split("'"))


def bytes_body(value: bytes) -> str:
    return "'".join(repr(b'"' + part)[3:-1] for part in value.split(b"'"))


def quoted(body: str) -> str:
    """Put quotes around ``body``: double ones unless single ones save backslashes."""
    quote = '"' if body.count('"') <= body.count("'") else "'"
    return quote + body.replace(quote, "\\" + quote) + quote


def text_block(value: str) -> str | None:
    '''Write a text of several lines in triple quotes; None where that is no clearer.

    >>> print(text_block("1 2\\n3 4\\n"))
    """1 2
    3 4
    """
    >>> text_block("blank at the end \\n")
    '''
    lines = value.split("\n")
    if len(lines) < 2 or any([line != line.rstrip() for line in lines]):
        return None  # editors remove blanks at the ends of lines
    body = "\n".join([string_body(line) for line in lines])
    if '"""' in body or body.endswith('"') or "\\" in body:
        return None
    return f'"""{body}"""'


def docstring_text(text: str, indent: str) -> str:
    '''Write ``text`` as a docstring in triple quotes whose lines start at ``indent``.

    >>> print(docstring_text("One.\\n\\n  Two.", "    "))
    """One.
    <BLANKLINE>
        Two.
        """
    '''
    first, *rest = [line.rstrip() for line in text.strip().split("\n")]
    margin = min((_margin(line) for line in rest if line), default=0)
    lines = [first, *(indent + line[margin:] if line else "" for line in rest)]
    body = "\n".join(string_body(line) for line in lines)
    body = body.replace('"""', '\\"\\"\\"')
    if body.startswith('"'):
        body = " " + body
    if rest:
        return f'"""{body}\n{indent}"""'
    if body.endswith('"'):
        body += " "
    return f'"""{body}"""'


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())
