"""JSON texts of LispE values, and back."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from lisptorch_compile.runtime.dictionaries import JsonDictionary
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.files import failure
from lisptorch_compile.runtime.symbols import Symbol
from lisptorch_compile.runtime.text import text
from lisptorch_compile.runtime.torch_presence import is_single_tensor
from lisptorch_compile.runtime.values import Integers, List, Numbers, Strings

# Blanks between two values; a text is passed over whole.
_BETWEEN_VALUES = re.compile(
    r'"(?:[^"\\]|\\.)*"|(?<=[\]}"\w])(?P<gap>\s+)(?=["\[{\w-])', re.DOTALL
)


def dumps(value: object) -> str:
    """Return ``value`` as compact JSON.

    nil is ``false``, an atom its name as a string, a cycle ``"#inf"``, a tensor its
    number or an array.

    >>> dumps({"a": [1, "x", True]})
    '{"a":[1,"x",true]}'
    """
    return _json(value, ())


def _json(value: Any, around: tuple[object, ...]) -> str:
    match value:
        case None | False:
            return "false"
        case True:
            return "true"
        case str():
            return json.dumps(value, ensure_ascii=False)
        case bytes():
            return json.dumps(value.decode(errors="replace"), ensure_ascii=False)
        case int():
            return str(value)
        case float() if not math.isfinite(value):
            raise LispError(f"Error: JSON has no number '{text(value)}'")
        case float():
            return repr(int(value)) if value.is_integer() else repr(value)
        case Symbol():
            return json.dumps(text(value), ensure_ascii=False)
    if is_single_tensor(value):
        return _json(value.item(), around)
    if any(value is outer for outer in around):
        return '"#inf"'
    inside = (*around, value)
    if isinstance(value, Mapping):
        entries = [
            f"{json.dumps(text(key), ensure_ascii=False)}:{_json(item, inside)}"
            for key, item in value.items()
        ]
        return "{" + ",".join(entries) + "}"
    if isinstance(value, set | frozenset):
        return _array(sorted(value, key=text), inside)
    if isinstance(value, Iterable):
        return _array(value, inside)
    return json.dumps(text(value), ensure_ascii=False)


def _array(items: Iterable[object], inside: tuple[object, ...]) -> str:
    return "[" + ",".join([_json(item, inside) for item in items]) + "]"


def parse(content: object) -> object:
    """Return the value that a JSON text describes.

    Arrays of numbers or of texts become typed lists; ``false`` and ``null`` nil. Commas may
    be left out, and texts may hold newlines.
    """
    if isinstance(content, bytes):
        content = content.decode(errors="replace")
    try:
        return _from_json(_loaded(text(content)))
    except ValueError as error:
        raise LispError(f"Error: not a JSON text: {error}") from error


def _loaded(content: str) -> object:
    try:
        return json.loads(content, strict=False)
    except ValueError:
        completed = _with_commas(content)
        if completed == content:
            raise
        return json.loads(completed, strict=False)


def _with_commas(content: str) -> str:
    """Return the text with a comma between values where only blanks are.

    >>> _with_commas('{"a":[1 2] "b":3}')
    '{"a":[1, 2], "b":3}'
    """
    return _BETWEEN_VALUES.sub(_comma_at_gap, content)


def _comma_at_gap(found: re.Match[str]) -> str:
    gap = found["gap"]
    return found[0] if gap is None else f",{gap}"


def _from_json(value: object) -> object:
    match value:
        case False:
            return None
        case list():
            return _list([_from_json(item) for item in value])
        case dict():
            return JsonDictionary(
                (key, _from_json(item)) for key, item in value.items()
            )
        case _:
            return value


def _list(items: list[object]) -> object:
    kinds = {type(item) for item in items}
    if kinds == {int} and all(-(2**63) <= item < 2**63 for item in items):  # type: ignore[operator]  # ints
        return Integers(items)
    if kinds == {float}:
        return Numbers(items)
    if kinds == {str}:
        return Strings(items)
    return List(items)


def read(path: object) -> object:
    """Return the value that a JSON file describes."""
    try:
        content = Path(text(path)).read_text(encoding="utf-8")
    except OSError as error:
        raise failure("Cannot read file", path) from error
    return parse(content)


def write(value: object, path: object) -> bool:
    """Write ``value`` as JSON into a file; true."""
    try:
        Path(text(path)).write_text(dumps(value), encoding="utf-8")
    except OSError as error:
        raise failure("Cannot write in file", path) from error
    return True


def dictionary(entries: Iterable[object] | None = None) -> dict[str, object]:
    """Return a dictionary, empty or of a list of keys and values in turn."""
    if entries is None:
        return JsonDictionary()
    if isinstance(entries, Mapping):
        return JsonDictionary((text(key), value) for key, value in entries.items())
    items = list(entries)
    if len(items) % 2:
        raise LispError("Error: wrong number of arguments for 'json_dictionary'")
    pairs = zip(items[::2], items[1::2], strict=True)
    return JsonDictionary((text(key), value) for key, value in pairs)
