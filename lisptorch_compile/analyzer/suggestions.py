"""Nearest known names, for the hints of unknown ones."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

from lisptorch_compile.diagnostics import Fix
from lisptorch_compile.forms import Symbol

#: How alike two names must be: 1 is the same, 0 has no letter in common.
_CUTOFF = 0.72

#: Letters of other alphabets, and dashes, that look like those of ASCII.
_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕһԛԝАВЕКМНОРСТХΑΒΕΖΗΙΚΜΝΟΡΤΥΧονı‐‑‒–—−",
    "aeopcyxijshqwABEKMHOPCTXABEZHIKMNOPTYXovi------",
)


def nearest(
    name: str, known: Iterable[str], limit: int = 3, *, cutoff: float = _CUTOFF
) -> list[str]:
    """Return the known names most like ``name``, the best first.

    A name that differs only in case, ``-`` or ``_``, or that looks the same, is the best
    of all.

    >>> nearest("torch_sofmax", ["torch_softmax", "torch_sin", "size"], 1)
    ['torch_softmax']
    """
    candidates = sorted(set(known) - {name})
    plain = _plain(name)
    same = [candidate for candidate in candidates if _plain(candidate) == plain]
    close = _close_matches(name, candidates, limit, cutoff)
    without_prefix = [c for c in candidates if c in (f"torch_{name}", f"tensor_{name}")]
    ordered = dict.fromkeys([*same, *without_prefix, *close])
    return list(ordered)[:limit]


def _close_matches(
    name: str, candidates: list[str], limit: int, cutoff: float
) -> list[str]:
    """Return what is about as like ``name`` as the name that is most like it."""
    close = difflib.get_close_matches(name, candidates, n=limit, cutoff=cutoff)
    ratios = [difflib.SequenceMatcher(None, each, name).ratio() for each in close]
    return [
        c for c, ratio in zip(close, ratios, strict=True) if ratio > ratios[0] - 0.08
    ]


def _plain(name: str) -> str:
    return in_ascii(name).lower().replace("-", "").replace("_", "")


def in_ascii(name: str) -> str:
    """Return the name with ASCII's characters for those that look like them.

    >>> in_ascii("（ѕizе"), in_ascii("λ")
    ('(size', 'λ')
    """
    if name.isascii():
        return name
    return unicodedata.normalize("NFKC", name).translate(_LOOK_ALIKES)


def odd_character(name: str) -> str | None:
    """Say which character of a name only looks like one of ASCII, None without one.

    >>> odd_character("tоtal"), odd_character("total")
    ('U+043E only looks like `o`', None)
    """
    for character in name:
        usual = in_ascii(character)
        if usual != character and usual.isascii():
            return f"U+{ord(character):04X} only looks like `{usual}`"
    return None


def suggestion(name: str, known: Iterable[str]) -> str | None:
    """Return the hint ``did you mean …?``, None when nothing is near.

    >>> suggestion("totl", ["total", "size"])
    'did you mean `total`?'
    """
    return did_you_mean(nearest(name, known))


def did_you_mean(names: Iterable[str]) -> str | None:
    """Return the hint that asks whether one of some names was meant, None for no names.

    >>> did_you_mean(["total", "totals"])
    'did you mean `total` or `totals`?'
    """
    quoted = [f"`{name}`" for name in names]
    if not quoted:
        return None
    if len(quoted) == 1:
        return f"did you mean {quoted[0]}?"
    return f"did you mean {', '.join(quoted[:-1])} or {quoted[-1]}?"


def replacements(symbol: Symbol, names: Iterable[str], text: str) -> list[Fix]:
    """Return the fixes that write one of some names, where ``text`` has the symbol itself
    and not, say, a macro that made it."""
    if text[symbol.span.start : symbol.span.end] != symbol.name:
        return []
    return [Fix(f"replace it by `{name}`", symbol.span, name) for name in names]


def nearest_members(name: str, known: Iterable[str]) -> list[str]:
    """Return what ``nump.pi`` may mean, by the known names that are like its first part.

    >>> nearest_members("nump.pi", ["numpy", "x"])
    ['numpy.pi']
    """
    root, dot, members = name.partition(".")
    if not root or not members:
        return []
    return [f"{near}{dot}{members}" for near in nearest(root, known)]
