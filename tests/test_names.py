"""Python names for LispE symbols: spelling, clashes, imports."""

from __future__ import annotations

import keyword
import sys
import unicodedata
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lisptorch_compile import pytree as p
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.names import Names, allocate, spell
from lisptorch_compile.scope import Binding, BindingKind

SPAN = Span(0, 1)


def binding(
    name: str, start: int = 0, kind: BindingKind = BindingKind.LOCAL
) -> Binding:
    return Binding(name, kind, Span(start, start + 1))


def use(*ids: Binding | str) -> p.ExprStmt:
    """Return a statement that mentions ``ids``."""
    names = tuple(p.Name(id, SPAN) for id in ids)
    return p.ExprStmt(p.TupleDisplay(names, SPAN), SPAN)


def function(
    name: Binding, locals: tuple[Binding, ...], *body: p.Stmt
) -> p.FunctionDef:
    parameters = tuple(p.Parameter(p.Name(b, SPAN), None, "", SPAN) for b in locals)
    return p.FunctionDef(p.Name(name, SPAN), parameters, body, (), None, locals, SPAN)


def module(
    *body: p.Stmt, locals: tuple[Binding, ...] = (), imports: tuple[str, ...] = ()
) -> p.Module:
    lines = tuple(p.Import("runtime", name, None, SPAN) for name in imports)
    return p.Module("Doc.", lines, body, locals, SPAN)


def names_of(names: Names, *bindings: Binding) -> list[str]:
    return [names.bindings[binding] for binding in bindings]


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("loss", "loss"),
        ("mean-loss", "mean_loss"),
        ("kv_cache", "kv_cache"),
        ("Model", "Model"),
        ("λ", "λ"),
        ("θ-start", "θ_start"),
        ("empty?", "is_empty"),
        ("is-empty?", "is_empty"),
        ("set-weights!", "set_weights_bang"),
        ("string->list", "string_to_list"),
        ("+", "plus"),
        ("-", "minus"),
        ("<=", "less_or_equal"),
        ("a+b", "a_plus_b"),
        ("x*", "x_star"),
        ("*features*", "features"),
        ("x'", "x_prime"),
        ("a.b", "a_b"),
        ("⍵", "omega"),
        ("class", "class_"),
        ("lambda", "lambda_"),
        ("None", "None_"),
        ("match", "match_"),
        ("type", "type"),
        ("_", "_"),
        ("2d", "_2d"),
        ("-x", "_x"),
        ("__debug__", "_debug__"),
        ("ﬁ", "fi"),
        ("e\u0301", "é"),
        ("x\u200d", "x_zero_width_joiner"),
        ("\ud800", "ud800"),
        ("", "_"),
    ],
)
def test_symbols_are_spelled(symbol: str, name: str) -> None:
    assert spell(symbol) == name


def is_legal(name: str) -> bool:
    return (
        name.isidentifier()
        and not keyword.iskeyword(name)
        and not name.startswith("__")
        and unicodedata.normalize("NFKC", name) == name
    )


def test_every_code_point_has_a_legal_name() -> None:
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        name = spell(char)
        assert is_legal(name), (hex(code), name)
        if char.isascii() and char.isalpha():
            assert name == char


def test_every_assigned_code_point_has_a_legal_name_inside_a_symbol() -> None:
    for code in range(0x30000):
        if unicodedata.category(chr(code)) in ("Cn", "Co", "Cs"):
            continue
        name = spell(f"a{chr(code)}b")
        assert is_legal(name) and name.isprintable(), (hex(code), name)


@given(st.text())
def test_any_text_has_a_legal_name(symbol: str) -> None:
    assert is_legal(spell(symbol))


@given(st.lists(st.text("ab-_?!+é\u0301ﬁfi", max_size=3), max_size=30))
def test_names_of_one_scope_differ(symbols: list[str]) -> None:
    bindings = tuple(binding(name, start) for start, name in enumerate(symbols))
    names = allocate(module(use(*bindings), locals=bindings))
    chosen = names_of(names, *bindings)
    assert len(set(chosen)) == len(chosen)
    assert all(map(is_legal, chosen))
    folded = {unicodedata.normalize("NFKC", name) for name in chosen}
    assert len(folded) == len(chosen)


def test_first_in_the_source_keeps_its_name() -> None:
    later, earlier = binding("kv_cache", 20), binding("kv-cache", 10)
    names = allocate(module(use(later, earlier), locals=(later, earlier)))
    assert names_of(names, earlier, later) == ["kv_cache", "kv_cache_2"]


def test_third_of_a_name_gets_the_next_number() -> None:
    bindings = binding("a-b", 1), binding("a_b", 2), binding("a.b", 3)
    names = allocate(module(use(*bindings), locals=bindings))
    assert names_of(names, *bindings) == ["a_b", "a_b_2", "a_b_3"]


def test_temporaries_give_way_to_variables() -> None:
    temporary = binding("end", 1, BindingKind.TEMPORARY)
    variable = binding("end", 9)
    names = allocate(module(use(temporary), locals=(temporary, variable)))
    assert names_of(names, variable, temporary) == ["end", "end_2"]


