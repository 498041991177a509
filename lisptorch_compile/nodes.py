"""The core tree: the program after macros, names and special forms are resolved."""

from __future__ import annotations

from collections import abc
from enum import Enum, auto
from types import MappingProxyType

from lisptorch_compile.catalogue.model import Builtin
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.forms import Comment, Form
from lisptorch_compile.records import record
from lisptorch_compile.scope import Binding

Body = tuple["Node", ...]

# --- values --------------------------------------------------------------------------------


@record
class Literal:
    """A number, text, bytes, true (True) or nil (None)."""

    value: int | float | complex | str | bytes | bool | None
    span: Span


@record
class Data:
    """A quoted datum: an atom, a list … as it was read.

    ``functions``: those that its atoms name, by name, where the program calls values.
    """

    form: Form
    span: Span
    functions: tuple[tuple[str, Node], ...] = ()


@record
class Variable:
    """The value of a variable, a parameter or a user's function."""

    binding: Binding
    span: Span


@record
class BuiltinValue:
    """A builtin as a value: ``'upper``, ``'+`` given to a higher-order function."""

    builtin: Builtin
    span: Span


@record
class ListLiteral:
    """An unquoted list headed by a literal: a List of its evaluated items."""

    items: Body
    span: Span


@record
class DictLiteral:
    """``{k:v}``; the keys of ``key_kind`` text are stored as their text."""

    entries: tuple[tuple[Node, Node], ...]
    text_keys: bool
    span: Span


@record
class SetLiteral:
    items: Body
    span: Span


@record
class Parameter:
    """``default`` None: required, or, with ``optional``, nil when left out."""

    binding: Binding
    default: Node | None
    optional: bool
    rest: bool
    span: Span


@record
class Lambda:
    """``locals``: what only the lambda binds (not its parameters); other variables that it
    sets belong to a function around it. ``itself`` is set when the body calls ``self``.
    """

    parameters: tuple[Parameter, ...]
    body: Body
    locals: tuple[Binding, ...]
    itself: Binding | None
    span: Span


@record
class This:
    """The instance whose method runs."""

    span: Span


@record
class Attribute:
    """``object.name`` of a Python object; a call of it is a call of the method."""

    value: Node
    name: str
    span: Span


# --- calls -----------------------------------------------------------------------------------


@record
class Named:
    """``(? name value)``, only as an argument of a call."""

    name: str
    value: Node
    span: Span


@record
class Call:
    """A call of something that is no builtin. ``tail``: nothing is left to do after it in
    the function around it."""

    function: Node
    arguments: tuple[Node | Named, ...]
    tail: bool
    span: Span


@record
class BuiltinCall:
    """A call of a builtin that is no special form; ``arguments`` fit its parameters."""

    builtin: Builtin
    arguments: tuple[Node | Named, ...]
    span: Span


@record
class Send:
    """``(x (g y))`` where g is a method, and a function, too: what x, a variable, is
    decides.

    ``otherwise``: the call of x that it is when x has no such method. ``foreign``: g is a
    method of Python's, and the call is meant if x can be called. ``tail``: as for
    ``Call``.
    """

    receiver: Variable
    name: str
    arguments: tuple[Node | Named, ...]
    otherwise: Node
    foreign: bool
    tail: bool
    span: Span


@record
class SuperCall:
    """``(from@ Parent (m a))`` in a method: the parent's version. ``bare``: Python's
    ``super()`` finds it, since the class derives from ``parent`` and no other function
    stands around the call. ``tail``: as for ``Call``."""

    parent: Node
    name: str
    arguments: tuple[Node | Named, ...]
    bare: bool
    tail: bool
    span: Span


@record
class New:
    """An instance some of whose fields are set from within: ``(Rect 10 (init))``.

    ``fields``: attributes to set in order, each value seen from inside ``instance``.
    """

    construction: Call
    instance: Binding
    fields: tuple[tuple[str, Node], ...]
    span: Span


# --- variables ---------------------------------------------------------------------------------


