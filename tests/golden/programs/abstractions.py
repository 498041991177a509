"""Compiled from abstractions.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    Symbol,
    add,
    greater,
    higher_order,
    is_null,
    kinds,
    less,
    less_equal,
    lists,
    multiply,
    numbers,
    println,
    remainder,
    sequences,
    strings,
    text,
    to_integer,
)


# Rational numbers, pairs out of functions, folds, fixed points, trees, monitors, continued fractions
def make_rat(n, d):
    g = numbers.gcd(n, d)
    return lists.cons(to_integer(n / g), to_integer(d / g))


def numer(r):
    return lists.first(r)


def denom(r):
    return lists.rest(r)


def add_rat(a, b):
    return make_rat(numer(a) * denom(b) + numer(b) * denom(a), denom(a) * denom(b))


def print_rat(r):
    print(f"{text(numer(r))}/{text(denom(r))}")


one_half = make_rat(1, 2)
one_third = make_rat(1, 3)
print_rat(add_rat(one_half, one_third))
print_rat(add_rat(one_third, one_third))
println(one_half)


def my_cons(x, y):
    return lambda m: x if m == 0 else y


def my_car(z):
    return z(0)


def my_cdr(z):
    return z(1)


println(my_car(my_cons(3, 4)), my_cdr(my_cons(3, 4)))


def kons(x, y):
    return lambda m: m(x, y)


def kar(z):
    return z(lambda p, q: p)


println(kar(kons(7, 8)))


def accumulate(op, init, seq):
    if not seq:
        return init
    return op(seq[0], accumulate(op, init, lists.rest(seq)))


println(
    accumulate(add, 0, List([1, 2, 3, 4, 5])),
    accumulate(multiply, 1, List([1, 2, 3, 4, 5])),
    accumulate(lists.cons, List(), List([1, 2, 3])),
)


def enumerate_interval(lo, hi):
    return List() if lo > hi else List([lo, *enumerate_interval(lo + 1, hi)])


def flatmap(proc, seq):
    return accumulate(lists.concat, List(), higher_order.map_list(proc, seq))


def is_prime(n):
    if less(n, 2):
        return None
    d = 2
    while less_equal(d * d, n) and 0 != remainder(n, d):
        d += 1
    return greater(d * d, n)


def prime_sum_pairs(n):
    return higher_order.map_list(
        lambda p: List(
            [lists.first(p), lists.second(p), add(lists.first(p), lists.second(p))]
        ),
        higher_order.filter_list(
            lambda p: is_prime(add(lists.first(p), lists.second(p))),
            flatmap(
                lambda i: List([List([i, j]) for j in enumerate_interval(1, i - 1)]),
                enumerate_interval(1, n),
            ),
        ),
    )


println(prime_sum_pairs(6))


def square(x):
    return x * x


def fast_expt(b, n):
    if n == 0:
        return 1
    if remainder(n, 2) == 0:
        return square(fast_expt(b, n / 2))
    return b * fast_expt(b, n - 1)


println(fast_expt(2, 10), fast_expt(3, 5))


def fixed_point(f, guess):
    while True:
        next = f(guess)
        if less(numbers.fabs(guess - next), 1e-05):
            return next
        guess = next


println(
    fixed_point(numbers.cos, 1.0),
    fixed_point(lambda y: add(numbers.sin(y), numbers.cos(y)), 1.0),
    fixed_point(lambda x: 1 + 1 / x, 1.0),
)


def deriv(g):
    return lambda x: (g(x + 1e-05) - g(x)) / 1e-05


print(strings.formatted(deriv(lambda x: x * x * x)(5), "%.2f"))


def average_damp(f):
    return lambda x: add(x, f(x)) / 2


println(fixed_point(average_damp(lambda y: 2 / y), 1.0))


def sum_of(term, a, next, b):
    return 0 if greater(a, b) else add(term(a), sum_of(term, next(a), next, b))


println(sum_of(lambda x: x * x * x, 1, lambda x: x + 1, 10))
println(8 * sum_of(lambda x: 1.0 / (x * (x + 2)), 1, lambda x: x + 4, 500))


def compose(f, g):
    return lambda x: f(g(x))


def repeated(f, n):
    return f if n == 1 else compose(f, repeated(f, n - 1))


println(repeated(square, 2)(5), repeated(lambda x: x + 1, 10)(0))


def adjoin_set(x, set_):
    if is_null(set_):
        return List([x, List(), List()])
    if x == lists.first(set_):
        return set_
    if less(x, lists.first(set_)):
        return List(
            [lists.first(set_), adjoin_set(x, lists.second(set_)), lists.third(set_)]
        )
    return List(
        [lists.first(set_), lists.second(set_), adjoin_set(x, lists.third(set_))]
    )


def tree_to_list(tree):
    if is_null(tree):
        return List()
    return lists.concat(
        tree_to_list(lists.second(tree)),
        List([lists.first(tree)]),
        tree_to_list(lists.third(tree)),
    )


tree = List()
for x in [7, 3, 9, 5, 1, 11]:
    tree = adjoin_set(x, tree)
println(tree, tree_to_list(tree))


def subsets(s):
    if not s:
        return List([List()])
    rest = subsets(lists.rest(s))
    return lists.concat(rest, List([lists.cons(lists.first(s), x) for x in rest]))


println(subsets(List([1, 2, 3])))


def make_queue():
    return List([List()])


wire_a = 0


def count_leaves(x):
    if is_null(x):
        return 0
    if not kinds.is_list(x):
        return 1
    return count_leaves(lists.first(x)) + count_leaves(lists.rest(x))


print(count_leaves(List([List([1, 2]), List([3, 4]), 5])))


def count_pairs(x):
    if not kinds.is_list(x):
        return 0
    if is_null(x):
        return 0
    return 1 + count_pairs(lists.first(x)) + count_pairs(lists.rest(x))


print(count_pairs(List([List([1, 2]), 3])))


def amb_triple(n):
    r = List()
    for i in range(1, n + 1):
        for j in sequences.towards(i, n + 1, 1):
            for k in sequences.towards(j, n + 1, 1):
                if i * i + j * j == k * k:
                    r.append(List([i, j, k]))
    return r


println(amb_triple(20))


def horner(x, coefs):
    return accumulate(lambda c, acc: add(c, x * acc), 0, coefs)


println(horner(2, List([1, 3, 0, 5, 0, 1])))


def dot_product(v, w):
    return lists.sum(
        [lists.first(p) * lists.second(p) for p in sequences.zip_lists(v, w)]
    )


println(dot_product(List([1, 2, 3]), List([4, 5, 6])))


def gcd_steps(a, b, n=0):
    while b != 0:
        a, b, n = b, a % b, n + 1
    return List([a, n])


println(gcd_steps(206, 40))


def pas(r, c):
    if c == 0 or r == c:
        return 1
    return pas(r - 1, c - 1) + pas(r - 1, c)


for r in range(5):
    println(Integers([pas(r, c) for c in range(r + 1)]))


def make_monitored(f):
    calls = 0

    def monitored(x):
        nonlocal calls
        if x == Symbol("how-many"):
            return calls
        calls += 1
        return f(x)

    return monitored


s = make_monitored(numbers.sqrt)
println(s(100), s(Symbol("how-many")), s(4), s(Symbol("how-many")))


def smallest_divisor(n):
    return find_div(n, 2)


def find_div(n, d):
    while True:
        if square(d) > n:
            return n
        if 0 == n % d:
            return d
        d = d + 1


print(smallest_divisor(199), smallest_divisor(1999), smallest_divisor(19999))


def cont_frac(n, d, k):
    r = 0
    for i in sequences.towards(k, 0, -1):
        r = n(i) / add(d(i), r)
    return r


println(cont_frac(lambda i: 1.0, lambda i: 1.0, 12))