def test_inner_name_may_shadow_an_outer_one_it_does_not_meet() -> None:
    outer, inner, f = binding("x", 1), binding("x", 5), binding("f", 2)
    names = allocate(module(function(f, (inner,), use(inner)), locals=(outer, f)))
    assert names_of(names, outer, inner) == ["x", "x"]


def test_inner_name_gives_way_to_an_outer_one_that_it_meets() -> None:
    outer, inner, f = binding("count", 9), binding("count", 5), binding("f", 2)
    definition = function(f, (inner,), use(inner, outer))
    names = allocate(module(definition, locals=(outer, f)))
    assert names_of(names, outer, inner) == ["count", "count_2"]


def test_names_that_meet_only_in_a_nested_function_differ() -> None:
    outer, middle = binding("x", 1), binding("x", 2)
    f, g = binding("f", 3), binding("g", 4)
    nested = function(g, (), use(outer, middle))
    names = allocate(module(function(f, (middle, g), nested), locals=(outer, f)))
    assert names_of(names, outer, middle) == ["x", "x_2"]


def test_names_of_a_nested_function_do_not_disturb_the_outer_one() -> None:
    outer, inner = binding("x", 1), binding("x", 2)
    f, g = binding("f", 3), binding("g", 4)
    nested = function(g, (inner,), use(inner))
    names = allocate(module(function(f, (outer, g), nested, use(outer)), locals=(f,)))
    assert names_of(names, outer, inner) == ["x", "x"]


def test_builtin_in_use_moves_a_user_name() -> None:
    mine, f, other = binding("list", 1), binding("f", 2), binding("list", 3)
    definition = function(f, (other,), use(other))
    names = allocate(module(use("list", mine), definition, locals=(mine, f)))
    assert names_of(names, mine, other) == ["list_", "list"]


def test_builtin_in_use_within_a_function_moves_a_global() -> None:
    mine, f = binding("list", 1), binding("f", 2)
    names = allocate(module(function(f, (), use("list")), locals=(mine, f)))
    assert names_of(names, mine) == ["list_"]


def test_builtin_not_in_use_is_free() -> None:
    mine = binding("sum", 1)
    assert names_of(allocate(module(use(mine), locals=(mine,))), mine) == ["sum"]


def test_literal_without_text_of_its_own_uses_a_builtin() -> None:
    mine = binding("float", 1)
    infinite = p.ExprStmt(p.Literal(float("inf"), SPAN), SPAN)
    names = allocate(module(infinite, use(mine), locals=(mine,)))
    assert names_of(names, mine) == ["float_"]


def test_import_steps_aside_for_a_global() -> None:
    mine = binding("attention", 1)
    names = allocate(
        module(use("attention", mine), locals=(mine,), imports=("attention",))
    )
    assert names.of(mine) == "attention"
    assert names.of("attention") == "attention_"
    (entry,) = module(imports=("attention",)).imports
    assert names.import_alias(entry) == "attention_"


def test_import_steps_aside_for_a_parameter_of_a_function_that_uses_it() -> None:
    mine, f = binding("layers", 1), binding("f", 2)
    definition = function(f, (mine,), use(mine, "layers"))
    names = allocate(module(definition, locals=(f,), imports=("layers",)))
    assert (names.of(mine), names.of("layers")) == ("layers", "layers_")


def test_import_keeps_its_name_beside_a_function_that_does_not_use_it() -> None:
    mine, f = binding("layers", 1), binding("f", 2)
    definition = function(f, (mine,), use(mine))
    names = allocate(
        module(definition, use("layers"), locals=(f,), imports=("layers",))
    )
    assert (names.of(mine), names.of("layers")) == ("layers", "layers")


def test_alias_of_an_import_is_free() -> None:
    mine, other = binding("layers", 1), binding("layers_", 2)
    names = allocate(module(use("layers"), locals=(mine, other), imports=("layers",)))
    assert names.of("layers") == "layers_2"


def test_import_under_another_name_is_known_by_it() -> None:
    entry = p.Import("torch.nn", "functional", "F", SPAN)
    mine = binding("F", 1)
    tree = p.Module("Doc.", (entry,), (use("F"),), (mine,), SPAN)
    names = allocate(tree)
    assert (names.of(mine), names.of("F")) == ("F", "F_")
    assert names.import_alias(entry) == "F_"


def test_user_name_gives_way_to_a_package_that_cannot_be_renamed() -> None:
    entry = p.Import("os.path", None, None, SPAN)
    mine = binding("os", 1)
    names = allocate(p.Module("Doc.", (entry,), (use("os"),), (mine,), SPAN))
    assert (names.of(mine), names.of("os")) == ("os_", "os")


def test_attributes_and_keywords_are_no_imports() -> None:
    mine = binding("layers", 1)
    names = allocate(module(use("layers"), locals=(mine,), imports=("layers",)))
    assert names.attribute("layers") == "layers"