class Result(Enum):
    """What an assignment yields as a value."""

    TRUE = auto()  # setq
    VALUE = auto()  # setqv, label


@record
class Assign:
    """``(setq x value)``. ``is_copy``: a variable of a function takes over that of the file."""

    binding: Binding
    value: Node
    result: Result
    span: Span
    is_copy: bool = False


@record
class Destructure:
    """``(setq (a b) value)``; yields true."""

    bindings: tuple[Binding, ...]
    value: Node
    span: Span


@record
class Update:
    """``(+= x a b)``; ``operator`` is the plain builtin (``+``); yields the new value."""

    operator: Builtin
    binding: Binding
    operands: Body
    span: Span


@record
class UpdateItem:
    """``(+= (@ container k1 k2) a)``; yields the new value."""

    operator: Builtin
    container: Node
    keys: Body
    operands: Body
    span: Span


@record
class Let:
    """Bindings one after the other, of their own for the body only."""

    bindings: tuple[tuple[Binding, Node], ...]
    body: Body
    span: Span


# --- control -------------------------------------------------------------------------------------


@record
class If:
    """``if ife cond check ncheck`` and the like; a missing branch is ``Literal(None)``.

    ``check`` without a body is ``Logical("and", (c,), value=True)``.
    """

    test: Node
    then: Node
    orelse: Node
    span: Span


@record
class Block:
    """Nodes in order; the value is the last one's, nil when there is none."""

    body: Body
    span: Span


@record
class Logical:
    """``operator``: ``and``, ``or``, ``xor``. With ``value`` the deciding operand is the
    value (``andvalue``: and, ``select``: or), otherwise true or nil."""

    operator: str
    operands: Body
    value: bool
    span: Span


@record
class Not:
    operand: Node
    span: Span


@record
class While:
    test: Node
    body: Body
    span: Span


class LoopKind(Enum):
    """How the iterables of a loop are walked."""

    LOOP = auto()  # one container
    LLOOP = auto()  # in parallel, to the shortest
    MLOOP = auto()  # in parallel by key; as many rounds as the first has entries


@record
class For:
    """``loop``, ``lloop``, ``mloop``, and ``whilein`` with a ``test``."""

    kind: LoopKind
    bindings: tuple[Binding, ...]
    iterables: Body
    test: Node | None
    body: Body
    span: Span


@record
class Repeat:
    """``loopcount``; the binding counts from 0, or down from ``|count| - 1``."""

    count: Node
    binding: Binding | None
    body: Body
    span: Span


@record
class Break:
    span: Span


@record
class Return:
    value: Node | None
    span: Span


@record
class Case:
    """One clause of ``switch``: ``key`` is the printed text it is compared with."""

    key: str
    body: Node
    span: Span


@record
class Switch:
    """``default`` None: an unknown key is an error."""

    subject: Node
    cases: tuple[Case, ...]
    default: Node | None
    span: Span


@record
class Maybe:
    """``(maybe e1 … en handler)``; a handler written as a lambda gets the message."""

    body: Body
    handler: Node
    span: Span


@record
class Catch:
    body: Body
    span: Span


@record
class With:
    """``(with ((name context) …) body…)``; a binding is None where no name is wanted."""

    contexts: tuple[tuple[Binding | None, Node], ...]
    body: Body
    span: Span


@record
class Elapse:
    """Milliseconds that the body took."""

    body: Body
    span: Span


@record
class Locked:
    """A body that runs while no other thread holds the lock ``name``; None: the space that
    all threads share."""

    name: Node | None
    body: Body
    span: Span


@record
class Interpolated:
    """``(f_ "…{x}…")``: texts and nodes in turn."""

    parts: tuple[str | Node, ...]
    span: Span


# --- patterns --------------------------------------------------------------------------------------


@record
class Anything:
    """``_``, ``nil`` and ``true``."""

    span: Span


@record
class Capture:
    """``x``."""

    binding: Binding
    span: Span


@record
class Same:
    """``x``, where the rule has bound it before."""

    binding: Binding
    span: Span


