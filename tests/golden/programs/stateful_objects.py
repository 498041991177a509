"""Compiled from stateful_objects.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    Instance,
    Integers,
    LispError,
    List,
    Symbol,
    dictionaries,
    higher_order,
    kinds,
    lists,
    message,
    no_match,
    ordering,
    parts,
    println,
    text,
    to_integer,
    truth,
)


# Classes: stack, queue, LRU cache, shapes, tree, observer, iterator
class Stack(Instance):
    def __init__(self, items):
        self.items = items

    def init(self):
        return List()

    def push_it(self, x):
        lists.push(self.items, x)
        return self

    def pop_it(self):
        x = lists.last(self.items)
        lists.pop(self.items)
        return x

    def depth(self):
        return lists.size(self.items)


s = Stack(None)
s.items = s.init()
s.push_it(1)
s.push_it(2)
s.push_it(3)
println(s.pop_it(), s.depth(), s.items)


class Node(Instance):
    def __init__(self, value, left=None, right=None):
        self.value = value
        self.left = left
        self.right = right

    def insert_it(self, v):
        current = self
        while True:
            if v < current.value:
                if current.left:
                    current = current.left
                    continue
                current.left = Node(v)
                return True
            if current.right:
                current = current.right
                continue
            current.right = Node(v)
            return True

    def walk(self):
        return lists.concat(
            self.left.walk() if self.left else List(),
            List([self.value]),
            self.right.walk() if self.right else List(),
        )

    def height(self):
        return 1 + ordering.greatest(
            self.left.height() if self.left else 0,
            self.right.height() if self.right else 0,
        )


root = Node(50)
for v in [30, 70, 20, 40, 60, 80, 10]:
    root.insert_it(v)
println(root.walk(), root.height())


class Shape(Instance):
    def __init__(self, name):
        self.name = name

    def area(self):
        return 0

    def describe(self):
        return f"{self.name}: {self.area()}"


class Square(Shape):
    def __init__(self, side, name):
        self.side = side
        super().__init__(name)

    def area(self):
        return self.side * self.side


class Round(Shape):
    def __init__(self, radius, name):
        self.radius = radius
        super().__init__(name)

    def area(self):
        return 3 * self.radius * self.radius


for sh in [Square(4, "sq"), Round(2, "ro"), Shape("none")]:
    println(sh.describe(), kinds.type_of(sh))


class Account(Instance):
    def __init__(self, owner, balance=0, log=None):
        self.owner = owner
        self.balance = balance
        self.log = log

    def deposit(self, n):
        if n <= 0:
            raise LispError("bad amount")
        self.balance += n
        self.log = lists.cons_back(self.log, n)
        return self.balance

    def withdraw(self, n):
        if n > self.balance:
            raise LispError(f"insufficient funds: {text(self.balance)}")
        self.balance -= n
        self.log = lists.cons_back(self.log, 0 - n)
        return self.balance


class Savings(Account):
    def __init__(self, rate, owner, balance=0, log=None):
        self.rate = rate
        super().__init__(owner, balance, log)

    def year(self):
        return self.deposit(self.balance * self.rate)

    def withdraw(self, n):
        if n > 100:
            raise LispError("limit")
        return super().withdraw(n)


a = Account("Ann")
a.deposit(100)
println(a.deposit(50), a.withdraw(30), a.log)
try:
    result = a.withdraw(1000)
except Failure as error:
    e = message(error)
    result = parts.extract(e, 0, 23)
println(result)
sv = Savings(0.1, "Bob", 200)
year_result = sv.year()
try:
    result = sv.withdraw(150)
except Failure:
    result = Symbol("limited")
println(year_result, result, sv.withdraw(20))
println(sv)


class Counter(Instance):
    def __init__(self, n=0):
        self.n = n

    def step(self, k):
        while True:
            if isinstance(k, int):
                self.n += k
                return self.n
            if isinstance(k, str):
                k = to_integer(k)
                continue
            return Symbol("bad")


c = Counter()
println(c.step(5), c.step(List([1])))
println(c.step(2))


class LRU(Instance):
    def __init__(self, capacity, store=None, order=None):
        self.capacity = capacity
        self.store = store
        self.order = order

    def init(self):
        self.store = {}
        self.order = List()
        return True

    def touch(self, k):
        self.order = lists.cons_back(
            higher_order.filter_list(lambda x: x != k, self.order), k
        )

    def get_it(self, k):
        if truth(dictionaries.key(self.store, k)):
            self.touch(k)
            return dictionaries.key(self.store, k)
        return None

    def put_it(self, k, v):
        dictionaries.key(self.store, k, v)
        self.touch(k)
        if lists.size(self.order) > self.capacity:
            lists.pop(self.store, lists.first(self.order))
            self.order = lists.rest(self.order)


lru = LRU(2)
lru.init()
lru.put_it("a", 1)
lru.put_it("b", 2)
lru.get_it("a")
lru.put_it("c", 3)
println(lru.get_it("b"), lru.get_it("a"), lru.order)


class Vec(Instance):
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def plus(self, v):
        return Vec(self.x + v.x, self.y + v.y)

    def dot(self, v):
        return self.x * v.x + self.y * v.y

    def scale(self, k):
        self.x = k * self.x
        self.y = k * self.y
        return self


u = Vec(1, 2)
println(u.plus(Vec(3, 4)), u.dot(Vec(3, 4)), u.plus(u).scale(10))


def norm1(vec):
    match vec:
        case Vec(x, y):
            return abs(x) + abs(y)
    raise no_match("norm1")


println(norm1(Vec(-3, 4)), Integers([v.dot(v) for v in [u, Vec(1, 1)]]))