def test_methods_may_be_named_like_globals_they_use() -> None:
    outer, method = binding("size", 1), binding("size", 2)
    cls = binding("Box", 3)
    body = (function(method, (), use(outer)),)
    definition = p.ClassDef(p.Name(cls, SPAN), (), body, (), None, (method,), SPAN)
    names = allocate(module(definition, locals=(outer, cls)))
    assert names_of(names, outer, method) == ["size", "size"]


def test_builtin_used_in_a_method_moves_a_global() -> None:
    outer, method, cls = binding("len", 1), binding("f", 2), binding("Box", 3)
    body = (function(method, (), use("len")),)
    definition = p.ClassDef(p.Name(cls, SPAN), (), body, (), None, (method,), SPAN)
    names = allocate(module(definition, locals=(outer, cls)))
    assert names_of(names, outer) == ["len_"]


def test_methods_of_one_class_differ() -> None:
    first, second, cls = binding("a-b", 1), binding("a_b", 2), binding("Box", 3)
    body = (function(first, ()), function(second, ()))
    definition = p.ClassDef(
        p.Name(cls, SPAN), (), body, (), None, (first, second), SPAN
    )
    names = allocate(module(definition, locals=(cls,)))
    assert names_of(names, first, second) == ["a_b", "a_b_2"]


def test_comprehension_variable_gives_way_to_what_it_meets() -> None:
    outer, inner = binding("x", 1), binding("x", 2)
    element = p.Binary(p.Name(outer, SPAN), "+", p.Name(inner, SPAN), SPAN)
    clause = p.Clause(p.Name(inner, SPAN), p.Name("y", SPAN), (), SPAN)
    comprehension = p.Comprehension("list", element, (clause,), SPAN)
    names = allocate(module(p.ExprStmt(comprehension, SPAN), locals=(outer,)))
    assert names_of(names, outer, inner) == ["x", "x_2"]


def test_lambda_parameter_gives_way_to_what_it_meets() -> None:
    outer, inner = binding("x", 1), binding("x", 2)
    parameter = p.Parameter(p.Name(inner, SPAN), None, "", SPAN)
    expr = p.Lambda((parameter,), p.Name(outer, SPAN), SPAN)
    names = allocate(module(p.ExprStmt(expr, SPAN), locals=(outer,)))
    assert names_of(names, outer, inner) == ["x", "x_2"]


def test_underscore_is_no_variable_beside_captures() -> None:
    mine = binding("_", 1)
    capture = p.MatchCapture(None, p.Name(mine, SPAN), SPAN)
    case = p.Case(capture, None, (use(mine),), SPAN)
    names = allocate(module(p.Match(p.Name("x", SPAN), (case,), SPAN), locals=(mine,)))
    assert names_of(names, mine) == ["value"]


def test_binding_that_no_scope_lists_is_named_at_the_top() -> None:
    stray = binding("a-b", 1)
    assert names_of(allocate(module(use(stray))), stray) == ["a_b"]


def test_name_of_another_module_is_spelled() -> None:
    foreign = Binding("mean-loss", BindingKind.GLOBAL, SPAN)
    assert Names({}, {}).attribute(foreign) == "mean_loss"


#: (names, inner functions), recursive
NESTED: st.SearchStrategy[Any] = st.recursive(
    st.lists(st.sampled_from("xyz"), max_size=2).map(lambda names: (names, [])),
    lambda inner: st.tuples(
        st.lists(st.sampled_from("xyz"), max_size=3), st.lists(inner, max_size=3)
    ),
    max_leaves=8,
)


@given(NESTED, st.randoms(use_true_random=False))
def test_every_mention_reaches_its_own_binding(shape: Any, random: Random) -> None:
    """Resolve the chosen names by Python's rules, in random nested functions."""
    scopes: list[tuple[list[tuple[Binding, ...]], list[Binding]]] = []

    def build(
        node: Any, visible: list[Binding], chain: list[tuple[Binding, ...]]
    ) -> p.FunctionDef:
        symbols, inner = node
        own = tuple(binding(name, start) for start, name in enumerate(symbols))
        chain = [*chain, own]
        visible = [*visible, *own]
        used = [b for b in visible if random.random() < 0.5]
        scopes.append((chain, used))
        bodies = [build(child, visible, chain) for child in inner]
        f = binding("f")
        return function(f, own, use(*used), *bodies)

    top = build(shape, [], [])
    names = allocate(module(top))
    for chain, used in scopes:
        for wanted in used:
            name = names.of(wanted)
            for scope in reversed(chain):
                found = [b for b in scope if names.of(b) == name]
                if found:
                    break
            assert found == [wanted]


def test_allocation_does_not_depend_on_identities() -> None:
    def build() -> list[str]:
        bindings = tuple(binding(name, 0) for name in ("b-a", "b_a", "b.a", "c"))
        names = allocate(module(use("c", *reversed(bindings)), locals=bindings))
        return names_of(names, *bindings)

    assert build() == build() == ["b_a", "b_a_2", "b_a_3", "c_"]
