"""Compiled from theorem_prover.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    Symbol,
    higher_order,
    is_null,
    kinds,
    no_match,
    println,
    searching,
    tail_recursive,
)


# resolution-like theorem prover: Wang's algorithm for propositional logic
def subset_atoms(l, r):
    return higher_order.first_result(lambda x: searching.contains(r, x), l)


def remove_one(x, l):
    done = None

    def predicate(y):
        nonlocal done
        if not done and x == y:
            done = True
            return None
        return True

    return higher_order.filter_list(predicate, l)


def first_complex(l):
    for x in l:
        if kinds.is_list(x):
            return x
    return None


@tail_recursive
def wang(left, right):
    if common(left, right):
        return True
    if not is_null(first_complex(left)):
        return left_rule.tail(first_complex(left), left, right)
    if not is_null(first_complex(right)):
        return right_rule.tail(first_complex(right), left, right)
    return None


def common(l, r):
    for x in l:
        for y in r:
            if x == y:
                return True
    return None


@tail_recursive
def left_rule(items, l, r):
    match items:
        case [Symbol("not"), p]:
            return wang.tail(remove_one(List([Symbol("not"), p]), l), List([p, *r]))
        case [Symbol("and"), p, q]:
            return wang.tail(
                List([p, q, *remove_one(List([Symbol("and"), p, q]), l)]), r
            )
        case [Symbol("or"), p, q]:
            l1 = remove_one(List([Symbol("or"), p, q]), l)
            return bool(wang(List([p, *l1]), r) and wang(List([q, *l1]), r))
        case [Symbol("=>"), p, q]:
            l1 = remove_one(List([Symbol("=>"), p, q]), l)
            return bool(wang(l1, List([p, *r])) and wang(List([q, *l1]), r))
    raise no_match("left-rule")


@tail_recursive
def right_rule(items, l, r):
    match items:
        case [Symbol("not"), p]:
            return wang.tail(List([p, *l]), remove_one(List([Symbol("not"), p]), r))
        case [Symbol("or"), p, q]:
            return wang.tail(
                l, List([p, q, *remove_one(List([Symbol("or"), p, q]), r)])
            )
        case [Symbol("and"), p, q]:
            r1 = remove_one(List([Symbol("and"), p, q]), r)
            return bool(wang(l, List([p, *r1])) and wang(l, List([q, *r1])))
        case [Symbol("=>"), p, q]:
            return wang.tail(
                List([p, *l]), List([q, *remove_one(List([Symbol("=>"), p, q]), r)])
            )
    raise no_match("right-rule")


def prove(f):
    println(f, "is a theorem" if wang(List(), List([f])) else "is no theorem")


prove(List([Symbol("or"), Symbol("p"), List([Symbol("not"), Symbol("p")])]))
prove(
    List([Symbol("=>"), List([Symbol("and"), Symbol("p"), Symbol("q")]), Symbol("p")])
)
prove(
    List([Symbol("=>"), Symbol("p"), List([Symbol("and"), Symbol("p"), Symbol("q")])])
)
prove(
    List(
        [
            Symbol("=>"),
            List([Symbol("=>"), Symbol("p"), Symbol("q")]),
            List(
                [
                    Symbol("=>"),
                    List([Symbol("not"), Symbol("q")]),
                    List([Symbol("not"), Symbol("p")]),
                ]
            ),
        ]
    )
)
prove(
    List(
        [
            Symbol("=>"),
            List([Symbol("or"), Symbol("p"), Symbol("q")]),
            List([Symbol("or"), Symbol("q"), Symbol("p")]),
        ]
    )
)
prove(List([Symbol("and"), Symbol("p"), List([Symbol("not"), Symbol("p")])]))
