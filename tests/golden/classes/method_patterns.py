"""Compiled from method_patterns.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Failure, Instance, List, Record, no_match, println


class Expr(Record):
    pass


class Num(Expr):
    n: object


class Add(Expr):
    a: Expr
    b: Expr


class Mul(Expr):
    a: Expr
    b: Expr


# Evaluates expressions, and counts the steps.
class walker(Instance):
    def __init__(self, steps=0):
        self.steps = steps

    def walk(self, value):
        match value:
            case Num(n):
                return n
            case Add(a, b):
                self.steps += 1
                return self.walk(a) + self.walk(b)
            case Mul(a, b):
                self.steps += 1
                return self.walk(a) * self.walk(b)
        raise no_match("walk")

    def total(self, items):
        match items:
            case []:
                return 0
            case [x, *rest]:
                return x + self.total(rest)
        raise no_match("total")

    def kind(self, n):
        if n > self.limit:
            return "big"
        return "small"

    def run(self, e):
        self.limit = 5
        return List([self.walk(e), self.steps])


w = walker()
println(w.run(Add(Num(1), Mul(Num(2), Num(3)))))
println(w.total(List([1, 2, 3])), w.kind(10), w.kind(1))


# instances in patterns
class account(Instance):
    __match_args__ = ("owner", "balance")

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance


def richer(account_2, value):
    match account_2:
        case account(a, x):
            match value:
                case account(b, y):
                    return a if x > y else b
    raise no_match("richer")


print(richer(account("Ann", 5), account("Bob", 7)))
try:
    result = richer(1, 2)
except Failure:
    result = "no account"
print(result)
