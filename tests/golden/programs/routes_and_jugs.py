"""Compiled from routes_and_jugs.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    List,
    Strings,
    Symbol,
    add,
    characters,
    higher_order,
    lists,
    no_match,
    ordering,
    patterns,
    println,
    searching,
    text,
    to_integer,
    truth,
)

# Facts and rules by defpred and defprol; routes, parsers, water jugs
facts = List(
    [
        List([Symbol("parent"), Symbol("tom"), Symbol("bob")]),
        List([Symbol("parent"), Symbol("tom"), Symbol("liz")]),
        List([Symbol("parent"), Symbol("bob"), Symbol("ann")]),
        List([Symbol("parent"), Symbol("bob"), Symbol("pat")]),
        List([Symbol("parent"), Symbol("pat"), Symbol("jim")]),
        List([Symbol("male"), Symbol("tom")]),
        List([Symbol("male"), Symbol("bob")]),
        List([Symbol("male"), Symbol("jim")]),
        List([Symbol("female"), Symbol("liz")]),
        List([Symbol("female"), Symbol("ann")]),
        List([Symbol("female"), Symbol("pat")]),
    ]
)


def holds(f):
    maplist_result = [text(fact) for fact in facts]
    string_result = text(f)
    return string_result in maplist_result


println(
    holds(List([Symbol("parent"), Symbol("tom"), Symbol("bob")])),
    holds(List([Symbol("parent"), Symbol("bob"), Symbol("tom")])),
)


def query(p, a):
    return List([f[2] for f in facts if f[0] == p and f[1] == a])


println(query(Symbol("parent"), Symbol("bob")))


def grandparent(x, z):
    try:
        kids = query(Symbol("parent"), x)
        result = higher_order.first_result(
            lambda k: (
                True if searching.contains(query(Symbol("parent"), k), z) else None
            ),
            kids,
        )
        if truth(result):
            return result
    except Failure:
        pass
    raise no_match("grandparent")


grandparent_result = grandparent(Symbol("tom"), Symbol("ann"))
try:
    result = grandparent(Symbol("bob"), Symbol("liz"))
except Failure:
    result = Symbol("no")
println(grandparent_result, result)


def ancestor(x, z):
    try:
        if searching.contains(query(Symbol("parent"), x), z):
            return True
    except Failure:
        pass
    try:

        def predicate(k):
            try:
                return ancestor(k, z)
            except Failure:
                return None

        r = higher_order.filter_list(predicate, query(Symbol("parent"), x))
        if r:
            return True
    except Failure:
        pass
    raise no_match("ancestor")


ancestor_result = ancestor(Symbol("tom"), Symbol("jim"))
ancestor_result_2 = ancestor(Symbol("tom"), Symbol("bob"))
try:
    result = ancestor(Symbol("ann"), Symbol("tom"))
except Failure:
    result = Symbol("no")
println(ancestor_result, ancestor_result_2, result)


# counting down, with the trace of rules
def countdown(n):
    if n == 0:
        println(Symbol("end"))
        return True
    try:
        if n > 3:
            println(Symbol("toobig"), n)
            if countdown(3):
                return True
    except Failure:
        pass
    try:
        print(n)
        if countdown(n - 1):
            return True
    except Failure:
        pass
    raise no_match("countdown")


countdown(5)


# member and append in defpred
def membr(x, items):
    match items:
        case [x_2, *_] if x == x_2:
            return True
    if items:
        _, *r = items
        try:
            if membr(x, r):
                return True
        except Failure:
            pass
        raise no_match("membr")
    return None


membr_result = membr(3, List([1, 2, 3]))
try:
    result = membr(9, List([1, 2]))
except Failure:
    result = Symbol("absent")
println(membr_result, result)


def maximum(items):
    if len(items) == 1:
        (x,) = items
        if x:
            return x
    if len(items) >= 2:
        x, y, *r = items
        try:
            if x > y:
                result = maximum(List([x, *r]))
                if result:
                    return result
        except Failure:
            pass
    if len(items) >= 2:
        _, y, *r = items
        try:
            result = maximum(List([y, *r]))
            if result:
                return result
        except Failure:
            pass
        raise no_match("maximum")
    return None


println(maximum(List([3, 9, 2, 7])))
# defprol: all routes
roads = List(
    [
        List([Symbol("a"), Symbol("b")]),
        List([Symbol("b"), Symbol("c")]),
        List([Symbol("a"), Symbol("c")]),
        List([Symbol("c"), Symbol("d")]),
    ]
)


def next(x):
    return List([r[1] for r in roads if r[0] == x])


def paths(x, y, seen):
    if x == y:
        return List([List([y])])
    out = List()
    for n in next(x):
        if not searching.contains(seen, n):
            for p in paths(n, y, List([n, *seen])):
                out.append(List([x, *p]))
    return out


println(paths(Symbol("a"), Symbol("d"), List([Symbol("a")])))


def speed(x):
    results = List()
    if x == Symbol("car"):
        results.append(100)
    if x == Symbol("car"):
        results.append(120)
    if x == Symbol("bike"):
        results.append(20)
    if x == Symbol("plane"):
        results.append(900)
    return results


println(
    speed(Symbol("car")),
    speed(Symbol("bike")),
    speed(Symbol("plane")),
    speed(Symbol("boat")),
)


def split2(items, a, b):
    results = List()
    if not items:
        result = List([a, b])
        if result:
            results.append(result)
    if items:
        x, *r = items
        try:
            result = split2(r, List([*a, x]), b)
            if result:
                results.append(result)
        except Failure:
            pass
    if items:
        x, *r = items
        try:
            result = split2(r, a, List([*b, x]))
            if result:
                results.append(result)
        except Failure:
            pass
    return results


print(len(lists.flatten(split2(List([1, 2]), List(), List()))))


def sign_of(x):
    results = List()
    if x < 0:
        results.append(Symbol("negative"))
        return results
    if x == 0:
        results.append(Symbol("zero"))
        return results
    results.append(Symbol("positive"))
    return results


println(sign_of(-1), sign_of(0), sign_of(5))


# parser with defpred: digits, sums
def digits(items, acc):
    match items:
        case [d, *_]:
            r = patterns.rest(items, 1)
            try:
                if characters.is_digit(d):
                    result = digits(r, add(acc, d))
                    if result:
                        return result
            except Failure:
                pass
    try:
        if acc != "":
            result = List([to_integer(acc), items])
            if result:
                return result
    except Failure:
        pass
    raise no_match("digits")


def sum_(l):
    try:
        a = digits(l, "")
        if lists.follow(a, "aad") == "+":
            b = sum_(lists.follow(a, "dad"))
            result = List([add(lists.first(a), lists.first(b)), lists.second(b)])
            if result:
                return result
    except Failure:
        pass
    try:
        result = digits(l, "")
        if result:
            return result
    except Failure:
        pass
    raise no_match("sum_")


println(sum_(Strings("12+30+8")), lists.first(sum_(Strings("7"))))


# water jugs by breadth-first search
def moves(s):
    a, b = s
    return searching.unique(
        [
            List([4, b]),
            List([a, 3]),
            List([0, b]),
            List([a, 0]),
            List([a - ordering.smallest(a, 3 - b), b + ordering.smallest(a, 3 - b)]),
            List([a + ordering.smallest(b, 4 - a), b - ordering.smallest(b, 4 - a)]),
        ]
    )


def jugs(goal):
    queue = List([List([List([0, 0])])])
    seen = List([List([0, 0])])
    last = None
    while queue:
        path = queue.pop(0)
        s = lists.last(path)
        if lists.first(s) == goal:
            return path
        last = None
        for m in moves(s):
            maplist_result = [text(item) for item in seen]
            string_result = text(m)
            if string_result in maplist_result:
                last = None
            else:
                seen.append(m)
                last = lists.push(queue, List([*path, m]))
    return last


println(jugs(2))
