"""Forms → core forms: composition dots, spellings of quote and lambda, macros, links, name
spaces.

``(sqrt . sum . iota 10)`` → ``(sqrt (sum (iota 10)))``, ``(λ(x) x)`` →
``(lambda (x) x)``, and a call of a macro → its template, filled in. Quoted forms and
``data@`` stay as they are. Nothing here is recursive, and nothing of the program is run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from lisptorch_compile.diagnostics import Diagnostic, Span, diagnose
from lisptorch_compile.forms import (
    COMPOUND,
    DictForm,
    Form,
    ListForm,
    Quote,
    SetForm,
    Symbol,
)
from lisptorch_compile.links import linked
from lisptorch_compile.macros import Macro, Rule, Users, names_in, parts_of
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

#: What stands for something else wherever it is called; the names of macros are others.
_REWRITTEN = frozenset({"defmacro", "quote", "λ", "\\"})

_Chain = tuple[str, ...]  # the macros whose expansions enclose a form, outermost first


def expand(forms: tuple[Form, ...]) -> tuple[tuple[Form, ...], tuple[Diagnostic, ...]]:
    """Return the forms to analyse, and what was wrong with dots and macros."""
    diagnostics: list[Diagnostic] = []
    forms = tuple(unpacked(linked(forms, diagnostics)))
    names = [names_in(form) for form in forms]
    definitions = _definitions(forms, names)
    macros = _macros(definitions, _users(forms, names, definitions), diagnostics)
    expander = _Expander(macros, definitions, diagnostics)
    expanded = [
        expander.expand(form, known)
        for form, known in zip(forms, names, strict=True)
        if id(form) not in definitions
    ]
    return tuple(expanded), tuple(diagnostics)


def nesting_depth(forms: Sequence[Form]) -> int:
    """Return the deepest nesting: macros can make a program deeper than its text."""
    depth = 0
    while forms := [form for form in forms if isinstance(form, COMPOUND)]:
        depth += 1
        forms = [part for form in forms for part in parts_of(form)]
    return depth


# --- macro definitions ------------------------------------------------------------


def _definitions(
    forms: tuple[Form, ...], names: Sequence[AbstractSet[str]]
) -> dict[int, ListForm]:
    """Return the definitions of macros by ``id`` and in source order, wherever code has
    one: LispE runs them while it reads. ``names`` are those in each form."""
    found: dict[int, ListForm] = {}
    for form, known in zip(forms, names, strict=True):
        if "defmacro" in known:
            found |= {id(definition): definition for definition in _defined_in(form)}
    return found


def _defined_in(form: Form) -> Iterator[ListForm]:
    pending = [form]
    while pending:
        form = pending.pop()
        if isinstance(form, ListForm) and _is_call_of(form, "defmacro"):
            yield form
        elif not _is_quoted(form):
            inner = [part for part in parts_of(form) if isinstance(part, COMPOUND)]
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


def _macros(
    definitions: dict[int, ListForm], users: Users, diagnostics: list[Diagnostic]
) -> dict[str, Macro]:
    """Return the macros, which hold for all of the program."""
    rules: dict[str, list[Rule]] = {}
    for form in definitions.values():
        match form:
            case ListForm((_, Symbol(name), ListForm() as pattern, template)):
                rules.setdefault(name, []).append(Rule.of(pattern, template))
            case _:
                diagnostics.append(diagnose("LT0123", form.span))
    return {name: Macro(name, tuple(own), users) for name, own in rules.items()}


def _users(
    forms: tuple[Form, ...],
    names: Sequence[AbstractSet[str]],
    definitions: dict[int, ListForm],
) -> Users:
    """Return, for each name, the macros whose definitions use it, and "" for other code."""
    users: dict[str, set[str]] = {}
    if not definitions:
        return users
    for form, known in zip(forms, names, strict=True):
        inside = names_in(form, definitions) if "defmacro" in known else known
        for name in inside:
            users.setdefault(name, set()).add("")
    for form in definitions.values():
        owner = form.items[1] if len(form.items) > 1 else form
        macro = owner.name if isinstance(owner, Symbol) else ""
        for name in names_in(form):
            users.setdefault(name, set()).add(macro)
    return users


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
    head: str  # the name that it begins with, if it does
    pending: list[Form]  # parts to expand, the next one last
    chain: _Chain
    done: list[Form] = field(default_factory=list)


class _Expander:
    def __init__(
        self,
        macros: dict[str, Macro],
        definitions: Mapping[int, ListForm],
        diagnostics: list[Diagnostic],
    ) -> None:
        self._macros = macros
        self._rewritten = _REWRITTEN | macros.keys()
        self._definitions = definitions
        self._diagnostics = diagnostics
        self._core: AbstractSet[int] = frozenset()  # forms in which nothing changes
        self._made = 0  # forms visited inside expansions
        self._gave_up = False

    def expand(self, form: Form, names: AbstractSet[str]) -> Form:
        """Return one top-level form expanded; the same object if nothing changes.

        ``names`` are those in it.
        """
        changing = {n for n in names if n in self._rewritten or _is_dots(n)}
        if not changing:
            return form
        self._core = _without(changing, form)
        root = _Frame(form, "", [form], ())
        frames = [root]
        while True:
            frame = frames[-1]
            if not frame.pending:
                frames.pop()
                if frame is root:
                    return frame.done[0]
                frames[-1].done.append(_rebuilt(frame))
                continue
            part = frame.pending.pop()
            if isinstance(part, COMPOUND) and id(part) not in self._core:
                self._visit(part, frame, frames)
            else:
                frame.done.append(part)

    def _visit(self, form: Form, frame: _Frame, frames: list[_Frame]) -> None:
        chain = frame.chain
        clause = frame.head == "switch" and _is_clause(form, frame.form)
        is_rule = frame.head in _PATTERN_FUNCTIONS
        match form:
            case ListForm() if clause:
                form = self._composed(form)
            case ListForm((Symbol("quote"), datum)):
                form = Quote(datum, form.span)
            case ListForm() if not (is_rule and _are_parameters(form, frame.form)):
                form = self._composed(form)
                form, chain = self._without_macros(form, chain)
        parts = _parts_to_expand(form, clause)
        if chain:
            self._made += len(parts)
        if any([isinstance(part, COMPOUND) for part in parts]):
            frames.append(_Frame(form, _head(form), list(parts[::-1]), chain))
        else:
            frame.done.append(form)

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


def _without(names: AbstractSet[str], form: Form) -> set[int]:
    """Return the ``id``s of the compound forms in ``form`` that hold none of the names."""
    compounds = [form]
    around = [0]  # by index
    holds = [False]
    for index, compound in enumerate(compounds):
        for part in parts_of(compound):
            if isinstance(part, COMPOUND):
                compounds.append(part)
                around.append(index)
                holds.append(False)
            elif isinstance(part, Symbol) and part.name in names:
                holds[index] = True
    for index in reversed(range(len(compounds))):
        if holds[index]:
            holds[around[index]] = True
    return {id(compounds[index]) for index, held in enumerate(holds) if not held}


def _call(items: list[Form]) -> Form:
    """Return what stands behind a dot: ``g a`` and ``g`` are calls, ``(g a)`` is one."""
    if len(items) == 1 and not isinstance(items[0], Symbol):
        return items[0]
    return ListForm(tuple(items), Span(items[0].span.start, items[-1].span.end))


def _head(form: Form) -> str:
    match form:
        case ListForm((Symbol(name), *_)):
            return name
        case _:
            return ""


def _is_dot(form: Form) -> bool:
    return isinstance(form, Symbol) and _is_dots(form.name)


def _is_dots(name: str) -> bool:
    return name[0] == "." and not name.strip(".")


def _dot_count(form: Form) -> int:
    return len(form.name) if isinstance(form, Symbol) else 0


def _elides(head: Form) -> bool:
    return isinstance(head, Symbol) and head.name in ELIDING


def _is_literal(head: Form) -> bool:
    return isinstance(head, Symbol) and head.name in _LITERAL


def _is_lambda(head: Form) -> bool:
    return isinstance(head, Symbol) and head.name in _LAMBDAS


def _are_parameters(form: Form, rule: Form) -> bool:
    """Tell whether ``form`` lists the patterns of a rule: no call, though its parts may
    hold some."""
    match rule:
        case ListForm((_, _, second, *_)):
            return second is form
        case _:
            return False


def _is_clause(form: Form, switch: Form) -> bool:
    """Tell whether ``form`` is a clause of a ``switch``: no call of what it begins with."""
    match switch:
        case ListForm((_, _, *clauses)):
            return any([form is clause for clause in clauses])
        case _:
            return False


def _parts_to_expand(form: Form, clause: bool) -> tuple[Form, ...]:
    """Return the parts of a form that are code."""
    match form:
        case ListForm((head, *_)) if not clause and _is_literal(head):
            return ()
        case ListForm(items) | SetForm(items):
            return items
        case DictForm(entries, False):
            return tuple([part for entry in entries for part in entry])
        case Quote(ListForm((head, *_)) as quoted) if _is_lambda(head):
            return (quoted,)
        case _:
            return ()


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
