"""A Python name for every binding of a module.

Names are allocated, not encoded: each binding keeps the author's name as far as Python
allows, and gets a suffix only where two names would really meet. The choice is made
when the code exists, because only then all imports and builtins in use are known.
"""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import Final

from lisptorch_compile import catalogue, pytree
from lisptorch_compile.catalogue.imports import IMPORTS
from lisptorch_compile.literals import literal_text
from lisptorch_compile.records import record
from lisptorch_compile.scope import Binding, BindingKind

# --- spelling ------------------------------------------------------------------------------

#: Symbols with a name of their own, looked up before their characters.
_WORDS: Final = {
    "+": "plus",
    "-": "minus",
    "*": "times",
    "/": "over",
    "%": "percent",
    "=": "equals",
    "==": "equals",
    "!=": "differs",
    "<": "less",
    "<=": "less_or_equal",
    ">": "greater",
    ">=": "greater_or_equal",
    "<<": "shift_left",
    ">>": "shift_right",
    "**": "power",
    "//": "floor",
    "&": "bit_and",
    "&&": "both",
    "|": "bit_or",
    "||": "either",
    "^": "bit_xor",
    "~": "complement",
    "!": "bang",
    "?": "query",
    "@": "at",
    "@@": "at_range",
    "$": "rest",
    "->": "arrow",
}

#: Parts of a longer name; the first that fits is taken.
_PARTS: Final = {
    "->": "_to_",
    "<-": "_from_",
    "<=": "_less_or_equal_",
    ">=": "_greater_or_equal_",
    "-": "_",
    "+": "_plus_",
    "*": "_star_",
    "/": "_over_",
    "%": "_percent_",
    "=": "_equals_",
    "<": "_less_",
    ">": "_greater_",
    "&": "_and_",
    "|": "_or_",
    "^": "_caret_",
    "~": "_tilde_",
    "!": "_bang_",
    "?": "_query_",
    "@": "_at_",
    "$": "_dollar_",
    "#": "_hash_",
    ":": "_colon_",
    ".": "_",
    "'": "_prime_",
    "\\": "_backslash_",
    " ": "_",
}
_PART = re.compile("|".join(re.escape(part) for part in _PARTS), re.ASCII)

#: `match` and `case` are legal names, but stop a reader; `type` and `_` do not.
_AVOIDED: Final = frozenset({"match", "case"})


def spell(symbol: str) -> str:
    """Return the Python identifier for ``symbol``, without regard to other names.

    >>> [spell(name) for name in ("mean-loss", "empty?", "string->list", "λ", "class")]
    ['mean_loss', 'is_empty', 'string_to_list', 'λ', 'class_']
    """
    if _is_good(symbol):
        return symbol
    name = _WORDS.get(symbol) or _spell_parts(symbol)
    # Python rewrites `__x` inside classes, and `__debug__` cannot be bound.
    name = re.sub("^__+", "_", name)
    return f"{name}_" if keyword.iskeyword(name) or name in _AVOIDED else name


def open_name(symbol: str) -> str:
    """Return the Python name of a variable that code evaluated later may set or read.

    It is found again from the symbol alone, and hides neither a builtin of Python nor
    what generated code imports. Nor is an instruction taken for the variable whose name
    spells it: ``+`` is not ``plus``.

    >>> open_name("mean-loss"), open_name("len"), open_name("at"), open_name("+")
    ('mean_loss', 'len_', 'at_', 'plus_instruction')
    """
    name = spell(symbol)
    if name != symbol and catalogue.lookup(symbol) is not None:
        return f"{name}_instruction"
    return f"{name}_" if name in IMPORTS or hasattr(builtins, name) else name


def spell_attribute(name: str) -> str:
    """Return the name of a field or method of a Python object.

    >>> spell_attribute("__name__"), spell_attribute("from"), spell_attribute("top-k")
    ('__name__', 'from_', 'top_k')
    """
    good = name.isidentifier() and not keyword.iskeyword(name)
    return name if good else spell(name)


def spell_field(field: Binding) -> str:
    """Return the attribute of the instances that a field is in Python."""
    return field.attribute or spell_attribute(field.name)


