"""How a LispE function is declared: names, parameters, the Python it becomes, its doc.

A declaration is data. Its ``parameters`` are written as a Python parameter list with
*roles* for annotations, its ``target`` as a Python expression over the parameters:

    declare("torch_softmax", "tensor: tensor, dim=-1", "tensor.softmax(dim)", TENSOR, "…")

``(torch_softmax x)`` becomes ``x.softmax(-1)``. In a target

* a parameter's name stands for the argument; ``*rest`` stands for all of a rest parameter;
* every other name is a Python builtin or one of ``imports.IMPORTS``;
* the value of a parameter that was left out is dropped when it stands as ``keyword=name``
  or at the end of the positional arguments of a call, and is its default elsewhere. So a
  default that is dropped must be the default of the Python function, too (a test compares).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from enum import Enum
from functools import cache

from lisptorch_compile.records import record

# --- kinds of values: bits, because the analysis joins them by the thousand -------------

NIL = 1 << 0
BOOL = 1 << 1  # true, or a Python bool
INT = 1 << 2
FLOAT = 1 << 3
COMPLEX = 1 << 4
TEXT = 1 << 5
BYTES = 1 << 6
SYMBOL = 1 << 7  # an atom
LIST = 1 << 8  # our List
PLAIN = 1 << 9  # a plain Python list, to be wrapped in a List before LispE code sees it
LINKED = 1 << 10  # llist
INTEGERS = 1 << 11
NUMBERS = 1 << 12
FLOATS = 1 << 13
SHORTS = 1 << 14
STRINGS = 1 << 15
DICT = 1 << 16  # a dictionary with text keys
SET = 1 << 17
HEAP = 1 << 18
LAZY = 1 << 19  # a Python iterator without end; consumed where it stands
FUNCTION = 1 << 20
MAYBE = 1 << 21
INSTANCE = 1 << 22  # of a data@ or class@
TENSOR = 1 << 23
MODULE = 1 << 24  # torch.nn.Module
OBJECT = 1 << 25  # any other runtime or foreign object
EMPTY = 1 << 26  # the empty atom that printing yields
NUMBERED = 1 << 27  # a dictionary whose keys are numbers
RANGE = 1 << 28  # of irange: numbers computed when they are asked for
ANY = (1 << 29) - 1
NOTHING = 0
# only among the elements of a module: which layer it is, where that is known
LORA_LAYER = 1 << 29
FLASH_LAYER = 1 << 30
OTHER_LAYER = 1 << 31
LAYERS = LORA_LAYER | FLASH_LAYER | OTHER_LAYER

NUMBER = INT | FLOAT | COMPLEX
#: Values without elements that an equality compares by their content.
SCALARS = NUMBER | TEXT | BOOL | SYMBOL | BYTES
TYPED = INTEGERS | NUMBERS | FLOATS | SHORTS
DICTS = DICT | NUMBERED
LISTS = LIST | PLAIN | LINKED | TYPED | STRINGS


@record
class Fact:
    """What is known of a value: its possible kinds, and those of its elements."""

    kinds: int
    elements: int = ANY

    def only(self, kinds: int) -> bool:
        """Tell whether the value is surely one of ``kinds``."""
        return self.kinds & ~kinds == 0 and self.kinds != NOTHING

    def may_be(self, kinds: int) -> bool:
        """Tell whether the value is possibly one of ``kinds``."""
        return self.kinds & kinds != 0

    def join(self, other: Fact) -> Fact:
        if self == other or other.kinds == NOTHING:
            return self
        if self.kinds == NOTHING:
            return other
        return Fact(self.kinds | other.kinds, self.elements | other.elements)


UNKNOWN = Fact(ANY, ANY)
BOTTOM = Fact(NOTHING, NOTHING)

#: A fact, or a function from the facts of the arguments to one.
Yields = Fact | Callable[[Sequence[Fact]], Fact]


def first_argument(arguments: Sequence[Fact]) -> Fact:
    """The result is of the kind of the first argument (``reverse``, ``sort`` …)."""
    return arguments[0] if arguments else UNKNOWN


def element_of_first(arguments: Sequence[Fact]) -> Fact:
    """The result is an element of the first argument (``car``, ``last`` …), or nil."""
    if not arguments:
        return UNKNOWN
    container = arguments[0]
    if container.only(TEXT):
        return Fact(TEXT | NIL)
    texts = TEXT if container.may_be(TEXT) else NOTHING
    keys = TEXT | INT | FLOAT if container.may_be(DICTS) else NOTHING
    return Fact(container.elements | texts | keys | NIL)


# --- roles --------------------------------------------------------------------------------


@record
class Role:
    """What a parameter takes, and how an argument that is something else is converted.

    ``accepts``: the kinds that the target takes as they are; also what chooses between
    overloads. ``convert``: a target over ``value`` that makes an acceptable argument of
    another kind. ``eager``: convert whenever the fact allows another kind; otherwise only
    when the fact shows that the argument is none of ``accepts``. ``plain``: a list literal
    may be written as a plain Python list, since only Python sees it. ``elements``: those
    that an argument must have to choose an overload; a tensor's tell its dtype.
    ``chooses``: whether an overload needs the proof that the argument is acceptable.
    ``refuses``: elements that are not accepted, where there are no others.
    """

    accepts: int
    convert: str | None = None
    eager: bool = False
    plain: bool = False
    elements: int = ANY
    chooses: bool = True
    refuses: int = NOTHING


_CALLABLE = ANY & ~(NIL | BOOL | NUMBER | TEXT | LISTS | DICTS | SET | TENSOR)

ROLES: dict[str, Role] = {
    "value": Role(ANY),
    "nil": Role(NIL),
    # nil becomes False; literals are folded by the code generator
    "flag": Role(BOOL | NIL, "bool(value)", eager=True),
    "number": Role(INT | FLOAT),
    "integer": Role(INT),
    "real": Role(FLOAT),
    "text": Role(TEXT),
    "function": Role(FUNCTION),
    "list": Role(LISTS, plain=True),
    # a list whose kind the result has, too: typed lists must stay typed
    "kept": Role(LISTS),
    "dict": Role(DICT),
    "numbered": Role(NUMBERED),  # a dictionary whose keys are numbers
    "set": Role(SET),
    "array": Role(LIST | PLAIN, plain=True),  # a list that takes any element
    "typed": Role(TYPED),
    "texts": Role(LIST | PLAIN | STRINGS, plain=True, elements=TEXT),
    # what a loop of Python walks as LispE does (a set is walked in order instead)
    "iterable": Role(LISTS | TEXT | LAZY | RANGE, plain=True),
    # what `len` measures as LispE does
    "sized": Role(LISTS | TEXT | BYTES | DICTS | SET | HEAP | RANGE, plain=True),
    # as `*shape`: the items of a literal, `*sizes` of a list, `*tensors.shape(x)` else
    "shape": Role(LISTS, "tensors.shape(value)", eager=True, plain=True),
    "tensor": Role(TENSOR, "tensors.tensor(value)"),
    # tensors of reals, and of integers or truth values, which torch will not average
    "reals": Role(TENSOR, elements=TENSOR | FLOAT | NIL),
    "counts": Role(TENSOR, elements=TENSOR | INT | BOOL | NIL),
    # what an embedding takes
    "ids": Role(TENSOR, "tensors.tensor(value).long()"),
    # a module, or the name of a loaded language model
    "module": Role(ANY & ~TEXT, "hf.model(value)"),
    # what is called on a tensor; what surely cannot be is refused by name
    "layer": Role(_CALLABLE, "layers.checked(value)", chooses=False),
    "lora": Role(
        _CALLABLE,
        "lora.checked(value)",
        chooses=False,
        refuses=NUMBER | FLASH_LAYER | OTHER_LAYER,
    ),
    "flash": Role(
        _CALLABLE,
        "FlashAttention.checked(value)",
        chooses=False,
        refuses=NUMBER | LORA_LAYER | OTHER_LAYER,
    ),
    # a number, or a tensor that broadcasts
    "operand": Role(TENSOR | INT | FLOAT, "tensors.tensor(value)"),
    "tensors": Role(LISTS, plain=True),
    # a dictionary or one of the other spellings of options (torch-api 1.7)
    "options": Role(DICT, "options(value)", eager=True),
    "tokenizer": Role(OBJECT, "bpe.checked(value)"),
    "device": Role(OBJECT, "devices.device(value)", eager=True),
    "dtype": Role(OBJECT, "tensors.dtype(value)", eager=True),
}

# --- declarations ---------------------------------------------------------------------------


@record
class Parameter:
    """One parameter; ``default`` is a Python expression, None when it is required."""

    name: str
    role: str
    default: str | None
    rest: bool


@record
class Overload:
    """One way to call a function: its parameter list and what it becomes.

    ``target`` is None where the code generator has a function of its own for the name.
    """

    parameters: str
    target: str | None


class Arithmetic(Enum):
    """Whose meaning arithmetic and comparison have: in LispE's, an integer on the left cuts
    a real beside it to an integer."""

    PYTHON = "python"
    LISPE = "lispe"


@record
class Builtin:
    """One LispE function or special form.

    The first overload whose roles are *proved* by the facts is taken, otherwise the last
    one with a fitting number of arguments. ``value`` is the target when the name stands as
    a value (``(maplist 'upper l)``); None: derived from the last overload.
    """

    name: str
    aliases: tuple[str, ...]
    overloads: tuple[Overload, ...]
    yields: Yields
    doc: str
    pure: bool = False
    form: bool = (
        False  # arguments are not simply evaluated: the analyzer takes it apart
    )
    value: str | None = None
    statement: bool = (
        False  # the Python is called for its effect; LispE's value is true
    )
    unsupported: str | None = None  # why it cannot be compiled (yet)


def declare(
    name: str,
    parameters: str,
    target: str | None,
    yields: Yields,
    doc: str,
    *,
    aliases: tuple[str, ...] = (),
    pure: bool = False,
    value: str | None = None,
) -> Builtin:
    """Declare a function with one way to call it."""
    overloads = (Overload(parameters, target),)
    return Builtin(name, aliases, overloads, yields, doc, pure, value=value)


def declare_statement(
    name: str,
    parameters: str,
    target: str,
    doc: str,
    *,
    aliases: tuple[str, ...] = (),
) -> Builtin:
    """Declare a function that is called for its effect and yields true; what its target
    gives in Python (often None) is of no use."""
    overloads = (Overload(parameters, target),)
    yields = Fact(BOOL, NOTHING)
    return Builtin(name, aliases, overloads, yields, doc, statement=True)


def declare_overloads(
    name: str,
    overloads: Sequence[tuple[str, str]],
    yields: Yields,
    doc: str,
    *,
    aliases: tuple[str, ...] = (),
    pure: bool = False,
    value: str | None = None,
) -> Builtin:
    """Declare a function whose Python depends on the kinds or number of its arguments."""
    ways = tuple(Overload(parameters, target) for parameters, target in overloads)
    return Builtin(name, aliases, ways, yields, doc, pure, value=value)


def declare_form(
    name: str,
    parameters: str,
    doc: str,
    *,
    aliases: tuple[str, ...] = (),
) -> Builtin:
    """Declare a special form; ``parameters`` serves the arity check and the doc."""
    overloads = (Overload(parameters, None),)
    return Builtin(name, aliases, overloads, UNKNOWN, doc, form=True)


def declare_unsupported(
    name: str, reason: str, *, aliases: tuple[str, ...] = ()
) -> Builtin:
    """Declare a name of LispE whose use is a diagnostic that gives ``reason``."""
    overloads = (Overload("*arguments", None),)
    return Builtin(name, aliases, overloads, UNKNOWN, reason, unsupported=reason)


@cache
def parse_parameters(parameters: str) -> tuple[Parameter, ...]:
    """Take a parameter list apart.

    >>> parse_parameters("tensor: tensor, dim=-1")[1]
    Parameter(name='dim', role='value', default='-1', rest=False)
    """
    definition = ast.parse(f"def f({parameters}): ...").body[0]
    assert isinstance(definition, ast.FunctionDef)
    arguments = definition.args
    required = len(arguments.args) - len(arguments.defaults)
    defaults = [None] * required + [ast.unparse(d) for d in arguments.defaults]
    result = [
        Parameter(argument.arg, _role(argument), default, rest=False)
        for argument, default in zip(arguments.args, defaults, strict=True)
    ]
    if arguments.vararg is not None:
        rest = arguments.vararg
        result.append(Parameter(rest.arg, _role(rest), None, rest=True))
    return tuple(result)


def takes_options(builtin: Builtin) -> bool:
    """Tell whether a builtin takes options; functions may be among them."""
    return any(
        [
            parameter.role == "options"
            for overload in builtin.overloads
            for parameter in parse_parameters(overload.parameters)
        ]
    )


def _role(argument: ast.arg) -> str:
    if argument.annotation is None:
        return "value"
    assert isinstance(argument.annotation, ast.Name)
    return argument.annotation.id
