"""Forms → core forms: composition dots, spellings of quote and lambda, macros, links, name
spaces.

``(sqrt . sum . iota 10)`` → ``(sqrt (sum (iota 10)))``, ``(λ(x) x)`` →
``(lambda (x) x)``, and a call of a macro → its template, filled in. Quoted forms and
``data@`` stay as they are. Nothing here is recursive, and nothing of the program is run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lisptorch_compile.diagnostics import Diagnostic, Span, diagnose
from lisptorch_compile.forms import (
    DictForm,
    Form,
    ListForm,
    Quote,
    SetForm,
    Symbol,
)
from lisptorch_compile.links import linked
from lisptorch_compile.macros import Macro, Rule, parts_of
from lisptorch_compile.spaces import unpacked
from lisptorch_compile.unread import unread

#: Expansions inside one another, and forms that all expansions of a file may give.
MAX_EXPANSION_DEPTH = 100
MAX_EXPANDED_FORMS = 500_000

#: Constructors whose items a text may leave out by ``...``.
ELIDING = frozenset({"list", "integers", "shorts", "floats", "numbers", "strings"})

_LAMBDAS = frozenset({"lambda", "λ", "\\"})
_LITERAL = frozenset({"quote", "data@", "data"})
_PATTERN_FUNCTIONS = frozenset({"defpat", "defpred", "defprol"})

_COMPOUND = (ListForm, Quote, SetForm, DictForm)

_Chain = tuple[str, ...]  # the macros whose expansions enclose a form, outermost first


def expand(forms: tuple[Form, ...]) -> tuple[tuple[Form, ...], tuple[Diagnostic, ...]]:
    """Return the forms to analyse, and what was wrong with dots and macros."""
    diagnostics: list[Diagnostic] = []
    forms = tuple(unpacked(linked(forms, diagnostics)))
    macros, definitions = _collect_macros(forms, diagnostics)
    expander = _Expander(macros, definitions, diagnostics)
    program = [form for form in forms if id(form) not in definitions]
    expanded = tuple([expander.expand(form) for form in program])
    return expanded, tuple(diagnostics)


def nesting_depth(forms: tuple[Form, ...]) -> int:
    """Return the deepest nesting: macros can make a program deeper than its text."""
    deepest = 0
    pending: list[tuple[Form, int]] = [(form, 0) for form in forms]
    while pending:
        form, depth = pending.pop()
        if isinstance(form, _COMPOUND):
            depth += 1
            deepest = max(deepest, depth)
            pending.extend([(part, depth) for part in parts_of(form)])
    return deepest


# --- macro definitions ------------------------------------------------------------


def _definitions(forms: tuple[Form, ...]) -> Iterator[ListForm]:
    """Yield the definitions of macros in source order, wherever code has one: LispE runs
    them while it reads."""
    pending: list[Form] = list(reversed(forms))
    while pending:
        form = pending.pop()
        if isinstance(form, ListForm) and _is_call_of(form, "defmacro"):
            yield form
        elif not _is_quoted(form):
            inner = [part for part in parts_of(form) if isinstance(part, _COMPOUND)]
            pending.extend(reversed(inner))


def _is_quoted(form: Form) -> bool:
    """Tell whether what is in a form is no code."""
    match form:
        case ListForm((head, *_)):
            return _is_literal(head)
        case Quote(ListForm((head, *_))):
            return not _is_lambda(head)
        case _:
            return isinstance(form, Quote)


def _collect_macros(
    forms: tuple[Form, ...], diagnostics: list[Diagnostic]
) -> tuple[dict[str, Macro], frozenset[int]]:
    """Return the macros, which hold for all of the program, and their definitions' ids."""
    rules: dict[str, list[Rule]] = {}
    definitions = list(_definitions(forms))
    for form in definitions:
        match form:
            case ListForm((_, Symbol(name), ListForm() as pattern, template)):
                rules.setdefault(name, []).append(Rule.of(pattern, template))
            case _:
                diagnostics.append(diagnose("LT0123", form.span))
    mentioned = _mentioned(forms, definitions) if rules else {}
    macros = {
        name: Macro(name, tuple(own), _used_elsewhere(name, mentioned))
        for name, own in rules.items()
    }
    return macros, frozenset([id(form) for form in definitions])


