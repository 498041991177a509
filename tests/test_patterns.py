"""Pattern functions: random patterns against a plain matcher, order, errors, messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import compiled, run

from lisptorch_compile.pipeline import compile_text

# --- random patterns against a plain matcher -------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    name: str


@dataclass(frozen=True, slots=True)
class Below:
    """``[integer_ (< x 3)]``."""

    name: str


@dataclass(frozen=True, slots=True)
class Several:
    """``x+``, ``x*``, or with ``below`` ``(< x 3)+``, ``(< x 3)*``."""

    name: str
    sign: str
    below: bool


@dataclass(frozen=True, slots=True)
class ListPattern:
    items: tuple[Any, ...]
    rest: str | None


names = st.sampled_from("xyz")
constants = st.integers(0, 3) | st.sampled_from(["a", "b"])
values = st.recursive(
    constants, lambda inner: st.lists(inner, max_size=4), max_leaves=10
)
parts = st.recursive(
    constants | st.builds(Name, names) | st.builds(Below, names) | st.just(Name("_")),
    lambda inner: st.builds(
        ListPattern,
        st.lists(inner, max_size=3).map(tuple),
        st.none() | st.sampled_from(["r", "_"]),
    ),
    max_leaves=6,
)
repeated = st.builds(Several, st.just("k"), st.sampled_from("+*"), st.booleans())
patterns = st.builds(
    ListPattern,
    st.tuples(
        st.lists(parts, max_size=2).map(tuple),
        st.lists(repeated, max_size=1).map(tuple),
        st.lists(constants, max_size=1).map(tuple),
    ).map(lambda three: three[0] + three[1] + three[2]),
    st.none() | st.sampled_from(["q", "_"]),
)


def written(part: Any) -> str:
    """Return a pattern or a value as LispE."""
    match part:
        case Name(name):
            return name
        case Below(name):
            return f"[integer_ (< {name} 3)]"
        case Several(name, sign, below):
            return f"[integer_ (< {name} 3)]{sign}" if below else f"{name}{sign}"
        case ListPattern(items, rest):
            tail = [] if rest is None else ["$", rest]
            return f"[{' '.join([*map(written, items), *tail])}]"
        case str():
            return f'"{part}"'
        case list():
            return f"({' '.join(map(written, part))})"
        case _:
            return str(part)


def bound(part: Any) -> list[str]:
    """Return the names that a pattern binds, in order and each once."""
    match part:
        case Name("_"):
            return []
        case Name(name) | Below(name) | Several(name):
            return [name]
        case ListPattern(items, rest):
            found = [name for item in items for name in bound(item)]
            found += [rest] if rest not in (None, "_") else []
            return list(dict.fromkeys(found))
        case _:
            return []


def bind(name: str, value: Any, known: dict[str, Any]) -> bool:
    return name == "_" or known.setdefault(name, value) == value


def is_below(value: Any) -> bool:
    return isinstance(value, int) and value < 3


def matches(part: Any, value: Any, known: dict[str, Any]) -> bool:
    """Match as the specification says it, without any cleverness."""
    match part:
        case Name(name):
            return bind(name, value, known)
        case Below(name):
            return is_below(value) and bind(name, value, known)
        case ListPattern(items, rest):
            if not items and rest is None:
                return value in ([], "")
            return isinstance(value, list) and elements(items, rest, value, known)
        case _:
            return bool(part == value)


def elements(
    items: tuple[Any, ...], rest: str | None, value: list[Any], known: dict[str, Any]
) -> bool:
    place = 0
    for index, item in enumerate(items):
        if isinstance(item, Several):
            start = place
            following = items[index + 1 :]
            while place < len(value) and goes_on(item, following, value, place, start):
                place += 1
            if item.sign == "+" and place == start:
                return False
            known[item.name] = value[start:place]
        elif place < len(value) and matches(item, value[place], known):
            place += 1
        else:
            return False
    return place == len(value) if rest is None else bind(rest, value[place:], known)


def goes_on(
    item: Several, following: tuple[Any, ...], value: list[Any], place: int, start: int
) -> bool:
    if item.below:
        return is_below(value[place])
    if item.sign == "+" and place == start:
        return True
    return not following or following[0] != value[place]


@settings(max_examples=80, deadline=None)
@given(patterns, st.lists(values, max_size=5), st.booleans())
def test_random_patterns_match_as_specified(
    pattern: ListPattern, value: list[Any], by_value: bool
) -> None:
    shown = " ".join(bound(pattern))
    call = f"(f '{written(value)})"
    if by_value:  # what is known of the argument then depends on all callers
        call = f"(car (mapcar 'f (list '{written(value)})))"
    ran = run(
        f"(defpat f ({written(pattern)}) (list 'found {shown})) (defpat f (_) 'none)"
        f"(setq result {call}) (setq again (f 5))"
    )
    known: dict[str, Any] = {}
    expected = None
    if matches(pattern, value, known):
        expected = [known[name] for name in bound(pattern)]
    result = ran["result"]
    found = list(result)[1:] if isinstance(result, list) else None
    assert found == expected, f"{written(pattern)} on {written(value)}:\n{ran.python}"


# --- what rules do -----------------------------------------------------------------------------

PRINTED = {
    "typed rules come first": (
        "(defpat f (x) 'any) (defpat f ([integer_ x]) 'int) (println (f 1) (f \"a\"))",
        "int any\n",
    ),
    "true and nil are no integers": (
        (
            "(defpat f ([integer_ x]) 'int) (defpat f (x) 'other)"
            "(println (mapcar 'f (list 1 true nil (< 1 2) (< 2 1))))"
        ),
        "(int other other other other)\n",
    ),
    "a text is no list": (
        "(defpat f ([a $ b]) 'list) (defpat f (x) 'other) (println (f \"ab\") (f '(1)))",
        "other list\n",
    ),
    "every empty value matches the empty list": (
        (
            "(defpat f ([]) 'empty) (defpat f (x) x)"
            '(println (mapcar \'f (list () nil "" {} 0 (integers))))'
        ),
        "(empty empty empty empty 0 empty)\n",
    ),
    "typed and linked lists are lists, and their rests stay what they are": (
        (
            "(defpat f ([a $ b]) (list a (type b)))"
            "(println (f (integers 1 2)) (f (llist 1 2)) (f (floats 1 2)))"
        ),
        "(1 integers_) (1 llist_) (1 floats_)\n",
    ),
    "an error in a condition is no match": (
        (
            "(defpat f ((> (+ x 1) 2)) 'big) (defpat f (x) 'other)"
            '(println (f 5) (f \'(1)) (f "a"))'
        ),
        "big other other\n",
    ),
    "rules stand anywhere": (
        "(defpat f (1) 'one) (println (f 1) (f 2)) (setq k 3) (defpat f (x) (+ x 3))",
        "one 5\n",
    ),
    "a variable of a rule is its own": (
        (
            "(setq t 1) (defpat f (0) (setq t 5) t) (defpat f (n) (+ n t))"
            "(println (f 0) (f 2) t)"
        ),
        "5 3 1\n",
    ),
    "the macro in a pattern is expanded": (
        (
            "(defmacro small (x) (< x 3)) (defpat f ((small n)) 'low) (defpat f (n) 'high)"
            "(println (f 1) (f 7))"
        ),
        "low high\n",
    ),
    "a failing rule leaves its arguments as they were": (
        (
            "(defpred f (l) (pop l 0) nil) (defpred f (l) (size l))"
            "(setq k '(1 2)) (println (f k) k)"
        ),
        "2 (1 2)\n",
    ),
    "x@ is not copied": (
        (
            "(defpred f (l@) (push l 9) nil) (defpred f (l@) l)"
            "(setq k (list 1)) (println (f k) k)"
        ),
        "(1 9) (1 9)\n",
    ),
    "the forms behind a cut may fail, the search ends all the same": (
        "(defprol f (x) cut_ (> x 5) 'big) (defprol f (x) 'any) (println (f 9) (f 1))",
        "(big) ()\n",
    ),
    "a predicate that reaches the end of a deep list": (
        (
            "(defpat last_of ([x]) x) (defpat last_of ([_ $ r]) (last_of r))"
            "(println (last_of (iota 3000)))"
        ),
        "3000\n",
    ),
}


@pytest.mark.parametrize(("text", "printed"), PRINTED.values(), ids=PRINTED)
def test_prints_what_lispe_prints(
    text: str, printed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(text)
    assert capsys.readouterr().out == printed


def test_no_match_is_an_error_at_the_function(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run("(defpat f (1) 1)\n(println (maybe (f 2) (\\(e) e)))")
    message = "Error: Could not find a match for function: 'f', line: "
    assert capsys.readouterr().out.startswith(message)


def test_a_call_of_itself_that_ends_a_rule_is_a_round_of_a_loop() -> None:
    python = compiled(
        "(defpat f ([] n) n) (defpat f ([_ $ r] n) (f r (+ n 1))) (println (f '(1) 0))"
    ).python
    assert python is not None
    assert "while True" in python and "f(r" not in python


# --- messages ------------------------------------------------------------------------------------

FAULTS = {
    "(defpat f ([a $ b c]) a)": "`$` stands before the last element of a pattern",
    "(defpat f ({k:v $:r x:y}) v)": "`$` stands before the last element of a pattern",
    "(defpat f ((< 1 2)) 1)": "this condition is about no variable",
    "(defpat f ([a b%]) a)": "no element follows this optional one",
    "(defpat f ([a b% $ c]) a)": "no element follows this optional one",
    "(defpat f ([[a b]+]) a)": (
        "only a variable, a constant or a condition can be repeated"
    ),
    "(defpat f ([a a+]) a)": "`a` is bound twice here",
    "(defpat f x 1)": "parameters are a list, not `x`",
    "(defpat 3 (x) 1)": "`defpat` needs a name here, not `3`",
    "(defpat f)": "`defpat` needs a list of patterns",
    "(defpat if (x) x)": "`if` names an instruction and cannot be bound",
    "(defpat f (x) x) (f 1 2)": "`f` takes 1 argument, 2 given",
    "(defpat f (x) (cut_))": "`cut_` stands outside a rule of `defprol`",
    "(bodies 'g)": "`bodies` needs a pattern function here, not `'g`",
    "(deflibpat f (x) x)": "`deflibpat` cannot be compiled: native functions",
}


@pytest.mark.parametrize(("text", "message"), FAULTS.items())
def test_faults_are_reported(text: str, message: str) -> None:
    found = [diagnostic.message for diagnostic in compile_text(text).diagnostics]
    assert any(m.startswith(message) for m in found), found


def test_a_pattern_nested_too_deeply_is_reported() -> None:
    result = compile_text(f"(defpat f ({'[' * 300}x{']' * 300}) x) (f 1)")
    (error,) = result.diagnostics
    assert "too deeply" in error.message


def test_a_function_and_rules_of_one_name_give_a_warning() -> None:
    result = compile_text("(defun f (x) 1) (defpat f (x) 2) (println (f 1))")
    (warning,) = result.diagnostics
    assert warning.code == "LT0602"
