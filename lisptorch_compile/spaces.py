"""Name spaces: ``(defspace geometry (defun area (r) …))`` defines ``geometry.area``.

A name space holds functions only, and which one a call means is known when compiling. So
definitions leave their ``defspace`` under a name that says where they come from, and the
analyzer looks for that name first where the space is in force.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lisptorch_compile.forms import Form, ListForm, Symbol

MAIN = "mainspace_"
#: The space of the variables that threads share.
THREAD = "thread"

_DEFINITIONS = frozenset(("defun", "dethread", "defpat", "defpred", "defprol"))


def qualified(space: str, name: str) -> str:
    """Return the name under which a function of a name space is known.

    >>> qualified("geometry", "area")
    'geometry.area'
    """
    return f"{space}.{name}"


def space_of(name: str) -> str | None:
    """Return the name space of a function, None for one of the file itself."""
    space, dot, _ = name.rpartition(".")
    return space if dot and space else None


def unpacked(forms: Sequence[Form]) -> Iterator[Form]:
    """Yield the forms of a file, with the contents of each ``defspace`` behind it."""
    for form in forms:
        match form:
            case ListForm((Symbol("defspace") as head, Symbol(space) as name, *inner)):
                yield ListForm((head, name), form.span if not inner else name.span)
                for definition in inner:
                    yield definition if space == MAIN else _moved(definition, space)
            case _:
                yield form


def _moved(form: Form, space: str) -> Form:
    match form:
        case ListForm((Symbol(kind) as head, Symbol(name, span), *rest)) if (
            kind in _DEFINITIONS
        ):
            moved = Symbol(qualified(space, name), span)
            return ListForm((head, moved, *rest), form.span)
        case _:
            return form
