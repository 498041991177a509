"""The rules of the facts: what literals, operators and higher-order builtins yield."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lisptorch_compile.catalogue.lispe_numbers import in_arithmetic
from lisptorch_compile.catalogue.model import (
    ANY,
    BOOL,
    BOTTOM,
    BYTES,
    COMPLEX,
    DICT,
    DICTS,
    FLOAT,
    FLOATS,
    INSTANCE,
    INT,
    INTEGERS,
    LAZY,
    LINKED,
    LIST,
    LISTS,
    NIL,
    NOTHING,
    NUMBER,
    NUMBERED,
    NUMBERS,
    OBJECT,
    PLAIN,
    RANGE,
    SET,
    SHORTS,
    STRINGS,
    SYMBOL,
    TENSOR,
    TEXT,
    UNKNOWN,
    Arithmetic,
    Builtin,
    Fact,
)
from lisptorch_compile.catalogue.torch_yields import promoted
from lisptorch_compile.forms import (
    DictForm,
    Form,
    ListForm,
    Number,
    Quote,
    SetForm,
    String,
    StringKind,
    Symbol,
)
from lisptorch_compile.nodes import LoopKind

_NIL = Fact(NIL, NOTHING)
_TRUTH = Fact(BOOL | NIL, NOTHING)
_TRUE = Fact(BOOL, NOTHING)
_INT = Fact(INT, NOTHING)
_TEXT = Fact(TEXT, NOTHING)
_ELEMENT_KIND = {
    INTEGERS: INT,
    SHORTS: INT,
    NUMBERS: FLOAT,
    FLOATS: FLOAT,
    STRINGS: TEXT,
}

# --- small facts ---------------------------------------------------------------------------------


def stored(fact: Fact) -> Fact:
    """What a variable holds of ``fact``: plain lists are wrapped before."""
    if fact.kinds & PLAIN and fact.kinds != ANY:
        return Fact((fact.kinds & ~PLAIN) | LIST, fact.elements)
    return fact


def joined(facts: Sequence[Fact]) -> Fact:
    result = BOTTOM
    for fact in facts:
        result = result.join(fact)
    return result


def literal_fact(value: object) -> Fact:
    """Return the fact of a literal's value."""
    match value:
        case None:
            return _NIL
        case bool():
            return _TRUE
        case int():
            return _INT
        case float():
            return Fact(FLOAT, NOTHING)
        case complex():
            return Fact(COMPLEX, NOTHING)
        case str():
            return _TEXT
        case _:
            return Fact(BYTES, NOTHING)


def data_fact(form: Form) -> Fact:
    """Return the fact of a quoted datum."""
    match form:
        case Number(value):
            return literal_fact(value)
        case String(_, kind):
            return Fact(BYTES if kind is StringKind.BYTES else TEXT, NOTHING)
        case Symbol("nil" | "_" | "false" | "fail_"):
            return _NIL
        case Symbol("true"):
            return _TRUE
        case Symbol():
            return Fact(SYMBOL, NOTHING)
        case ListForm(items):
            kinds = NOTHING
            for item in items:
                kinds |= _data_kinds(item)
            return Fact(_data_kinds(form), kinds)
        case DictForm():
            return Fact(NUMBERED if is_numbered(form) else DICT)
        case SetForm():
            return Fact(SET)
        case Quote():
            return Fact(LIST)


def _data_kinds(form: Form) -> int:
    """Return the kinds of a quoted datum, without a look at the elements of a list."""
    if not isinstance(form, ListForm):
        return data_fact(form).kinds
    dotted = any([isinstance(i, Symbol) and i.name == "." for i in form.items])
    return LINKED if dotted else LIST


def data_parts(form: Form) -> dict[int | str, int]:
    """Return the kinds of the elements of a quoted datum, by position or key."""
    match form:
        case ListForm(items) if _data_kinds(form) == LIST:
            return {i: _data_kinds(item) for i, item in enumerate(items)}
        case DictForm(entries) if not is_numbered(form):
            return {
                key.value: _data_kinds(value)
                for key, value in entries
                if isinstance(key, String)
            }
        case _:
            return {}


