"""Compiled from definition.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    Instance,
    LispError,
    at,
    dictionaries,
    kinds,
    println,
)


# An account knows its owner, and what is on it.
class account(Instance):
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance

    def deposit(self, n):
        self.balance += n
        return True

    # Refuses to go below zero.
    def withdraw(self, n):
        if n > self.balance:
            raise LispError("not enough")
        self.balance -= n
        return self

    def report(self):
        return f"{self.owner}: {self.balance}"


# Pays interest on every deposit.
class savings(account):
    def __init__(self, rate, owner, balance=0):
        self.rate = rate
        super().__init__(owner, balance)

    def deposit(self, n):
        return super().deposit(n * self.rate)


s = savings(2, "Ann")
s.deposit(10)
println(s.deposit(1), s)
s.withdraw(2)
println(s.report(), kinds.type_of(s), s.rate, at(s, 1))
try:
    result = s.withdraw(100)
except Failure:
    result = "refused"
println(result)
s.owner = "Bob"
println(s, dictionaries.dictionary(s))
