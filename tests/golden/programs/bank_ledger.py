"""Compiled from bank_ledger.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    Instance,
    LispError,
    List,
    Symbol,
    at,
    dictionaries,
    higher_order,
    kinds,
    lists,
    loops,
    message,
    println,
    set_at,
    strings,
)


# A bank: accounts, a ledger, errors by throw, a report
class account(Instance):
    def __init__(self, id, owner, balance=0, history=None):
        self.id = id
        self.owner = owner
        self.balance = balance
        self.history = history

    def record(self, kind, amount):
        self.history = lists.concat(
            self.history if self.history else List(), List([List([kind, amount])])
        )

    def deposit(self, n):
        if n <= 0:
            raise LispError("invalid amount")
        self.balance += n
        self.record(Symbol("deposit"), n)
        return self.balance

    def withdraw(self, n):
        if n > self.available():
            raise LispError(
                strings.fill_in("%1 lacks %2", self.owner, n - self.available())
            )
        self.balance -= n
        self.record(Symbol("withdraw"), n)
        return self.balance

    def available(self):
        return self.balance


class credit(account):
    def __init__(self, limit, id, owner, balance=0, history=None):
        self.limit = limit
        super().__init__(id, owner, balance, history)

    def available(self):
        return self.limit + self.balance

    def deposit(self, n):
        b = super().deposit(n)
        return f"credit {self.owner}: {b}"


class bank(Instance):
    def __init__(self, name, accounts=None, next=100):
        self.name = name
        self.accounts = accounts
        self.next = next

    def init(self):
        return {}

    def open(self, owner, initial):
        self.next += 1
        a = account(self.next, owner)
        a.deposit(initial)
        set_at(self.accounts, str(self.next), a)
        return self.next

    def open_credit(self, owner, limit):
        self.next += 1
        set_at(self.accounts, str(self.next), credit(limit, self.next, owner))
        return self.next

    def get(self, n):
        try:
            return at(self.accounts, str(n))
        except Failure:
            raise LispError(f"no account {n}")

    def transfer(self, from_, to, n):
        a = self.get(from_)
        b = self.get(to)
        a.withdraw(n)
        try:
            b.deposit(n)
        except Failure:
            a.deposit(n)
            raise LispError("transfer failed")
        return Symbol("done")

    def total(self):
        return loops.fold_add(
            higher_order.map_typed(
                lambda k: at(self.accounts, k, Symbol("balance")),
                dictionaries.keys(self.accounts),
            )
        )


b = bank("First", None)
b.accounts = b.init()
ann = b.open("Ann", 100)
bob = b.open("Bob", 20)
eve = b.open_credit("Eve", 50)
print(ann, bob, eve)
println(b.transfer(ann, bob, 30))


def attempt(f):
    try:
        return f()
    except Failure as error:
        e = message(error)
        println("refused:", lists.first(strings.split(e, ",")))
        return None


println(attempt(lambda: b.transfer(bob, ann, 500)))
println(attempt(lambda: b.transfer(eve, ann, 40)))
println(attempt(lambda: b.transfer(eve, ann, 40)))
println(attempt(lambda: b.get(7)))
print(b.get(eve).deposit(25))
println(b.total())
for k in b.accounts or ():
    a = at(b.accounts, k)
    println(
        strings.padded(at(a, Symbol("owner")), ".", 8),
        strings.formatted(at(a, Symbol("balance")), "%8.2f"),
        at(a, Symbol("history")),
    )
println(kinds.type_of(b.get(eve)), kinds.type_of(b))
