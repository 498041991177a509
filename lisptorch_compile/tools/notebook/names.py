"""Names that may be written in a cell, and what they hold."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sized
from types import ModuleType
from typing import Any

from IPython.core.interactiveshell import InteractiveShell

from lisptorch_compile.diagnostics import Span
from lisptorch_compile.records import record
from lisptorch_compile.runtime.text import text as printed
from lisptorch_compile.runtime.torch_presence import is_tensor
from lisptorch_compile.tools.notebook.cells import Cells
from lisptorch_compile.tools.services import (
    SymbolKind,
    analyzed,
    as_markdown,
    completions,
    hover,
)
from lisptorch_compile.tools.services.nesting import name_at, place_at

#: As many characters of a value are shown with its name.
_SHOWN = 400


@record
class Completed:
    """A name that may stand at ``span``: ``kind`` is what it is, or what it holds."""

    name: str
    kind: str
    signature: str
    span: Span


@record
class Inspected:
    """What is known of a name, as Markdown and as plain text."""

    markdown: str
    plain: str


def completed(cells: Cells, text: str, offset: int) -> list[Completed]:
    """Return what the name that ends at ``offset`` may become, the nearest first."""
    held = _variables(cells)
    found = []
    for item in completions(analyzed(text), offset, held):
        kind = item.kind.value
        if item.kind is SymbolKind.VARIABLE and item.label in held:
            kind = holding(held[item.label])
        found.append(Completed(item.label, kind, item.signature, item.span))
    return found


def inspected(cells: Cells, text: str, offset: int) -> Inspected | None:
    """Return what is known of the name at ``offset``, None if it is unknown."""
    start, end = name_at(text, offset)
    place = place_at(text, start)
    held = _variables(cells)
    name = text[start:end]
    if name in held and place.string is None and not place.comment:
        return _value(name, held[name])
    found = hover(analyzed(text), offset)
    if found is None:
        return None
    markdown = as_markdown(found.description)
    plain = "\n".join([*found.description.signatures, "", found.description.doc])
    return Inspected(markdown, plain.strip())


def _value(name: str, value: Any) -> Inspected:
    what = holding(value)
    shown = printed(value)
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
    documentation = inspect.getdoc(value) if callable(value) else None
    parts = [f"**{name}**: {what}", documentation or f"```text\n{shown}\n```"]
    return Inspected("\n\n".join(parts), f"{name}: {what}\n\n{documentation or shown}")


def _variables(cells: Cells) -> dict[str, Any]:
    """Return the variables of the program by the names that LispE has for them."""
    space = cells.shell.user_ns
    return {
        symbol: space[name]
        for symbol, name in cells.session.spelled().items()
        if not _is_of_shell(cells.shell, name, space[name])
    }


def _is_of_shell(shell: InteractiveShell, name: str, value: Any) -> bool:
    """Tell whether IPython put a name there: ``In``, ``_``, ``exit`` and their like."""
    hidden: Mapping[str, Any] = shell.user_ns_hidden
    return name.startswith("_") or (name in hidden and hidden[name] is value)


# --- what a variable holds ---------------------------------------------------------------


def holding(value: Any) -> str:
    """Return in a few words what a value is.

    >>> holding([1, 2, 3]), holding(2.5), holding({"a": 1})
    ('list of 3', 'float 2.5', 'dict of 1')
    """
    if is_tensor(value):
        return tensor_line(value)
    name = type(value).__name__
    match value:
        case bool() | int() | float() | complex():
            return f"{name} {printed(value)}"
        case ModuleType():
            return "module"
        case type():
            return "class"
        case Sized() if not callable(value) and not _is_module(value):
            return f"{name} of {len(value)}"
    if _is_module(value):
        count = sum(parameter.numel() for parameter in value.parameters())
        return f"{name} with {count:,} parameters"
    return "function" if callable(value) else name


def tensor_line(tensor: Any) -> str:
    """Return the shape, the dtype and, off the CPU, the device of a tensor."""
    shape = " × ".join(map(str, tensor.shape)) or "scalar"
    dtype = str(tensor.dtype).removeprefix("torch.")
    device = "" if tensor.device.type == "cpu" else f" {tensor.device}"
    return f"tensor {shape} {dtype}{device}"


def _is_module(value: Any) -> bool:
    return any(
        cls.__module__ == "torch.nn.modules.module" and cls.__name__ == "Module"
        for cls in type(value).__mro__
    )