def is_numbered(form: DictForm) -> bool:
    """Tell whether a written dictionary has keys that are numbers."""
    return any([isinstance(key, Number) for key, _ in form.entries])


def element(fact: Fact) -> Fact:
    """Return what an element of a container may be."""
    if fact.kinds == NOTHING:
        return BOTTOM
    if fact.only(TEXT):
        return _TEXT
    for kind, of_element in _ELEMENT_KIND.items():
        if fact.only(kind):
            return Fact(of_element, NOTHING)
    kinds = fact.elements
    if fact.may_be(TEXT):
        kinds |= TEXT
    return Fact(kinds)


def element_at(fact: Fact) -> Fact:
    """Return what ``@`` may give of a container: nil, too, of a set; no row of a tensor."""
    found = element(fact)
    if fact.only(TENSOR):
        return Fact(found.kinds & (INT | FLOAT | BOOL), NOTHING)
    return Fact(found.kinds | NIL, found.elements) if fact.may_be(SET) else found


def negation(fact: Fact) -> Fact:
    """Return what ``not`` gives: of a list, a list of the truth of each element."""
    if not fact.only(LISTS):
        return _TRUTH
    return Fact(stored(fact).kinds, fact.elements | BOOL | NIL)


def loop_element(fact: Fact, kind: LoopKind) -> Fact:
    """Return what a loop variable may be: keys of a dictionary, else elements."""
    if fact.only(DICT) and kind is LoopKind.LOOP:
        return _TEXT
    if fact.only(DICTS) and kind is LoopKind.LOOP:
        return Fact(TEXT | INT | FLOAT, NOTHING)
    if fact.may_be(DICTS) and kind is LoopKind.LOOP:
        return UNKNOWN
    if fact.may_be(TENSOR):
        return UNKNOWN
    return element(fact)


def yields(builtin: Builtin, arguments: Sequence[Fact], numbers: Arithmetic) -> Fact:
    """Return what a call of ``builtin`` with these arguments may yield."""
    if builtin.name in _ARITHMETIC:
        return arithmetic(builtin.name, arguments, numbers)
    declared = in_arithmetic(builtin, numbers)
    if not callable(declared.yields):
        return declared.yields
    if any([argument.kinds == NOTHING for argument in arguments]):
        return BOTTOM  # not reached yet: any wider answer would stay
    return declared.yields(arguments)


_ARITHMETIC = frozenset(("+", "-", "*", "/", "%", "^^", "**"))


def arithmetic(operator: str, arguments: Sequence[Fact], numbers: Arithmetic) -> Fact:
    """Return the kind of ``(operator …)``: numbers promote as in Python, or as in LispE
    have the kind of the left one."""
    if len(arguments) == 1:
        return _folded(operator, arguments[0], numbers)
    fact = arguments[0]
    for operand in arguments[1:]:
        fact = _combined(operator, fact, operand, numbers)
    return fact


def _folded(operator: str, fact: Fact, numbers: Arithmetic) -> Fact:
    """``(+ l)`` folds what a loop over a container gives; of an empty one, + gives 0."""
    inner = loop_element(fact, LoopKind.LOOP)
    if inner.kinds == NOTHING or fact.kinds == NOTHING:
        return BOTTOM if fact.kinds == NOTHING else Fact(INT | FLOAT | NIL, NOTHING)
    folded = _combined(operator, inner, inner, numbers).join(inner)
    return folded.join(_INT) if operator == "+" else folded