def singular(name: str) -> str:
    """Return a name for one element of ``name``.

    >>> singular("words"), singular("data"), singular("entries")
    ('word', 'item', 'entry')
    """
    if name.endswith("ies") and len(name) > 4:
        return f"{name[:-3]}y"
    if name.endswith("s") and not name.endswith("ss") and len(name) > 2:
        return name[:-1]
    return "item"


def _is_good(symbol: str) -> bool:
    return (
        _is_clean(symbol)
        and not symbol.startswith("__")
        and not keyword.iskeyword(symbol)
        and symbol not in _AVOIDED
    )


def _is_clean(name: str) -> bool:
    """Tell whether Python takes ``name`` as it stands, and a reader can see all of it."""
    return name.isidentifier() and (
        name.isascii()
        or unicodedata.is_normalized("NFKC", name)
        and not any(map(_is_hidden, name))
    )


def _spell_parts(symbol: str) -> str:
    plain = symbol.replace("-", "_")
    if _is_clean(plain):
        return plain
    text = symbol
    if len(text) > 1 and text[-1] == "?":
        text = text[:-1] if text.startswith("is-") else f"is-{text[:-1]}"
    if len(text) > 2 and text[0] == text[-1] == "*":
        text = text[1:-1]  # *features*
    spelled = _PART.sub(lambda match: _PARTS[match[0]], text)
    spelled = "".join(_spell_character(char) for char in spelled)
    words = [word for word in spelled.split("_") if word]
    lead = "_" if symbol.startswith(("-", "_")) else ""
    name = unicodedata.normalize("NFKC", lead + "_".join(words))
    if not name.isidentifier():
        name = f"_{name}"
    if _is_clean(name):
        return name
    # combining characters that normalise to something else once more
    return "_" + "".join(f"u{ord(char):x}" for char in symbol)


def _spell_character(char: str) -> str:
    if ("_" + char).isidentifier() and not _is_hidden(char):
        # judged after NFKC, which may give several characters, or none of a name
        normal = unicodedata.normalize("NFKC", char)
        if ("_" + normal).isidentifier():
            return normal
    name = unicodedata.name(char, "")
    name = name.removeprefix("APL FUNCTIONAL SYMBOL ").lower()
    words = re.sub("[^a-z0-9]+", "_", name) or f"u{ord(char):x}"
    return f"_{words}_"


def _is_hidden(char: str) -> bool:
    """Tell whether ``char`` is legal in a name and yet leaves no mark on the screen."""
    code = ord(char)
    return (
        code in (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0)
        or 0x180B <= code <= 0x180F
        or 0xFE00 <= code <= 0xFE0F
        or 0xE0100 <= code <= 0xE01EF
    )


# --- allocation ----------------------------------------------------------------------------


_NO_NAMES: Final[Mapping[Binding, str]] = MappingProxyType({})


@record
class Names:
    """The Python names of bindings, and of imports that had to step aside."""

    bindings: Mapping[Binding, str]
    imports: Mapping[str, str]

    def of(self, id: Binding | str) -> str:
        """Return the name to write for a binding, builtin or import.

        A binding of another module is spelled as that module spells it.
        """
        if isinstance(id, str):
            return self.imports.get(id, id)
        return self.bindings.get(id) or spell(id.name)

    def attribute(self, name: Binding | str) -> str:
        """Return what to write after a dot or before ``=``: no import is meant there."""
        return name if isinstance(name, str) else self.of(name)

    def import_alias(self, imported: pytree.Import) -> str | None:
        """Return what to write after ``as``, or None where the name itself serves."""
        if isinstance(imported.alias, Binding):
            alias = self.of(imported.alias)
        else:
            alias = self.of(bound_name(imported))
        own = imported.name or imported.module
        if alias == own or imported.alias is None and alias == bound_name(imported):
            return None
        return alias


