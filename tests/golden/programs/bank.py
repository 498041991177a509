"""Compiled from bank.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    UNSET,
    Failure,
    Instance,
    LispError,
    List,
    Symbol,
    dictionaries,
    higher_order,
    kinds,
    lists,
    message,
    println,
    strings,
)


# bank
class Account(Instance):
    def __init__(self, owner, balance=0, log=None):
        self.owner = owner
        self.balance = balance
        self.log = log

    def init(self):
        return List()

    def note(self, what, n):
        if not self.log:
            self.log = List([List([what, n])])
        else:
            self.log.append(List([what, n]))

    def deposit(self, n):
        if n <= 0:
            raise LispError("bad amount")
        self.balance += n
        self.note(Symbol("deposit"), n)
        return self.balance

    def withdraw(self, n):
        if n > self.limit():
            raise LispError(f"insufficient funds for {self.owner}")
        self.balance -= n
        self.note(Symbol("withdraw"), n)
        return self.balance

    def limit(self):
        return self.balance

    def history(self):
        for e in self.log or ():
            println("  ", lists.first(e), lists.second(e))


class Checking(Account):
    def __init__(self, overdraft, owner, balance=0, log=None):
        self.overdraft = overdraft
        super().__init__(owner, balance, log)

    def limit(self):
        return self.overdraft + super().limit()


class Savings(Account):
    def __init__(self, rate=0.05, owner=UNSET, balance=0, log=None):
        if owner is UNSET:
            raise LispError("Error: Missing arguments")
        self.rate = rate
        super().__init__(owner, balance, log)

    def interest(self):
        return self.deposit(self.balance * self.rate)


a = Account("Ann")
c = Checking(100, "Bob", 50)
s = Savings(0.1, "Cid", 200)
a.deposit(30)
a.deposit(20)
println(a.withdraw(10))
println(c.withdraw(120))
println(s.interest())
try:
    result = a.withdraw(1000)
except Failure as error:
    e = message(error)
    result = lists.first(strings.split_all(e, ","))
println(result)
try:
    result = a.deposit(-5)
except Failure as error:
    e_2 = message(error)
    result = lists.first(strings.split_all(e_2, ","))
println(result)
a.history()
println(kinds.type_of(a), kinds.type_of(c), c.balance, s.owner)
println(a)
println(c)
accounts = List([a, c, s])
println(lists.sum(higher_order.map_typed(lambda x: x.balance, accounts)))
println(dictionaries.dictionary(s))
