"""What the catalogue says of a name, for people at a terminal and for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from rich.console import Console, Group
from rich.padding import Padding
from rich.text import Text

from lisptorch_compile.catalogue.foreign_words import in_lispe
from lisptorch_compile.tools.services import Description, describe, similar_names
from lisptorch_compile.tools.showing import coloured

#: Wider lines are hard to read.
_WIDTH = 100


def print_help(name: str) -> bool:
    """Print the page of a builtin; for an unknown name say what may be meant, and return
    False."""
    found = describe(name)
    if found is None:
        print(unknown(name), file=sys.stderr)
        return False
    console = Console(highlight=False)
    console = Console(highlight=False, width=min(_WIDTH, console.width))
    console.print(page(found))
    return True


def unknown(name: str) -> str:
    """Return what to say of a name that the catalogue does not have."""
    hint = in_lispe(name)
    if hint is not None:
        return f"lisptorch: there is no `{name}`: {hint}"
    names = similar_names(name)
    if not names:
        return f"lisptorch: there is no function or form `{name}`"
    return f"lisptorch: there is no `{name}`: did you mean {', '.join(names)}?"


def page(description: Description) -> Group:
    """Return a description as it is shown to a person."""
    title = Text.assemble(
        (description.name, "bold cyan"), (f"  {description.kind.value}", "dim")
    )
    return Group(title, *_parts(description))


def _parts(description: Description) -> Iterator[Padding | Text]:
    for signature in description.signatures:
        yield _indented(coloured(signature, "lispe"))
    yield Text()
    reason = description.unsupported
    if reason is None:
        yield _indented(Text(description.doc))
    else:
        yield _indented(Text(f"It cannot be compiled: {reason}.", "yellow"))
    sections = [("becomes", "\n".join(description.python), "python")]
    if description.example_python:
        sections.append(("example", description.example or "", "lispe"))
        sections.append(("becomes", description.example_python, "python"))
        sections.append(("prints", description.example_prints or "", "text"))
    for title, code, language in sections:
        if code:
            yield Text(f"\n{title}", "bold")
            yield _indented(coloured(code, language))
    if description.synonyms:
        synonyms = ", ".join(description.synonyms)
        yield Text.assemble(("\nalso ", "bold"), synonyms)


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 2), expand=False)


def as_json(description: Description) -> dict[str, Any]:
    """Return a description as plain data."""
    return {
        "name": description.name,
        "kind": description.kind.value,
        "signatures": list(description.signatures),
        "doc": description.doc,
        "synonyms": list(description.synonyms),
        "python": list(description.python),
        "example": description.example,
        "example_python": description.example_python,
        "example_prints": description.example_prints,
        "unsupported": description.unsupported,
    }