def _combined(operator: str, left: Fact, right: Fact, numbers: Arithmetic) -> Fact:
    if operator == "+" and left.kinds == TEXT and right.kinds == NOTHING:
        return left  # a text, whatever a function that nobody calls is given
    if NOTHING in (left.kinds, right.kinds):
        return BOTTOM
    number = _NUMBERS[numbers]
    kinds, elements = NOTHING, NOTHING
    if left.may_be(NUMBER | BOOL) and right.may_be(NUMBER | BOOL | NIL):
        kinds |= number(operator, left, right)
    if operator == "+" and left.may_be(TEXT):
        kinds |= TEXT
        if right.may_be(LISTS):
            kinds |= LIST
            elements = ANY
    for fact in (left, right):
        lists = fact.kinds & (LISTS & ~PLAIN)
        if fact.kinds & PLAIN:
            lists |= LIST
        kinds |= lists
        if lists:
            elements |= _element_kinds(operator, left, right, number)
    kinds |= (left.kinds | right.kinds) & (TENSOR | SET | OBJECT | DICTS | INSTANCE)
    if kinds & TENSOR:
        elements |= _of_tensors(operator, left, right)
    return Fact(kinds, elements) if kinds else UNKNOWN


def _of_tensors(operator: str, left: Fact, right: Fact) -> int:
    """Return the elements of a tensor that is computed: its rows, and numbers."""
    if operator == "/":
        return TENSOR | FLOAT
    return promoted([left, right]).elements


def _number(operator: str, left: Fact, right: Fact) -> int:
    if left.may_be(COMPLEX) or right.may_be(COMPLEX):
        return NUMBER if not left.only(COMPLEX) else COMPLEX
    if operator == "/":
        return FLOAT
    if operator in ("^^", "**"):
        return FLOAT
    left_kinds, right_kinds = left.kinds & NUMBER, right.kinds & NUMBER
    if left_kinds == FLOAT or right_kinds == FLOAT:
        return FLOAT
    if (left_kinds | right_kinds) & FLOAT:
        return INT | FLOAT
    return INT


def _number_of_left(operator: str, left: Fact, right: Fact) -> int:
    """In LispE the left number decides, but for a quotient and a power."""
    if left.may_be(COMPLEX) or right.may_be(COMPLEX):
        return NUMBER if not left.only(COMPLEX) else COMPLEX
    if operator in ("/", "^^", "**"):
        return FLOAT
    return left.kinds & NUMBER | (INT if left.may_be(BOOL) else NOTHING)


_NumberRule = Callable[[str, Fact, Fact], int]
_NUMBERS: dict[Arithmetic, _NumberRule] = {
    Arithmetic.PYTHON: _number,
    Arithmetic.LISPE: _number_of_left,
}


def _element_kinds(operator: str, left: Fact, right: Fact, number: _NumberRule) -> int:
    left_kinds, right_kinds = _operand_kinds(left), _operand_kinds(right)
    numbers = NUMBER | BOOL
    if left_kinds & ~numbers == 0 and right_kinds & ~numbers == 0:
        found = number(operator, Fact(left_kinds), Fact(right_kinds)) | left_kinds
        if not left.only(LISTS):  # the elements may be on the left
            found |= number(operator, Fact(right_kinds), Fact(left_kinds))
        return found
    return ANY


def _operand_kinds(fact: Fact) -> int:
    """Return the kinds of what meets the elements of another list: the value, or its own
    elements."""
    return fact.elements | fact.kinds & ~LISTS if fact.may_be(LISTS) else fact.kinds


#: Methods of Python and torch whose name says what they give.
_METHODS = {
    "isoformat": TEXT,
    "item": INT | FLOAT,
    "numel": INT,
    "read_text": TEXT,
}


def foreign_yields(name: str) -> Fact:
    """Return what a method of a Python object gives: a number for ``(loss.item)``."""
    return Fact(_METHODS[name], NOTHING) if name in _METHODS else UNKNOWN


# --- higher-order builtins ---------------------------------------------------------------------

