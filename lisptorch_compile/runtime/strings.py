"""Functions on texts: conversion, cutting, replacing, characters."""

from __future__ import annotations

import base64
import re
import string as alphabets
import unicodedata
from collections.abc import Iterable

from lisptorch_compile.runtime.containers import elements, texts
from lisptorch_compile.runtime.conversions import to_integer, to_text
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.symbols import Symbol
from lisptorch_compile.runtime.values import Integers, List, Shorts, Strings

Text = str | bytes


# --- conversion ---------------------------------------------------------------------------


def atom(name: object) -> Symbol:
    """Return the atom of a name."""
    return name if isinstance(name, Symbol) else Symbol(to_text(name))


def explode(text: object) -> List:
    """Return the atoms that the characters of a text name.

    >>> len(explode("abc"))
    3
    """
    return List([Symbol(character) for character in to_text(text)])


def to_bytes(value: object) -> bytes:
    """Return the UTF-8 bytes of the text of ``value``."""
    return value if isinstance(value, bytes) else to_text(value).encode()


def byte_values(value: object) -> Shorts:
    """Return the UTF-8 bytes of the text of ``value`` as numbers."""
    return Shorts(to_bytes(value))


def code_points(text: object) -> Integers:
    """Return the code points of a text.

    >>> list(code_points("ab"))
    [97, 98]
    """
    return Integers([ord(character) for character in to_text(text)])


def character(code: object) -> str:
    """Return the character of a code point, the text of a list of them."""
    if isinstance(code, Iterable) and not isinstance(code, Text):
        return "".join(character(item) for item in code)
    return chr(to_integer(code))


def byte_character(code: object) -> bytes:
    """Return one byte as a byte string."""
    return bytes([to_integer(code) & 0xFF])


def formatted(number: object, pattern: object) -> str:
    """Return ``number`` written as a C format says.

    >>> formatted(3.14159, "%.2f")
    '3.14'
    """
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise LispError("Error: expecting a number in 'stringf'")
    # C's length modifiers say nothing in Python.
    directive = re.sub(
        r"(%[-+ #0]*\d*(?:\.\d+)?)(?:hh|ll|[hlLqjzt])", r"\1", to_text(pattern)
    )
    try:
        return directive % number
    except (TypeError, ValueError) as error:
        raise LispError(f"Error: wrong format: '{to_text(pattern)}'") from error


_DIGITS = (
    alphabets.digits + alphabets.ascii_uppercase + alphabets.ascii_lowercase + "#@"
)


def convert_in_base(value: object, base: object, parse: object = None) -> str | int:
    """Return an integer written in a base up to 64; with ``parse``, read from it.

    >>> convert_in_base(36, 2), convert_in_base("100100", 2, True)
    ('100100', 36)
    """
    radix = to_integer(base)
    if radix < 2:
        raise LispError("Error: cannot convert to this base")
    if radix > len(_DIGITS):
        raise LispError("Error: Base too large")
    return (
        _read_in_base(to_text(value), radix) if parse else _write_in_base(value, radix)
    )


def _write_in_base(value: object, base: int) -> str:
    number = to_integer(value)
    rest, digits = abs(number), ""
    while rest:
        rest, digit = divmod(rest, base)
        digits = _DIGITS[digit] + digits
    return "-" + digits if number < 0 else digits


def _read_in_base(text: str, base: int) -> int:
    digits = text.removeprefix("-")
    if base <= 36:  # as long as no small letter is a digit of its own
        digits = digits.upper()
    number = 0
    for character in digits:
        digit = _DIGITS.find(character)
        if not 0 <= digit < base:
            raise LispError("Error: Cannot analyze this string in this base.")
        number = number * base + digit
    return -number if text.startswith("-") else number


def to_base64(value: object) -> str:
    """Return a text in base 64."""
    return base64.b64encode(to_bytes(value)).decode("ascii")


def from_base64(text: object) -> str:
    """Return the text that is written in base 64."""
    try:
        return base64.b64decode(to_bytes(text), validate=True).decode(errors="replace")
    except ValueError as error:
        raise LispError("Error: not a text in base 64") from error