def _mentioned(
    forms: tuple[Form, ...], definitions: list[ListForm]
) -> dict[str, frozenset[str]]:
    """Return the names in the definitions of each macro, and, for "", in all other code."""
    inside = {id(form): form.items[1] for form in definitions if len(form.items) > 1}
    found: dict[str, set[str]] = {"": set()}
    pending: list[tuple[Form, str]] = [(form, "") for form in forms]
    while pending:
        form, owner = pending.pop()
        name = inside.get(id(form))
        if isinstance(name, Symbol):
            owner = name.name
        names = found.setdefault(owner, set())
        if isinstance(form, Symbol):
            names.add(form.name)
        for part in parts_of(form):
            if isinstance(part, Symbol):
                names.add(part.name)
            elif isinstance(part, _COMPOUND):
                pending.append((part, owner))
    return {owner: frozenset(names) for owner, names in found.items()}


def _used_elsewhere(name: str, mentioned: dict[str, frozenset[str]]) -> frozenset[str]:
    others = [names for owner, names in mentioned.items() if owner != name]
    return frozenset().union(*others)


def _is_call_of(form: Form, name: str) -> bool:
    return (
        isinstance(form, ListForm)
        and len(form.items) > 0
        and isinstance(form.items[0], Symbol)
        and form.items[0].name == name
    )


# --- expansion --------------------------------------------------------------------


@dataclass(slots=True)
class _Frame:
    """A form whose parts are being expanded."""

    form: Form
    pending: list[Form]  # parts to expand, the next one last
    chain: _Chain
    done: list[Form] = field(default_factory=list)


class _Expander:
    def __init__(
        self,
        macros: dict[str, Macro],
        definitions: frozenset[int],
        diagnostics: list[Diagnostic],
    ) -> None:
        self._macros = macros
        self._definitions = definitions
        self._diagnostics = diagnostics
        self._made = 0  # forms visited inside expansions
        self._gave_up = False

    def expand(self, form: Form) -> Form:
        """Return one top-level form expanded; the same object if nothing changes."""
        root = _Frame(form, [form], ())
        frames = [root]
        while True:
            frame = frames[-1]
            if frame.pending:
                self._visit(frame.pending.pop(), frame, frames)
                continue
            frames.pop()
            if frame is root:
                return frame.done[0]
            frames[-1].done.append(_rebuilt(frame))

    def _visit(self, form: Form, frame: _Frame, frames: list[_Frame]) -> None:
        chain = frame.chain
        if chain:
            self._made += 1
        clause = _is_clause(form, frame.form)
        match form:
            case ListForm() if clause:
                form = self._composed(form)
            case ListForm((Symbol("quote"), datum)):
                form = Quote(datum, form.span)
            case ListForm() if not _are_parameters(form, frame.form):
                form = self._composed(form)
                form, chain = self._without_macros(form, chain)
        match form:
            case ListForm(items):
                parts = items if clause else _code_parts(items)
            case SetForm(items):
                parts = items
            case DictForm(entries, False):
                parts = tuple([part for entry in entries for part in entry])
            case Quote(ListForm(items) as quoted) if items and _is_lambda(items[0]):
                parts = (quoted,)
            case _:
                frame.done.append(form)
                return
        if all(not isinstance(part, _COMPOUND) for part in parts):
            frame.done.append(form)
        else:
            frames.append(_Frame(form, list(reversed(parts)), chain))

    def _without_macros(self, form: Form, chain: _Chain) -> tuple[Form, _Chain]:
        """Replace a macro call by what it stands for, until it stands for no call."""
        while isinstance(form, ListForm) and form.items and self._macros:
            head = form.items[0]
            macro = self._macros.get(head.name) if isinstance(head, Symbol) else None
            if macro is None:
                break
            expansion = self._expansion(macro, form, chain)
            if expansion is None:
                return Symbol("nil", form.span), chain
            chain = (*chain, macro.name)
            form = expansion
            if isinstance(form, ListForm):
                form = self._composed(form)
        if id(form) in self._definitions:
            return Symbol("nil", form.span), chain
        if _is_call_of(form, "defmacro"):
            self._diagnostics.append(diagnose("LT0124", form.span))
            return Symbol("nil", form.span), chain
        return form, chain

    def _expansion(self, macro: Macro, call: ListForm, chain: _Chain) -> Form | None:
        if self._gave_up:
            return None
        if len(chain) >= MAX_EXPANSION_DEPTH or self._made > MAX_EXPANDED_FORMS:
            self._gave_up = True
            self._diagnostics.append(diagnose("LT0903", call.span, name=macro.name))
            return None
        expansion = macro.expansion(call, chain.count(macro.name))
        if expansion is None:
            calls = [_usage(macro.name, rule) for rule in macro.rules[:3]]
            self._diagnostics.append(
                diagnose("LT0125", call.span, name=macro.name, usage=" or ".join(calls))
            )
        return expansion

    def _composed(self, form: ListForm) -> ListForm:
        """``(f a . g b)`` → ``(f a (g b))``; a spelling of lambda → ``lambda``."""
        items = form.items
        if not items:
            return form
        head = items[0]
        if isinstance(head, Symbol) and head.name in ("λ", "\\"):
            items = (Symbol("lambda", head.span), *items[1:])
            form = ListForm(items, form.span)
        dots = [index for index, item in enumerate(items) if _is_dot(item)]
        if not dots or _is_literal(head) or dots == [0] and _dot_count(head) == 1:
            return form
        if _elides(head) and all(_dot_count(items[index]) > 2 for index in dots):
            return form  # (integers 1 2 ...): for the analyzer to warn of
        return ListForm(self._nested(items), form.span)

    def _nested(self, items: tuple[Form, ...]) -> tuple[Form, ...]:
        """Cut ``items`` at the dots; each part is the last argument of the one before."""
        parts: list[list[Form]] = [[items[0]]]
        self._check_dots(items)
        for item in items[1:]:
            if _is_dot(item):
                parts.append([])
            else:
                parts[-1].append(item)
        first, *others = [part for part in parts if part]
        argument: list[Form] = []
        for part in reversed(others):
            argument = [_call(part + argument)]
        return (*first, *argument)

    def _check_dots(self, items: tuple[Form, ...]) -> None:
        for index, item in enumerate(items):
            if not _is_dot(item):
                continue
            if _dot_count(item) > 1 or index and _is_dot(items[index - 1]):
                self._diagnostics.append(diagnose("LT0108", item.span))
                return
        if len(items) > 1 and _is_dot(items[-1]):
            self._diagnostics.append(diagnose("LT0121", items[-1].span))


