"""Compiled from bounds.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Integers, List, println, remainder, sequences


# Where a number is never negative, `range` and `%` are Python's.
def divisors(n):
    return Integers([d for d in range(1, n) if 0 == n % d])


println(divisors(12), divisors(28))


def gcd_of(a, b):
    while b != 0:
        a, b = b, a % b
    return a


print(gcd_of(48, 18))


def wheel(steps, places):
    place = 0
    for i in range(steps):
        place = (place + i) % places
    return place


print(wheel(10, 7))


# elsewhere a range may run down, and a remainder has the sign of the dividend
def towards(n):
    for i in sequences.towards(3, n, 1):
        print(f"{i} ", end="")
    print()


towards(6)
towards(1)


def left(n):
    return remainder(n, 3)


print(left(7), left(-7))


def countdown(n):
    n -= 5
    return remainder(n, 4)


print(countdown(3))


def before(l):
    for i in sequences.towards(0, len(l) - 1, 1):
        print(f"{i} ", end="")
    print()


before(List([1, 2, 3]))
before(List())


# a function that others may call with anything
def wrap(n):
    return remainder(n, 5)


println(Integers([wrap(item) for item in [-6, 6]]), wrap(7))
