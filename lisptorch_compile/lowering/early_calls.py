"""Where a function takes over a variable of the file that has no value yet.

    (defun longest (words) (loop w words (check (> (size w) 4) (setq found w))) found)
    (setq found (longest '("elm" "maple")))

The ``found`` of ``longest`` is its own, but where no word is long it means the file's, so
that is copied before the loop (``analyzer/flow.py``). Here it has no value yet. What counts
is the order of the forms at the top level: whatever speaks of a function may call it, and
with it the functions that it speaks of.
"""

from __future__ import annotations

from enum import Enum, auto

from lisptorch_compile.facts import Facts
from lisptorch_compile.lowering.effects import assigned_by
from lisptorch_compile.lowering.order import Definition, Reached, defined_by
from lisptorch_compile.nodes import (
    Assign,
    ClassDef,
    Constant,
    Destructure,
    FunctionDef,
    Lambda,
    Load,
    Node,
    PatternFunction,
    Variable,
)
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import with_descendants


class HasValue(Enum):
    """Whether a variable of the file has a value when a function copies it."""

    ALWAYS = auto()
    SOMETIMES = auto()
    NEVER = auto()


_BEFORE_ALL = -1


def values_of_copies(facts: Facts) -> dict[int, HasValue]:
    """Return, by the ``id`` of each copy, whether what it copies has a value."""
    copies = [
        (form, node)
        for form in facts.body
        for node in with_descendants([form])
        if isinstance(node, Assign) and node.is_copy
    ]
    if not copies:
        return {}
    runs = _Runs(facts)
    return {
        id(node): runs.has_value(node.value.binding, form)
        for form, node in copies
        if isinstance(node.value, Variable)
    }


class _Runs:
    """When the forms of the top level set variables and use definitions, by their places."""

    def __init__(self, facts: Facts) -> None:
        self.places = {id(form): place for place, form in enumerate(facts.body)}
        self.set_at: dict[Binding, int] = {}  # surely: a form does just that
        self.may_be_set_at: dict[Binding, int] = {}  # by a part of a form
        self.first_use: dict[Binding, int] = {}
        self.last_use: dict[Binding, int] = {}
        reached = Reached(defined_by(facts.body))
        for place, form in enumerate(facts.body):
            self._note_settings(form, place)
            if isinstance(form, Definition):
                continue
            # a file that is loaded may call any function of the program
            loads = any([isinstance(node, Load) for node in with_descendants([form])])
            for used in reached.definitions if loads else reached.by(form):
                self.first_use.setdefault(used, place)
                self.last_use[used] = place
        kept = [name for name in reached.definitions if _is_kept(name, facts)]
        for form in facts.body:
            lambdas = [
                node for node in with_descendants([form]) if isinstance(node, Lambda)
            ]
            kept.extend([used for each in lambdas for used in reached.by(each)])
        for used in reached.with_those_of(kept):
            self.last_use[used] = len(facts.body)

    def _note_settings(self, form: Node, place: int) -> None:
        for node in with_descendants([form]):
            if isinstance(node, Constant):
                self._note(self.set_at, node, _BEFORE_ALL)
            elif node is form and isinstance(node, Assign | Destructure):
                self._note(self.set_at, node, place)
            elif isinstance(form, Definition):
                self._note(self.may_be_set_at, node, _BEFORE_ALL)
            else:
                self._note(self.may_be_set_at, node, place)

    def _note(self, table: dict[Binding, int], node: Node, place: int) -> None:
        for binding in assigned_by(node):
            table.setdefault(binding, place)

    def has_value(self, variable: Binding, form: Node) -> HasValue:
        """Tell whether a variable has a value whenever code of a top-level form runs."""
        surely = self.set_at.get(variable)
        perhaps = self.may_be_set_at.get(variable)
        comes_from_elsewhere = surely is None and perhaps is None
        if variable.kind is not BindingKind.GLOBAL or comes_from_elsewhere:
            return HasValue.ALWAYS
        first, last = self._uses(form)
        if surely is not None and surely < first:
            return HasValue.ALWAYS
        if (surely is None or last <= surely) and (perhaps is None or last < perhaps):
            return HasValue.NEVER
        return HasValue.SOMETIMES

    def _uses(self, form: Node) -> tuple[int, int]:
        """Return the places of the first and the last form that may run code of ``form``."""
        end = len(self.places)
        match form:
            case FunctionDef(binding) | PatternFunction(binding) | ClassDef(binding):
                return self.first_use.get(binding, end), self.last_use.get(binding, end)
            case _:
                return self.places[id(form)], end


def _is_kept(definition: Binding, facts: Facts) -> bool:
    """Tell whether a function may be called by what does not speak of it."""
    is_function = definition in facts.functions
    return not is_function or definition in facts.escaping | facts.called_outside
