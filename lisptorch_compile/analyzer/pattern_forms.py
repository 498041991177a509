"""Patterns as they are written → patterns of the core tree.

Both passes read them: the survey for the names that they bind and the code in them, the
analysis for good. What differs is how a name becomes a binding and a test a node.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer.form_parts import CONSTANTS
from lisptorch_compile.analyzer.regions import DefinedType, Survey
from lisptorch_compile.forms import (
    DictForm,
    Form,
    ListForm,
    Number,
    Quote,
    SetForm,
    String,
    Symbol,
)
from lisptorch_compile.nodes import (
    Anything,
    Capture,
    Condition,
    Data,
    Elements,
    Empty,
    Equal,
    Instance,
    Kleene,
    Literal,
    Mapping,
    Node,
    Pattern,
    Quantity,
    Same,
    TypeTest,
)
from lisptorch_compile.nodes import Sequence as SequencePattern
from lisptorch_compile.records import replaced
from lisptorch_compile.scope import Binding, BindingKind

#: The atoms that `type` gives: `[integer_ x]` is a value of that type.
TYPES = frozenset(
    ("integer_", "number_", "float_", "short_", "complex_", "string_", "stringbyte_")
    + ("atom_", "list_", "llist_", "integers_", "numbers_", "floats_", "shorts_")
    + ("strings_", "stringbytes_", "dictionary_", "dictionary_i_", "dictionary_n_")
    + ("dictionarytree_", "dictionarytree_i_", "dictionarytree_n_", "dictionaryjson_")
    + ("set_", "set_s_", "set_i_", "set_n_", "heap_", "data_", "maybe_", "error_")
    + ("function_", "pattern_", "predicate_", "lambda_", "library_function_", "thread_")
    + ("file_element_",)
    + tuple(
        [
            f"{container}_{kind}_"
            for container in ("matrix", "tensor")
            for kind in ("integer", "number", "float", "short", "string", "stringbyte")
        ]
    )
)

_QUANTITIES = {quantity.value: quantity for quantity in Quantity}

#: Reports a mistake: code, place, fields of the message.
Report = Callable[..., None]


@dataclass(slots=True)
class PatternReader:
    """Reads the patterns of one rule.

    ``bind`` gives the variable of a name, ``test`` the node of a condition, in which names
    may stand for ``elements`` of a repeated pattern. ``seen``: what is bound already.
    """

    survey: Survey
    bind: Callable[[Symbol], Binding]
    test: Callable[[Form, Sequence[Binding]], Node]
    report: Report
    seen: set[Binding] = field(default_factory=set)
    elements: list[Binding] = field(default_factory=list)

    def parameters(self, forms: Sequence[Form]) -> tuple[Pattern, ...]:
        """Return the patterns of a rule's parameters."""
        return tuple([self.pattern(form) for form in forms])

    def pattern(self, form: Form) -> Pattern:
        match form:
            case Symbol(name, span) if name in CONSTANTS:
                return Anything(span)
            case Symbol():
                return self._variable(form)
            case Number(value, span):
                return Equal(Literal(value, span), span)
            case String(value, _, span):
                return Equal(Literal(value, span), span)
            case Quote(ListForm(()), span):
                return Empty(span)
            case Quote(quoted, span):
                return Equal(Data(quoted, span), span)
            case ListForm():
                return self._list(form)
            case DictForm():
                return self._dictionary(form)
            case SetForm():
                return self._set(form)

    def _variable(self, symbol: Symbol) -> Capture | Same:
        binding = self.bind(symbol)
        if binding in self.seen:
            return Same(binding, symbol.span)
        self.seen.add(binding)
        return Capture(binding, symbol.span)

    # --- lists ----------------------------------------------------------------------

    def _list(self, form: ListForm) -> Pattern:
        if not form.items:
            return Empty(form.span)
        head = form.items[0]
        if isinstance(head, Symbol) and head.name in self.survey.types:
            return self._instance(form, self.survey.types[head.name])
        if isinstance(head, Symbol) and self.survey.elsewhere.is_type(head.name):
            # its fields are known once the files are linked: the names are these
            return self._sequence(replaced(form, items=form.items[1:]))
        if isinstance(head, Symbol) and not _has_rest(form):
            if head.name in TYPES and len(form.items) == 2:
                inner = self.pattern(form.items[1])
                return TypeTest(head.name, inner, form.span)
            if len(form.items) > 1 and is_function(head.name, self.survey):
                return self._condition(form)
        return self._sequence(form)

    def _instance(self, form: ListForm, defined: DefinedType) -> Instance:
        written, rest = self._without_rest(form)
        given = written[1:]
        partial = defined.fields is None or rest is not None
        if rest is not None and not isinstance(self.pattern(rest), Anything):
            self.report("LT0235", rest.span, name=defined.binding.name)
        more = 0 if defined.fields is None else len(given) - defined.fields
        if more > len(defined.added) or (more < 0 and not partial):
            self.report(
                "LT0231",
                form.span,
                name=defined.binding.name,
                count=defined.fields,
                given=len(given),
            )
        fields = self.parameters(given)
        added = defined.added[: max(more, 0)]
        return Instance(defined.binding, fields, added, partial, form.span)

    def _condition(self, form: ListForm) -> Pattern:
        variable = condition_variable(form)
        if variable is None:
            self.report("LT0232", form.span)
            return Anything(form.span)
        inner = self._variable(variable)
        return Condition(inner, self.test(form, self.elements), form.span)

    def _sequence(self, form: ListForm) -> Pattern:
        items: list[Pattern | Kleene] = []
        written, rest = self._without_rest(form)
        index = 0
        while index < len(written):
            item = written[index]
            after = written[index + 1] if index + 1 < len(written) else None
            quantity = _quantity_behind(item, after)
            if quantity is not None:
                items.append(self._repeated(item, quantity))
                index += 1
            else:
                items.append(self._item(item))
            index += 1
        rest_pattern = None if rest is None else self.pattern(rest)
        match items:
            case [*_, Kleene(Quantity.OPTIONAL, None) as last]:
                self.report("LT0233", last.span)
        return SequencePattern(tuple(items), rest_pattern, form.span)

    def _without_rest(self, form: ListForm) -> tuple[tuple[Form, ...], Form | None]:
        """Return the items before ``$``, and what stands behind it."""
        for index, item in enumerate(form.items):
            if not _is_separator(item):
                continue
            if index == len(form.items) - 2:
                return form.items[:index], form.items[index + 1]
            self.report("LT0230", item.span)
            return form.items[:index], Symbol("_", item.span)
        return form.items, None

    def _item(self, form: Form) -> Pattern | Kleene:
        """Return one element: ``a+`` is a variable that takes several."""
        if not isinstance(form, Symbol):
            return self.pattern(form)
        stem, sign = form.name[:-1], form.name[-1]
        if sign not in _QUANTITIES or not (stem[:1].isalpha() or stem[:1] == "_"):
            return self.pattern(form)
        binding = self._collected(Symbol(stem, form.span))
        return Kleene(_QUANTITIES[sign], None, binding, form.span)

    def _collected(self, symbol: Symbol) -> Binding | None:
        """Return the variable of a Kleene; one bound before cannot collect, too."""
        if symbol.name in CONSTANTS:
            return None
        binding = self.bind(symbol)
        if binding in self.seen:
            self.report("LT0211", symbol.span, name=symbol.name)
        self.seen.add(binding)
        return binding

    def _repeated(self, form: Form, quantity: Quantity) -> Kleene:
        """Return ``(< x 10)+``: in the condition x is one element, afterwards all."""
        elements: list[Binding] = []

        def bind(symbol: Symbol) -> Binding:
            elements.append(Binding(symbol.name, BindingKind.PARAMETER, symbol.span))
            return elements[-1]

        reader = PatternReader(
            self.survey, bind, self.test, self.report, elements=elements
        )
        item = reader.pattern(form)
        if not isinstance(item, Condition | TypeTest | Equal) or len(elements) > 1:
            self.report("LT0234", form.span)
            item = Anything(form.span)
        named = [Symbol(element.name, element.span) for element in elements[:1]]
        binding = self._collected(named[0]) if named else None
        return Kleene(quantity, item, binding, form.span)

    # --- dictionaries and sets -----------------------------------------------------------

    def _dictionary(self, form: DictForm) -> Mapping:
        entries: list[tuple[Pattern, Pattern]] = []
        rest: Pattern | None = None
        for key, value in form.entries:
            if rest is not None:
                self.report("LT0230", key.span)
            if _is_separator(key):
                rest = self.pattern(value)
            else:
                entries.append((self.pattern(key), self.pattern(value)))
        return Mapping(tuple(entries), rest, form.span)

    def _set(self, form: SetForm) -> Elements:
        items, rest = self._without_rest(ListForm(form.items, form.span))
        patterns = self.parameters(items)
        rest_pattern = None if rest is None else self.pattern(rest)
        return Elements(patterns, rest_pattern, form.span)