_MAPS = frozenset(("map", "mapcar", "!map", "maplist", "zipwith", "for"))
_FILTERS = frozenset(
    ("filter", "takewhile", "dropwhile", "filterlist", "droplist", "takelist")
    + ("filtercar", "dropcar", "takecar", "!filter", "!takewhile", "!dropwhile")
    + ("sort", "insert", "take", "drop")
)
#: Those that are lazy over a lazy source.
_BY_ELEMENT = frozenset(("map", "!map", "filter", "!filter", "dropwhile", "!dropwhile"))
_FOLDS = frozenset(("foldl", "foldr", "foldl1", "foldr1", "reduce", "backreduce"))
_SCANS = frozenset(("scanl", "scanr", "scanl1", "scanr1", "scan", "backscan"))
_WITH_OPTION = frozenset(
    ("maplist", "filterlist", "droplist", "takelist")
    + ("reduce", "backreduce", "scan", "backscan")
)
_RIGHT = frozenset(("foldr", "foldr1", "scanr", "scanr1"))


def calls_with_elements(name: str) -> bool:
    """Tell whether a builtin calls its function with elements of its other arguments."""
    return name in _MAPS or name in _FILTERS or name in _FOLDS or name in _SCANS


def takes_function(builtin: Builtin) -> bool:
    """Tell whether the first argument of a builtin is a function that it calls."""
    return calls_with_elements(builtin.name) or builtin.name == "apply"


def has_option(name: str, arguments: Sequence[Fact]) -> bool:
    """Tell whether the last argument of a higher-order builtin is a flag or a width:
    ``(maplist f l false)``, ``(// f l 2)``."""
    if name == "zipwith":
        return len(arguments) > 2 and arguments[-1].only(NIL | BOOL)
    return name in _WITH_OPTION and len(arguments) == 3


def lambda_arguments(
    name: str, sequences: Sequence[Fact], result: Fact = BOTTOM
) -> list[Fact] | None:
    """Return what the higher-order builtin ``name`` calls its function with; ``result``:
    what is known so far of the function's own results."""
    if not sequences:
        return None
    items = element(sequences[-1])
    if name in ("zipwith", "shift"):
        return [element(fact) for fact in sequences]
    if name == "sort":
        return [items, items]
    if name in _FOLDS or name in _SCANS:
        initial = sequences[0] if len(sequences) > 1 else items
        pair = [initial.join(result), items]
        return pair[::-1] if name in _RIGHT else pair
    if name in _MAPS or name in _FILTERS:
        if sequences[-1].may_be(DICTS | TENSOR) and not sequences[-1].only(
            LISTS | TEXT
        ):
            return None
        return [items]
    return None


def higher_order_yields(
    builtin: Builtin, sequences: Sequence[Fact], result: Fact
) -> Fact | None:
    """Return what a call with a function of the known result yields, None where it is
    what any call of ``builtin`` does."""
    name = builtin.name
    if sequences and sequences[-1].may_be(LAZY) and name in _BY_ELEMENT:
        items = element(sequences[-1]) if name in _FILTERS else stored(result)
        surely = sequences[-1].only(LAZY)
        return Fact(LAZY if surely else LAZY | LIST, items.kinds)
    if name in ("map", "mapcar", "!map", "for"):
        return Fact(LIST, stored(result).kinds)
    if name in ("maplist", "zipwith"):
        return typed_list(result)
    if name in _FILTERS and sequences:
        container = sequences[-1]
        if name in ("filter", "!filter", "takewhile", "dropwhile", "filtercar"):
            return Fact(LIST, loop_element(container, LoopKind.LOOP).kinds)
        if container.may_be(RANGE | LAZY):
            return Fact(container.kinds & ~(RANGE | LAZY) | LIST, container.elements)
        return container
    if name in _FOLDS and sequences:
        return joined([result, *sequences[:-1], element(sequences[-1])])
    return None


def typed_list(result: Fact) -> Fact:
    """Return the list that `maplist` makes of results of this fact (spec 2.4)."""
    if result.only(INT | BOOL):
        return Fact(INTEGERS, INT)
    if result.only(FLOAT):
        return Fact(NUMBERS, FLOAT)
    if result.only(TEXT):
        return Fact(STRINGS, TEXT)
    if not result.may_be(INT | FLOAT | TEXT | BOOL | NIL):
        return Fact(LIST, stored(result).kinds)
    return Fact(LIST | INTEGERS | NUMBERS | STRINGS, result.kinds | INT | FLOAT | TEXT)