def allocate(
    module: pytree.Module,
    *,
    fixed: Mapping[Binding, str] = _NO_NAMES,
    taken: Collection[str] = (),
) -> Names:
    """Choose a name for every binding of ``module``, and aliases for imports.

    Names at the top level are chosen first, then scope by scope inwards; in one scope
    the first in the source wins and temporaries come last. A name must differ from the
    others of its scope, and from the outer names, builtins and imports that the scope
    refers to; an import that would meet a user's name gets an alias instead.

    Args:
        module: the module.
        fixed: names that are settled, of bindings of the top level.
        taken: names that others have at the top level.
    """
    root = _Scope(module.locals)
    walker = _Walker()
    for imported in module.imports:
        walker.walk(imported, root)
    walker.walk(module.body, root)
    imports = frozenset(map(bound_name, filter(_may_be_aliased, module.imports)))
    allocation = _Allocation(imports, fixed, taken)
    root.close()
    root.bindings.extend(sorted(root.free_bindings, key=_order))
    allocation.fill_module(root)
    return Names(MappingProxyType(allocation.names), allocation.import_aliases())


def bound_name(imported: pytree.Import) -> str:
    """Return the name under which the generated code knows an import."""
    if isinstance(imported.alias, str):
        return imported.alias
    return imported.name or imported.module.partition(".")[0]


def _may_be_aliased(imported: pytree.Import) -> bool:
    # `import a.b` binds `a`, which no alias can give
    dotted = imported.name is None and "." in imported.module
    return not isinstance(imported.alias, Binding) and (
        imported.alias is not None or not dotted
    )


class _Scope:
    """A scope: what it binds, and what it and the scopes inside refer to.

    ``seen_…`` is what its own names have to keep clear of, ``free_…`` what it hands to
    the scope around it. They differ for a class: the functions in it do not see its
    names.
    """

    def __init__(self, bindings: Iterable[Binding], *, is_class: bool = False) -> None:
        self.bindings = list(bindings)
        self.is_class = is_class
        self.children: list[_Scope] = []
        self.seen_bindings: set[Binding] = set()
        self.seen_texts: set[str] = set()
        self.free_bindings: set[Binding] = set()
        self.free_texts: set[str] = set()

    def inner(self, bindings: Iterable[Binding], *, is_class: bool = False) -> _Scope:
        child = _Scope(bindings, is_class=is_class)
        self.children.append(child)
        return child

    def use(self, id: Binding | str) -> None:
        if isinstance(id, str):
            self.seen_texts.add(id)
        else:
            self.seen_bindings.add(id)

    def close(self) -> None:
        """Complete the sets, from the inside out."""
        from_children: set[Binding] = set()
        texts: set[str] = set()
        for child in self.children:
            child.close()
            from_children |= child.free_bindings
            texts |= child.free_texts
        self.free_texts = self.seen_texts | texts
        self.free_bindings = (self.seen_bindings | from_children) - set(self.bindings)
        if not self.is_class:
            self.seen_texts |= texts
            self.seen_bindings |= from_children


class _Walker:
    """Builds the scopes of a module: a plain walk, but for the nodes that bind."""

    def walk(self, node: object, scope: _Scope) -> None:
        match node:
            case pytree.Name(id):
                scope.use(id)
            case tuple():
                for item in node:
                    self.walk(item, scope)
            case pytree.Literal(value):
                self._literal(value, scope)
            case pytree.FunctionDef():
                self._function(node, scope)
            case pytree.ClassDef():
                self._class(node, scope)
            case pytree.Lambda(parameters, body):
                inner = scope.inner(_bindings(p.name for p in parameters))
                self._parameters(parameters, scope, inner)
                self.walk(body, inner)
            case pytree.Comprehension(element=element, clauses=clauses):
                targets = [name for c in clauses for name in _targets(c.target)]
                inner = scope.inner(_bindings(targets))
                self.walk(element, inner)
                self.walk(clauses, inner)
            case pytree.Import():
                alias = node.alias
                name = alias if isinstance(alias, Binding) else bound_name(node)
                scope.use(name)
            case pytree.MatchCapture(name=pytree.Name()) | pytree.MatchStar():
                scope.use("_")  # means "anything" in a pattern
                self._children(node, scope)
            case str() | Binding() | None:
                pass
            case _:
                self._children(node, scope)

    def _children(self, node: object, scope: _Scope) -> None:
        for name in pytree.child_fields(node):
            self.walk(getattr(node, name), scope)

    def _literal(self, value: object, scope: _Scope) -> None:
        if isinstance(value, (float, complex)):
            text = literal_text(value)
            if text.endswith(")"):
                scope.seen_texts |= {"float", "complex"}

    def _function(self, node: pytree.FunctionDef, scope: _Scope) -> None:
        self.walk(node.name, scope)
        self.walk(node.decorators, scope)
        inner = scope.inner(node.locals)
        self._parameters(node.parameters, scope, inner)
        self.walk(node.body, inner)

    def _class(self, node: pytree.ClassDef, scope: _Scope) -> None:
        self.walk(node.name, scope)
        self.walk(node.decorators, scope)
        self.walk(node.bases, scope)
        inner = scope.inner(node.locals, is_class=True)
        self.walk(node.body, inner)

    def _parameters(
        self, parameters: Iterable[pytree.Parameter], outer: _Scope, inner: _Scope
    ) -> None:
        for parameter in parameters:
            self.walk(parameter.name, inner)
            self.walk(parameter.default, outer)


