"""Compiled from predicates.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Failure, List, Symbol, lists, no_match, println


# Every form of the body is a test.
def below(l):
    if not l:
        return True
    a, *b = l
    try:
        if a < 10:
            print(a)
            result = below(b)
            if result:
                return result
    except Failure:
        pass
    return println("We stop", l)


below(List([1, 2, 11, 12, 13]))


# All rules that succeed give a value; the cut ends the search.
def test(a, b):
    results = List()
    if a < b:
        result = a + b
        if result:
            results.append(result)
    if b - a == 2:
        result = a * b
        if result:
            results.append(result)
        return results
    if a + b < 100:
        result = b - a
        if result:
            results.append(result)
    return results


println(test(10, 12), test(10, 14), test(60, 50))


# What a rule did to its arguments is undone for the next one.
def filled(l):
    l_2 = lists.clone(l)
    if lists.push(l_2, 0) and len(l_2) > 3 and l_2:
        return l_2
    l_2 = lists.clone(l)
    if lists.push(l_2, 1) and l_2:
        return l_2
    raise no_match("filled")


println(filled(List([1, 2])), filled(List([1, 2, 3])))


# The last rule fails: an error; no rule matches: nil.
def positive(x):
    if isinstance(x, int):
        if x > 0:
            return "yes"
        raise no_match("positive")
    return None


positive_result = positive(3)
positive_result_2 = positive("three")
try:
    result = positive(-3)
except Failure:
    result = "failed"
println(positive_result, positive_result_2, result)


def parent(value):
    results = List()
    if value == Symbol("ann"):
        results.append(Symbol("bob"))
    if value == Symbol("ann"):
        results.append(Symbol("carol"))
    if value == Symbol("bob"):
        results.append(Symbol("dave"))
    return results


def grandparent(x):
    results = List()
    try:
        result = List([parent(item) for item in parent(x)])
        if result:
            results.append(result)
    except Failure:
        pass
    return results


println(parent(Symbol("ann")), grandparent(Symbol("ann")), parent(Symbol("dave")))