# --- case and accents ---------------------------------------------------------------------


def upper(value: object) -> str:
    """Return the text of ``value`` in upper case."""
    return to_text(value).upper()


def lower(value: object) -> str:
    """Return the text of ``value`` in lower case."""
    return to_text(value).lower()


def without_accents(text: object) -> str:
    """Return a text without accents.

    >>> without_accents("été")
    'ete'
    """
    decomposed = unicodedata.normalize("NFD", to_text(text))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


# --- parts --------------------------------------------------------------------------------


def trim(value: object) -> str:
    """Return a text without the blanks at both ends."""
    return to_text(value).strip()


def trim_left(value: object) -> str:
    """Return a text without the blanks in front."""
    return to_text(value).lstrip()


def trim_right(value: object) -> str:
    """Return a text without the blanks at its end."""
    return to_text(value).rstrip()


def trim_zeros(text: object) -> str:
    """Return a number's text without the zeros that end its decimals.

    >>> trim_zeros("12.500"), trim_zeros("3.00"), trim_zeros("100")
    ('12.5', '3', '100')
    """
    content = to_text(text)
    return content.rstrip("0").rstrip(".") if "." in content else content


def left(text: object, count: object) -> str:
    """Return the first ``count`` characters."""
    return to_text(text)[: to_integer(count)]


def right(text: object, count: object) -> str:
    """Return the last ``count`` characters."""
    content = to_text(text)
    return content[max(0, len(content) - max(0, to_integer(count))) :]


def middle(text: object, start: object, count: object) -> str:
    """Return ``count`` characters from ``start`` on, fewer at the end of the text."""
    content, first = to_text(text), to_integer(start)
    if first < 0:
        first = max(0, len(content) + first)
    return content[first : first + max(0, to_integer(count))]


def split(text: object, separator: object = None) -> Strings:
    """Return the pieces between separators, without the empty ones.

    Without a separator a text is cut at its blanks, with an empty one into characters.

    >>> list(split("a,,b", ","))
    ['a', 'b']
    """
    content = to_text(text)
    if separator is None:
        return texts(content.split())
    pieces = _pieces(content, to_text(separator))
    return texts([piece for piece in pieces if piece] if "" in pieces else pieces)


def split_all(text: object, separator: object = None) -> Strings:
    """Return the pieces between separators, empty ones too.

    >>> list(split_all("a,,b", ","))
    ['a', '', 'b']
    """
    content = to_text(text)
    if separator is None:
        return texts(re.split(r"\s", content))
    return texts(_pieces(content, to_text(separator)))


def _pieces(content: str, separator: str) -> list[str]:
    return content.split(separator) if separator else list(content)


def ngrams(text: object, size: object) -> Strings:
    """Return all parts of a size.

    >>> list(ngrams("abcd", 2))
    ['ab', 'bc', 'cd']
    """
    content, length = to_text(text), to_integer(size)
    if length <= 0:
        raise LispError("Error: nb should be a positive value")
    last = len(content) - length
    return texts([content[i : i + length] for i in range(last + 1)])


def balanced_part(
    text: object, opening: object, closing: object, start: object = 0
) -> List | None:
    """Return the first balanced part with its start and end, or nil.

    >>> list(balanced_part("f(a(b)) c", "(", ")"))
    ['(a(b))', 1, 7]
    """
    content, opener, closer = to_text(text), to_text(opening), to_text(closing)
    begin = content.find(opener, to_integer(start)) if opener and closer else -1
    if begin < 0:
        return None
    end = _balanced_end(content, opener, closer, begin)
    return None if end is None else List([content[begin:end], begin, end])


def _balanced_end(content: str, opener: str, closer: str, begin: int) -> int | None:
    depth, position = 0, begin
    while position < len(content):
        if depth and content.startswith(closer, position):
            depth -= 1
            position += len(closer)
            if depth == 0:
                return position
        elif content.startswith(opener, position):
            depth += 1
            position += len(opener)
        else:
            position += 1
    return None


# --- making texts -------------------------------------------------------------------------