def _bindings(names: Iterable[pytree.Name]) -> list[Binding]:
    return [name.id for name in names if isinstance(name.id, Binding)]


def _targets(target: pytree.Expr) -> Iterator[pytree.Name]:
    match target:
        case pytree.Name():
            yield target
        case pytree.TupleDisplay(items) | pytree.ListDisplay(items):
            for item in items:
                yield from _targets(item)
        case pytree.Starred(value):
            yield from _targets(value)
        case _:
            pass


class _Allocation:
    """The names chosen so far."""

    def __init__(
        self,
        imports: frozenset[str],
        fixed: Mapping[Binding, str],
        taken: Collection[str],
    ) -> None:
        self.imports = imports
        self.names: dict[Binding, str] = dict(fixed)
        self._others = {*fixed.values(), *taken}
        self._met = set(imports.intersection(taken))  # imports that meet a user's name
        self._texts: set[str] = set()

    def fill_module(self, root: _Scope) -> None:
        """Choose all names, those of the top level clear of the names of others."""
        self._fill(root, self._others)

    def _fill(self, scope: _Scope, others: AbstractSet[str] = frozenset()) -> None:
        """Choose the names of ``scope``, then those of the scopes inside."""
        self._texts |= scope.seen_texts
        reserved = scope.seen_texts - self.imports
        own = set(scope.bindings)
        outer = (b for b in scope.seen_bindings if b not in own)
        taken = {self.names[b] for b in outer if b in self.names} | reserved | others
        mine: set[str] = set()
        for binding in sorted(scope.bindings, key=_order):
            if binding in self.names:  # a loop variable that the function has, too
                mine.add(self.names[binding])
                continue
            wish = binding.kind is BindingKind.METHOD and spell_attribute(binding.name)
            name = _free_name(wish or spell(binding.name), taken, reserved)
            self.names[binding] = name
            taken.add(name)
            mine.add(name)
        self._met |= scope.seen_texts & self.imports & mine
        for child in scope.children:
            self._fill(child)

    def import_aliases(self) -> Mapping[str, str]:
        taken = set(self.names.values()) | self._texts | self.imports | self._others
        aliases = {}
        for name in sorted(self._met):
            aliases[name] = _free_name(name, taken, {name})
            taken.add(aliases[name])
        return MappingProxyType(aliases)


def _order(binding: Binding) -> tuple[bool, int]:
    return binding.kind is BindingKind.TEMPORARY, binding.span.start


def _free_name(wish: str, taken: set[str], reserved: set[str]) -> str:
    """Return ``wish``; else ``wish_`` beside a builtin, else ``wish_2``, ``wish_3`` …"""
    if wish not in taken:
        return wish
    stem = wish.rstrip("_")
    if not stem:  # a lone underscore
        return _free_name("value", taken, reserved)
    if wish in reserved and f"{wish}_" not in taken:
        return f"{wish}_"
    number = 2
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"