@record
class Equal:
    """A number, a text or a quoted atom."""

    value: Literal | Data
    span: Span


@record
class Empty:
    """``()``: every empty container, the empty text, nil."""

    span: Span


@record
class TypeTest:
    """``[integer_ x]``: a value whose `type` is exactly the atom ``type``."""

    type: str
    inner: Pattern
    span: Span


@record
class Condition:
    """``(< x 10)``: ``inner`` binds the variable, then ``test`` must be true.

    A test that fails with an error is no match.
    """

    inner: Capture | Same
    test: Node
    span: Span


class Quantity(Enum):
    """How many elements a `Kleene` takes."""

    SOME = "+"  # at least one
    ANY = "*"
    OPTIONAL = "%"  # one or none: the binding holds the element, or nil


@record
class Kleene:
    """``a+``, ``(< x 10)*``, only in a `Sequence`.

    ``item`` None: elements are taken until the next pattern matches; else as long as it
    matches (it binds ``binding`` to each of them in turn). ``binding`` then holds the list
    of what was taken; None: nobody asks.
    """

    quantity: Quantity
    item: Pattern | None
    binding: Binding | None
    span: Span


@record
class Sequence:
    """``[p1 p2 $ rest]``; ``rest`` None: there are no more elements."""

    items: tuple[Pattern | Kleene, ...]
    rest: Pattern | None
    span: Span


@record
class Instance:
    """``[Point x y]``: a value of a data type or class of the program, its fields in order.

    ``added``: what the last of the fields are, those that only methods of the class set.
    ``partial``: any number of the first fields may be given, since ``type`` stands for
    several data types, or ``$ _`` for the other fields.
    """

    type: Binding
    fields: tuple[Pattern, ...]
    added: tuple[Binding, ...]
    partial: bool
    span: Span


@record
class Mapping:
    """``{"k":v x:y $:rest}``; ``rest`` None: there are no more entries."""

    entries: tuple[tuple[Pattern, Pattern], ...]
    rest: Pattern | None
    span: Span


@record
class Elements:
    """``{1 x $ rest}``: a set."""

    items: tuple[Pattern, ...]
    rest: Pattern | None
    span: Span


#: What the parameters of pattern functions match:
#:
#:     (defpat area ([Circle _ r]) …)     Instance
#:     (defpat fact ([integer_ (> n 0)])  TypeTest around a Condition
#:     (defpat lead ([x $ rest]) …)       Sequence
#:
#: A name is bound by the first `Capture` (or `Condition`, `Kleene`) that has it; where it
#: stands again in the same rule, an equal value is wanted (`Same`).
Pattern = (
    Anything
    | Capture
    | Same
    | Equal
    | Empty
    | TypeTest
    | Condition
    | Sequence
    | Instance
    | Mapping
    | Elements
)


# --- definitions -----------------------------------------------------------------------------------


@record
class FunctionDef:
    """``defun``, or ``dethread`` (``threaded``: a call starts a thread). ``locals`` are the
    variables of the function, without its parameters."""

    binding: Binding
    parameters: tuple[Parameter, ...]
    body: Body
    locals: tuple[Binding, ...]
    docstring: str | None
    span: Span
    threaded: bool = False


class Choice(Enum):
    """What a pattern function does with its rules."""

    FIRST = auto()  # defpat: the first that matches
    FIRST_TRUE = auto()  # defpred: the first that matches and whose body holds
    ALL_TRUE = auto()  # defprol: the values of all that match and whose body holds


@record
class Rule:
    """One ``defpat``, ``defpred`` or ``defprol``; every parameter is a pattern.

    The bindings of the patterns, and ``locals``, the variables that the body sets, belong
    to the rule alone. ``shared``: the places of parameters ``x@``, which are not copied
    for the next rule.
    """

    patterns: tuple[Pattern, ...]
    shared: frozenset[int]
    body: Body
    locals: tuple[Binding, ...]
    span: Span