def join(items: object, separator: object = None) -> str:
    """Return the texts of the elements, with a separator between them.

    A dictionary gives ``key:value`` pairs, separated by commas if nothing else is said.

    >>> join(["a", 1, "b"], "/")
    'a/1/b'
    """
    if isinstance(items, dict):
        pairs = [f"{to_text(key)}:{to_text(value)}" for key, value in items.items()]
        return ("," if separator is None else to_text(separator)).join(pairs)
    if isinstance(items, Text) or not isinstance(items, Iterable):
        raise LispError("Error: 'join' can only be used for lists")
    between = "" if separator is None else to_text(separator)
    pieces = items if isinstance(items, list) else list(elements(items))
    if pieces and all(isinstance(item, bytes) for item in pieces):
        # together they may be characters, as those of `chrbyte` are
        return to_text(between.encode().join(pieces))
    try:
        return between.join(pieces)
    except TypeError:  # not all are texts
        return between.join([to_text(item) for item in pieces])


def replace(text: object, old: object, new: object, end: object = None) -> str:
    """Return a text with all occurrences of ``old`` replaced by ``new``.

    A fourth argument is the position from which on it is done, unless the third is a
    number, too: ``(text, replacement, start, end)`` replaces the characters between them.

    >>> replace("hello", "l", "x"), replace("hello", "J", 0, 1)
    ('hexxo', 'Jello')
    """
    if not isinstance(text, Text):
        raise LispError("Error: cannot apply 'replace' to this type of object")
    content = to_text(text)
    if end is None:
        return content.replace(to_text(old), to_text(new))
    if isinstance(new, Text):
        start = to_integer(end)
        return content[:start] + content[start:].replace(to_text(old), to_text(new))
    first, last = _bounds(len(content), to_integer(new), to_integer(end))
    return content[:first] + to_text(old) + content[last:]


def _bounds(length: int, first: int, last: int) -> tuple[int, int]:
    """Return two positions counted from the front; negative ones count from the end."""
    first = max(0, first + length) if first < 0 else first
    last = last + length if last < 0 else last
    if first >= length or last < first:
        raise LispError("Error: out of range")
    return first, last


def fill_in(pattern: object, *values: object) -> str:
    """Return ``pattern`` with ``%1`` … ``%9`` replaced by the texts of the values.

    >>> fill_in("%1-%2", "x", 3)
    'x-3'
    """

    def value(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        return to_text(values[index]) if index < len(values) else match[0]

    return re.sub(r"%([1-9])", value, to_text(pattern))


def repeated(text: object, count: object) -> str:
    """Return a text repeated.

    >>> repeated("ab", 3)
    'ababab'
    """
    return to_text(text) * to_integer(count)


def padded(text: object, character: object, width: object) -> str:
    """Return a text filled up on the right to a width, on the left to a negative one.

    >>> padded("7", "0", 3), padded("7", "0", -3)
    ('700', '007')
    """
    content, filler, length = to_text(text), to_text(character), to_integer(width)
    missing = abs(length) - len(content)
    if missing <= 0 or not filler:
        return content
    filling = (filler * missing)[:missing]
    return filling + content if length < 0 else content + filling


def edit_distance(text: object, other: object) -> int:
    """Return how many characters must change to make one text the other.

    >>> edit_distance("kitten", "sitting")
    3

    Source: Levenshtein's distance by the algorithm of Wagner and Fischer, 1974.
    """
    source, target = to_text(text), to_text(other)
    row = list(range(len(target) + 1))
    for i, source_character in enumerate(source, 1):
        diagonal, row[0] = row[0], i
        for j, target_character in enumerate(target, 1):
            substitution = diagonal + (source_character != target_character)
            diagonal = row[j]
            row[j] = min(row[j] + 1, row[j - 1] + 1, substitution)
    return row[-1]


# --- tests on texts -----------------------------------------------------------------------


def starts_with(text: object, prefix: object) -> bool:
    """Tell whether a text starts with another."""
    return to_text(text).startswith(to_text(prefix))


def ends_with(text: object, suffix: object) -> bool:
    """Tell whether a text ends with another."""
    return to_text(text).endswith(to_text(suffix))
