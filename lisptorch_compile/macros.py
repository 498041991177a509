"""``defmacro``: patterns on forms, and templates that are filled in, never run."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from lisptorch_compile.diagnostics import Span
from lisptorch_compile.forms import (
    COMPOUND,
    DictForm,
    Form,
    ListForm,
    Number,
    Quote,
    SetForm,
    String,
    Symbol,
)
from lisptorch_compile.records import record
from lisptorch_compile.unread import unread

#: What a variable of a pattern took: a form, or the forms of ``$ rest``.
Captured = dict[str, Form | tuple[Form, ...]]

#: By each name of a program, the macros whose definitions use it, and "" for other code.
Users = Mapping[str, AbstractSet[str]]

_BIND_SECOND = frozenset({"setq", "loop", "lloop", "lambda", "λ", "\\"})


@record
class Rule:
    """One ``(defmacro name pattern template)``."""

    pattern: ListForm
    template: Form
    binders: frozenset[str]  # names that the template itself binds

    @classmethod
    def of(cls, pattern: ListForm, template: Form) -> Rule:
        return cls(pattern, template, _binders(template) - _variables(pattern))


@record
class Macro:
    """All rules of one name, in the order in which they are tried."""

    name: str
    rules: tuple[Rule, ...]
    users: Users  # of the program

    def expansion(self, call: ListForm, active: int) -> Form | None:
        """Return what ``call`` stands for, None when no pattern matches it.

        ``active`` expansions of this macro enclose the call. The names that a
        template binds are changed where the program or such an expansion uses them
        too: they neither capture a name of the arguments nor are captured.
        """
        for rule in self.rules:
            captured = _match(rule.pattern.items, call.items[1:])
            if captured is not None:
                names = {
                    b: Symbol(self._own(b, active), call.span) for b in rule.binders
                }
                return _fill(rule.template, {**names, **captured}, call.span)
        return None

    def _own(self, name: str, active: int) -> str:
        candidate, number = name, 1
        while True:
            if self.users.get(candidate, frozenset()) <= {self.name}:
                if active == 0:
                    return candidate
                active -= 1
            number += 1
            candidate = f"{name}-{number}"


def names_in(form: Form, apart: Container[int] = ()) -> set[str]:
    """Return the names of all symbols in ``form``, quoted ones too, but for those in the
    forms whose ``id`` is in ``apart``."""
    if isinstance(form, Symbol):
        return {form.name}
    names: set[str] = set()
    compounds = [form]
    for compound in compounds:
        for part in parts_of(compound) if id(compound) not in apart else ():
            if isinstance(part, Symbol):
                names.add(part.name)
            elif isinstance(part, COMPOUND):
                compounds.append(part)
    return names


def symbols(form: Form) -> Iterator[Symbol]:
    """Yield every symbol in ``form``, quoted ones too, in no special order."""
    for inner in _inner_forms(form):
        if isinstance(inner, Symbol):
            yield inner


def _inner_forms(form: Form) -> Iterator[Form]:
    pending = [form]
    while pending:
        form = pending.pop()
        yield form
        pending.extend(parts_of(form))


def parts_of(form: Form) -> tuple[Form, ...]:
    """Return the forms directly inside ``form``, in source order."""
    if isinstance(form, (ListForm, SetForm)):
        return form.items
    if isinstance(form, Quote):
        return (form.form,)
    if isinstance(form, DictForm):
        return tuple([part for entry in form.entries for part in entry])
    return ()


def _variables(pattern: Form) -> frozenset[str]:
    return frozenset([symbol.name for symbol in symbols(pattern)])


def _binders(template: Form) -> frozenset[str]:
    """Return the names that the template binds: ``setq``, ``let``, loops, lambdas."""
    names: set[str] = set()
    for form in _inner_forms(template):
        match form:
            case ListForm((Symbol("let"), ListForm(pairs), *_)):
                for pair in pairs:
                    if isinstance(pair, ListForm) and pair.items:
                        names.update(_names(pair.items[0]))
            case ListForm((Symbol("loopcount"), _, Symbol(name), *_)):
                names.add(name)
            case ListForm((Symbol(head), ListForm(targets), *_)) if (
                head in _BIND_SECOND
            ):
                for target in targets:
                    names.update(_names(target))
            case ListForm((Symbol(head), Symbol(name), *_)) if head in _BIND_SECOND:
                names.add(name)
    return frozenset(names)


def _names(target: Form) -> list[str]:
    return [target.name] if isinstance(target, Symbol) else []


# --- matching ------------------------------------------------------------------


def _match(patterns: tuple[Form, ...], forms: tuple[Form, ...]) -> Captured | None:
    """Match an argument list, without recursion: a list is matched part by part."""
    captured: Captured = {}
    pending = [(patterns, forms)]
    while pending:
        patterns, forms = pending.pop()
        if len(patterns) >= 2 and _is_rest(patterns[-2]):
            rest, patterns = patterns[-1], patterns[:-2]
            if len(forms) < len(patterns):
                return None
            if isinstance(rest, Symbol) and rest.name not in ("_", "nil"):
                captured[rest.name] = forms[len(patterns) :]
            forms = forms[: len(patterns)]
        if len(patterns) != len(forms):
            return None
        for pattern, form in zip(patterns, forms, strict=True):
            if isinstance(pattern, ListForm) and isinstance(form, ListForm):
                pending.append((pattern.items, form.items))
            elif not _match_one(pattern, form, captured):
                return None
    return captured


def _is_rest(form: Form) -> bool:
    return isinstance(form, Symbol) and form.name == "$"


def _match_one(pattern: Form, form: Form, captured: Captured) -> bool:
    match pattern:
        case Symbol("_" | "nil"):
            return True
        case Symbol(name):
            before = captured.setdefault(name, form)
            return before is form or (
                not isinstance(before, tuple) and unread(before) == unread(form)
            )
        case Quote(Symbol(name)):
            return isinstance(form, Symbol) and form.name == name
        case Number(value):
            return isinstance(form, Number) and form.value == value
        case String(value):
            return isinstance(form, String) and form.value == value
        case _:
            return False


# --- filling in ----------------------------------------------------------------


@dataclass(slots=True)
class _Frame:
    form: Form
    pending: list[Form]  # parts to fill in, the next one last
    done: list[Form]


def _fill(template: Form, captured: Captured, span: Span) -> Form:
    """Return the template with what was captured; its own parts get ``span``."""
    root = _Frame(ListForm((), span), [template], [])
    frames = [root]
    while True:
        frame = frames[-1]
        if not frame.pending:
            frames.pop()
            if frame is root:
                return frame.done[0]
            frames[-1].done.append(_rebuilt(frame, span))
            continue
        form = frame.pending.pop()
        spliced = _spliced(form, frame, captured)
        if spliced is not None:
            frame.done.extend(spliced)
        elif isinstance(form, Symbol):
            frame.done.append(_filled_symbol(form, captured, span))
        else:
            frames.append(_Frame(form, list(reversed(parts_of(form))), []))


def _spliced(form: Form, frame: _Frame, captured: Captured) -> tuple[Form, ...] | None:
    """Return the forms that ``$ rest`` stands for, when ``form`` is that ``$``."""
    if not _is_rest(form):
        return None
    following = frame.pending[-1] if frame.pending else None
    if isinstance(following, Symbol):
        value = captured.get(following.name)
        if isinstance(value, tuple):
            frame.pending.pop()
            return value
    return None


def _filled_symbol(symbol: Symbol, captured: Captured, span: Span) -> Form:
    value = captured.get(symbol.name)
    if value is None:
        return Symbol(symbol.name, span)
    return ListForm(value, span) if isinstance(value, tuple) else value


def _rebuilt(frame: _Frame, span: Span) -> Form:
    parts = frame.done
    match frame.form:
        case Number(value):
            return Number(value, span)
        case String(value, kind):
            return String(value, kind, span)
        case Quote():
            return Quote(parts[0], span)
        case SetForm():
            return SetForm(tuple(parts), span)
        case DictForm(_, constant):
            pairs = tuple(zip(parts[::2], parts[1::2], strict=False))
            return DictForm(pairs, constant, span)
        case _:
            return ListForm(tuple(parts), span)