@record
class PatternFunction:
    """All rules of one name, in the order in which they are tried.

    ``parameters`` are the arguments as Python names them; those that not all rules have
    are optional.
    """

    binding: Binding
    choice: Choice
    parameters: tuple[Parameter, ...]
    rules: tuple[Rule, ...]
    span: Span


@record
class Cut:
    """``cut_`` in the body of a ``defprol`` rule: no further rule is tried."""

    span: Span


@record
class NestedConstraint:
    """``[Point _ integer_]`` as a field: a record of a type, or a list when that is None,
    whose own fields are constrained."""

    type: Binding | None
    fields: tuple[Constraint, ...]


#: What a field of a data type takes: anything, an atom or the values that have it for
#: their type, a data type or group, a structure.
Constraint = None | str | Binding | NestedConstraint


@record
class DataType:
    """One descriptor of a ``data@``: ``[Point integer_ _]``."""

    binding: Binding
    fields: tuple[Constraint, ...]
    span: Span


@record
class DataDef:
    """``data@``; ``group`` is the common ancestor of its types, if it has a name."""

    group: Binding | None
    types: tuple[DataType, ...]
    span: Span


@record
class Field:
    """A field of a class: what the constructor takes, and the attribute that it sets."""

    parameter: Parameter
    attribute: Binding
    inherited: bool


@record
class ClassDef:
    """``class@``. ``fields``: all of them, own ones before those of the parent; ``added``:
    those that only methods set.

    ``base`` None: the class derives from nothing. ``passed``: the fields that the parent's
    constructor takes, in its order; None when the parent is a class of Python.
    """

    binding: Binding
    base: Node | None
    fields: tuple[Field, ...]
    added: tuple[Binding, ...]
    passed: tuple[Binding, ...] | None
    methods: Body
    docstring: str | None
    span: Span


@record
class Constant:
    """``setconst``."""

    binding: Binding
    value: Node
    span: Span


@record
class Use:
    """``(use 'lispe_torch)``: nothing to do, true as a value."""

    library: str
    span: Span


@record
class Load:
    """``(load "file.lsp")`` of a path known when compiling: an import of ``module``.

    ``reached``: the modules that it loads in its turn. ``valued``: somebody may use the
    value, which is that of the last form of the file.
    """

    path: str
    module: str
    reached: tuple[str, ...]
    valued: bool
    span: Span


@record
class PyImport:
    """``(pyimport module name)``, ``(pyimport "package.sub" [a b])``."""

    module: str
    bindings: tuple[Binding, ...]
    members: tuple[str, ...]  # empty: the binding is the module itself
    span: Span


Node = (
    Literal
    | Data
    | Variable
    | BuiltinValue
    | ListLiteral
    | DictLiteral
    | SetLiteral
    | Lambda
    | This
    | Attribute
    | Call
    | BuiltinCall
    | Send
    | SuperCall
    | New
    | Assign
    | Destructure
    | Update
    | UpdateItem
    | Let
    | If
    | Block
    | Logical
    | Not
    | While
    | For
    | Repeat
    | Break
    | Return
    | Switch
    | Maybe
    | Catch
    | With
    | Elapse
    | Locked
    | Interpolated
    | FunctionDef
    | PatternFunction
    | Cut
    | ClassDef
    | DataDef
    | Constant
    | Use
    | Load
    | PyImport
)


@record
class Program:
    """A whole file. ``globals`` are its variables and functions in source order.

    ``open``: code that is known only when the program runs (``eval``) may set them, call
    them and define more. ``thread_variables``: those of which each thread has a copy, in
    ``copies`` where other files speak of them, too.
    ``foreign``: the bindings of other files, and their modules, of which ``loaders`` are
    those that load this file, ``earlier`` and ``later`` those that they load besides.
    """

    body: Body
    globals: tuple[Binding, ...]
    comments: tuple[Comment, ...]
    span: Span
    open: bool = False
    thread_variables: frozenset[Binding] = frozenset()
    foreign: abc.Mapping[Binding, str] = MappingProxyType({})
    loaders: frozenset[str] = frozenset()
    earlier: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()
    copies: Binding | None = None