def _is_separator(form: Form) -> bool:
    return isinstance(form, Symbol) and form.name == "$"


def _has_rest(form: ListForm) -> bool:
    return any([_is_separator(item) for item in form.items])


def _quantity_behind(form: Form, after: Form | None) -> Quantity | None:
    """Return the sign that is glued to the end of ``form``, as in ``(< x 10)+``."""
    if isinstance(form, Symbol) or not isinstance(after, Symbol):
        return None
    glued = form.span.end == after.span.start
    return _QUANTITIES.get(after.name) if glued else None


def is_function(name: str, survey: Survey) -> bool:
    """Tell whether a list that begins with ``name`` is a test, not a list of parts."""
    defined = name in survey.functions or survey.elsewhere.is_function(name)
    return defined or catalogue.lookup(name) is not None


def condition_variable(form: ListForm) -> Symbol | None:
    """Return the name that a condition is about: the last one, the innermost last.

    ``(< x 10)`` → ``x``; ``(not (% x 15))`` → ``x``; ``(> x limit)`` → ``limit``.
    """
    for item in reversed(form.items[1:]):
        match item:
            case Symbol(name) if name not in CONSTANTS:
                return item
            case ListForm((Symbol(), *_)):
                inner = condition_variable(item)
                if inner is not None:
                    return inner
    return None


def rule_class(form: Form, survey: Survey) -> int:
    """Return when a rule is tried, by its first parameter: those of a type come first,
    then those of a group of types, then all others."""
    match form:
        case ListForm((Symbol(name), *_)) if name in survey.types:
            return 0 if survey.types[name].fields is not None else 1
        case ListForm((Symbol(name), _)) if name in TYPES:
            return 0
    return 2


def rule_parameters(form: ListForm) -> tuple[tuple[Form, ...], frozenset[int]]:
    """Return the patterns of a rule, ``x@`` as ``x``, and the places of those ``x@``."""
    head, parameters = form.items[0], form.items[2]
    assert isinstance(head, Symbol) and isinstance(parameters, ListForm)
    if head.name == "defpat":
        return parameters.items, frozenset()
    plain: list[Form] = []
    shared: set[int] = set()
    for place, item in enumerate(parameters.items):
        if isinstance(item, Symbol) and len(item.name) > 1 and item.name[-1] == "@":
            shared.add(place)
            item = Symbol(item.name[:-1], item.span)
        plain.append(item)
    return tuple(plain), frozenset(shared)
