"""The regular expressions of ECMAScript, which ``prgx`` takes, rewritten for ``re``.

The two notations agree on nearly everything. What differs: ``$`` is the end of the text
alone, classes have POSIX names (``[[:alpha:]]``), a ``[`` inside a set is a character, and
replacements name groups by ``$1``.
"""

from __future__ import annotations

import re

#: POSIX names of classes, as the inside of a set.
_POSIX = {
    "alpha": r"^\W\d_",  # a set of its own: it excludes
    "alnum": r"^\W_",
    "digit": r"\d",
    "d": r"\d",
    "space": r"\s",
    "s": r"\s",
    "w": r"\w",
    "blank": r" \t",
    "upper": "A-ZÀ-ÖØ-Þ",
    "lower": "a-zß-öø-ÿ",
    "xdigit": "0-9A-Fa-f",
    "punct": r"!-/:-@\[-`{-~",
    "cntrl": r"\x00-\x1f\x7f",
    "print": r"\x20-\x7e\xa0-\uffff",
    "graph": r"\x21-\x7e\xa1-\uffff",
}

_TOKEN = re.compile(
    r"""
    \\0(?!\d) | \\c[A-Za-z] | \\.   # escapes
    | \[\^?\]?                      # the start of a set
    | \$ | .
    """,
    re.VERBOSE | re.DOTALL,
)
_SET_PART = re.compile(r"\[:(\^?)(\w+):\]|\\b|\\.|\[|\]|.", re.DOTALL)


def translated(source: str) -> str:
    r"""Return an expression of ECMAScript in Python's notation.

    >>> translated(r"^\d+$"), translated("[[:digit:]_]")
    ('^\\d+\\Z', '[\\d_]')

    Raises:
        re.error: a set is not closed, or names an unknown class.
    """
    written = []
    position = 0
    while position < len(source):
        token = _TOKEN.match(source, position)
        assert token is not None  # the last alternative takes any character
        position = token.end()
        if token[0].startswith("["):
            text, position = _set(source, token.start())
            written.append(text)
        else:
            written.append(_alone(token[0]))
    return "".join(written)


def _alone(token: str) -> str:
    if token == "$":
        return r"\Z"
    if token == r"\0":
        return r"\x00"
    if token.startswith(r"\c") and len(token) == 3:
        return f"\\x{ord(token[2].upper()) - 64:02x}"
    return token


def _set(source: str, start: int) -> tuple[str, int]:
    """Return the set that opens at ``start``, and where it ends."""
    position = start + 1
    is_negated = source[position : position + 1] == "^"
    position += is_negated
    members: list[str] = []
    separate: list[str] = []
    while True:
        part = _SET_PART.match(source, position)
        if part is None:
            raise re.error("unterminated character set", source, start)
        position = part.end()
        if part[0] == "]":
            return _written_set("".join(members), separate, is_negated), position
        if part[2]:
            name = _class(part[2], source, part.start())
            (separate if name.startswith("^") else members).append(name)
        else:
            members.append({"[": r"\[", r"\b": r"\x08"}.get(part[0], part[0]))


def _class(name: str, source: str, position: int) -> str:
    if name not in _POSIX:
        raise re.error(f"unknown class [:{name}:]", source, position)
    return _POSIX[name]


def _written_set(members: str, separate: list[str], is_negated: bool) -> str:
    """Return a set; the classes that ``re`` can say only by exclusion stand beside it."""
    if not separate:
        if not members:
            return r"[\s\S]" if is_negated else "(?!)"
        return f"[{'^' if is_negated else ''}{members}]"
    alternatives = [f"[{name}]" for name in separate]
    alternatives += [f"[{members}]"] if members else []
    union = "|".join(alternatives)
    return f"(?:(?!{union})[\\s\\S])" if is_negated else f"(?:{union})"


_REFERENCE = re.compile(r"\$(?:(\$)|(&)|(`)|(')|(\d\d?))")


def filled(template: str, found: re.Match[str]) -> str:
    """Return a replacement with ``$1``, ``$&`` and the like filled in from a match.

    >>> filled("$2-$1", re.match("(a)(b)", "ab"))
    'b-a'
    """

    def value(reference: re.Match[str]) -> str:
        dollar, whole, before, after, number = reference.groups()
        if dollar:
            return "$"
        if whole:
            return found[0]
        if before:
            return found.string[: found.start()]
        if after:
            return found.string[found.end() :]
        index = int(number)
        return (found[index] or "") if index <= (found.re.groups) else ""

    return _REFERENCE.sub(value, template)