def _call(items: list[Form]) -> Form:
    """Return what stands behind a dot: ``g a`` and ``g`` are calls, ``(g a)`` is one."""
    if len(items) == 1 and not isinstance(items[0], Symbol):
        return items[0]
    return ListForm(tuple(items), Span(items[0].span.start, items[-1].span.end))


def _is_dot(form: Form) -> bool:
    return isinstance(form, Symbol) and form.name[0] == "." and not form.name.strip(".")


def _dot_count(form: Form) -> int:
    return len(form.name) if isinstance(form, Symbol) else 0


def _elides(head: Form) -> bool:
    return isinstance(head, Symbol) and head.name in ELIDING


def _is_literal(head: Form) -> bool:
    return isinstance(head, Symbol) and head.name in _LITERAL


def _is_lambda(head: Form) -> bool:
    return isinstance(head, Symbol) and head.name in _LAMBDAS


def _are_parameters(form: ListForm, definition: Form) -> bool:
    """Tell whether ``form`` lists the patterns of a rule: no call, though its parts may
    hold some."""
    match definition:
        case ListForm((Symbol(head), _, second, *_)):
            return second is form and head in _PATTERN_FUNCTIONS
        case _:
            return False


def _is_clause(form: Form, around: Form) -> bool:
    """Tell whether ``form`` is a clause of a ``switch``: no call of what it begins with."""
    match around:
        case ListForm((Symbol("switch"), subject, *clauses)) if form is not subject:
            return any([form is clause for clause in clauses])
        case _:
            return False


def _code_parts(items: tuple[Form, ...]) -> tuple[Form, ...]:
    """Return the items of a list that are code."""
    if not items or not isinstance(items[0], Symbol):
        return items
    return () if items[0].name in _LITERAL else items


def _rebuilt(frame: _Frame) -> Form:
    """Return the form with its expanded parts."""
    done, form = frame.done, frame.form
    match form:
        case ListForm(items):
            start = len(items) - len(done)
            if all(new is old for new, old in zip(done, items[start:], strict=True)):
                return form
            return ListForm((*items[:start], *done), form.span)
        case SetForm():
            return SetForm(tuple(done), form.span)
        case DictForm(_, constant):
            entries = tuple(zip(done[::2], done[1::2], strict=True))
            return DictForm(entries, constant, form.span)
        case _:
            return Quote(done[0], form.span)


def _usage(name: str, rule: Rule) -> str:
    return unread(
        ListForm(
            (Symbol(name, rule.pattern.span), *rule.pattern.items), rule.pattern.span
        )
    )
