"""Where a name means the file's variable, and where the function's own.

    (setq count 10)
    (defun step (reset) (println count) (if reset (setq count 0)) (+ count 1))

The first ``count`` in ``step`` is the file's. The last one is the function's own, which a
path without ``setq`` must fill from the file's: a copy at the join of the two paths. Only
names that a function sets and the file has, too, are followed (*shadows*).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum, auto

from lisptorch_compile.analyzer.form_parts import assigned_by, code_within
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.forms import Form
from lisptorch_compile.nodes import Assign, Node, Result, Variable
from lisptorch_compile.scope import Binding


class Reach(Enum):
    """Which assignments reach a place of the code."""

    UNSET = auto()  # none: the file's variable is meant
    MIXED = auto()  # some paths set it
    SET = auto()  # every path sets it


#: The reach of each shadow; None where the code cannot be reached (after ``return``).
State = dict[Binding, Reach] | None


class Flow:
    """Follows the shadows of one function while its body is analyzed.

    A first analysis finds the names that need copies (``mixed``); a second one, given
    them as ``copied``, puts the copies in.
    """

    def __init__(
        self,
        shadows: Mapping[Binding, Binding],
        copied: Collection[Binding] = (),
        set_by_lambdas: Collection[Binding] = (),
    ) -> None:
        self.shadows = dict(shadows)
        self.copied = copied
        self.set_by_lambdas = set_by_lambdas
        self.assignments = Assignments([binding.name for binding in shadows])
        self.mixed: set[Binding] = set()
        self.state: State = dict.fromkeys(shadows, Reach.UNSET)

    def assign(self, binding: Binding) -> None:
        if self.state is not None and binding in self.shadows:
            self.state[binding] = Reach.SET

    def read(self, binding: Binding) -> Binding:
        """Return the variable that a use of the name means here."""
        if self.state is None or binding not in self.shadows:
            return binding
        reach = self.state[binding]
        if reach is Reach.UNSET:
            return self.shadows[binding]
        if reach is Reach.MIXED:
            self.mixed.add(binding)
        return binding

    @contextmanager
    def inside_lambda(self, shadows: Mapping[Binding, Binding]) -> Iterator[None]:
        """Follow the shadows of a lambda, too, in its body; what flows after the lambda
        is what flowed before it."""
        before = self.fork()
        self.shadows.update(shadows)
        if self.state is not None:
            self.state.update(dict.fromkeys(shadows, Reach.UNSET))
        try:
            yield
        finally:
            self.state = before
            for binding in shadows:
                del self.shadows[binding]

    def fork(self) -> State:
        return None if self.state is None else dict(self.state)

    def leave(self) -> None:
        """Note that the code from here on is not reached."""
        self.state = None

    def enter(self, names: Iterable[Binding], span: Span) -> list[Node]:
        """Prepare for code that runs any number of times and sets ``names``.

        Returns the copies to make before it.
        """
        if self.state is None:
            return []
        copies: list[Node] = []
        for binding in names:
            if self.state.get(binding) is Reach.UNSET:
                if binding in self.copied:
                    copies.append(self.copy(binding, span))
                    self.state[binding] = Reach.SET
                else:
                    self.state[binding] = Reach.MIXED
        return copies

    def copy(self, binding: Binding, span: Span) -> Node:
        value = Variable(self.shadows[binding], span)
        return Assign(binding, value, Result.TRUE, span, is_copy=True)

    def join(self, states: list[State], span: Span) -> list[list[Node]]:
        """Go on where several paths meet; returns the copies at the end of each path."""
        copies: list[list[Node]] = [[] for _ in states]
        reached = [state for state in states if state is not None]
        if not reached:
            self.state = None
            return copies
        joined: dict[Binding, Reach] = {}
        for binding in self.shadows:
            reaches = {state[binding] for state in reached}
            joined[binding] = reaches.pop() if len(reaches) == 1 else Reach.MIXED
            if joined[binding] is not Reach.MIXED or binding not in self.copied:
                continue
            joined[binding] = Reach.SET
            for state, list_of_path in zip(states, copies, strict=True):
                if state is not None and state[binding] is Reach.UNSET:
                    list_of_path.append(self.copy(binding, span))
        self.state = joined
        return copies


class Assignments:
    """Which of some names a form may set; every form is looked at once."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(names)
        self._found: dict[int, frozenset[str]] = {}  # by the id of the form

    def within(self, forms: Iterable[Form]) -> frozenset[str]:
        """Return the names that code in ``forms`` may set, lambdas included."""
        result: frozenset[str] = frozenset()
        for form in forms:
            result |= self._of(form)
        return result

    def _of(self, form: Form) -> frozenset[str]:
        pending = [(form, False)]
        while pending:
            current, seen_within = pending.pop()
            if id(current) in self._found:
                continue
            inner = code_within(current)
            if seen_within:
                self._found[id(current)] = self._joined(current, inner)
            else:
                pending.append((current, True))
                pending.extend([(part, False) for part in inner])
        return self._found[id(form)]

    def _joined(self, form: Form, inner: Sequence[Form]) -> frozenset[str]:
        found = self.names.intersection(assigned_by(form))
        for part in inner:
            found |= self._found[id(part)]
        return found
