"""Compiled from mutual_tail_calls.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Instance,
    Integers,
    List,
    Strings,
    no_match,
    println,
    remainder,
    tail_call,
    tail_recursive,
)


# Methods that call each other last do not grow the stack: on `this`, on other objects,
# through functions, by patterns, and where a child defines one of them anew.
class parity(Instance):
    def __init__(self, steps):
        self.steps = steps

    @tail_recursive
    def is_even(self, n):
        return True if n == 0 else tail_call(self.is_odd, n - 1)

    @tail_recursive
    def is_odd(self, n):
        self.steps += 1
        return None if n == 0 else tail_call(self.is_even, n - 1)


p = parity(0)
println(p.is_even(20001), p.is_odd(20001), p)


# Two objects play a ball to one another
class player(Instance):
    def __init__(self, name, other):
        self.name = name
        self.other = other

    def meet(self, someone):
        self.other = someone

    @tail_recursive
    def ping(self, n):
        return self.name if n == 0 else tail_call(self.other.pong, n - 1)

    @tail_recursive
    def pong(self, n):
        if n == 0:
            return f"{self.name}!"
        return tail_call(self.other.ping, n - 1)


ann = player("Ann", None)
bob = player("Bob", ann)
ann.meet(bob)
println(ann.ping(20000), ann.ping(20001))


# A function and a method in turn
class counter(Instance):
    def __init__(self, ups):
        self.ups = ups

    @tail_recursive
    def up(self, n):
        self.ups += 1
        return count_on.tail(self, n)


@tail_recursive
def count_on(c, n):
    return c if n == 0 else tail_call(c.up, n - 1)


println(count_on(counter(0), 20000))


# A child's version takes part, and calls its parent's
class walker(Instance):
    def __init__(self, path):
        self.path = path

    @tail_recursive
    def left(self, n):
        return len(self.path) if n == 0 else tail_call(self.right, n - 1)

    @tail_recursive
    def right(self, n):
        self.path.append(n)
        return tail_call(self.left, n - 1)


class runner(walker):
    @tail_recursive
    def right(self, n):
        if remainder(n, 2):
            return tail_call(super().right, n)
        return tail_call(self.left, n - 1)


r = runner(List())
print(r.left(30000))


# A method calls itself last: a loop, unless a child has another version
class gauss(Instance):
    @tail_recursive
    def sum_to(self, n, total):
        return total if n == 0 else tail_call(self.sum_to, n - 1, total + n)

    def size_of(self, items, n):
        while True:
            match items:
                case []:
                    return n
                case [_, *rest]:
                    items, n = rest, n + 1
                case _:
                    raise no_match("size-of")


class odd_gauss(gauss):
    lisp_names = (("odd_gauss", "odd-gauss"),)

    @tail_recursive
    def sum_to(self, n, total):
        return total if n < 1 else tail_call(self.sum_to, n - 2, total + n)


g = gauss()
o = odd_gauss()
print(g.sum_to(20000, 0), o.sum_to(19999, 0), g.size_of(Integers(range(1, 11)), 0))


# Pattern methods
class automaton(Instance):
    def __init__(self, seen):
        self.seen = seen

    @tail_recursive
    def in_word(self, items):
        while True:
            match items:
                case []:
                    return self.seen
                case [" ", *rest]:
                    return tail_call(self.between, rest)
                case [_, *rest]:
                    items = rest
                case _:
                    raise no_match("in-word")

    @tail_recursive
    def between(self, items):
        while True:
            match items:
                case []:
                    return self.seen
                case [" ", *rest]:
                    items = rest
                case [c, *rest]:
                    self.seen += c
                    return tail_call(self.in_word, rest)
                case _:
                    raise no_match("between")


a = automaton("")
print(len(a.between(Strings("ab " * 2000))))


# What leads from link to link is a loop
class link_of(Instance):
    lisp_names = (("link_of", "link-of"),)

    def __init__(self, value, next):
        self.value = value
        self.next = next

    def last_value(self):
        current = self
        while current.next:
            current = current.next
        return current.value


println(link_of(1, link_of(2, None)).last_value())
