"""Compiled from stack_and_queue.lsp by lisptorch-compile."""

from lisptorch_compile import evaluate
from lisptorch_compile.runtime import (
    Failure,
    Instance,
    LispError,
    List,
    Symbol,
    characters,
    is_null,
    lists,
    message,
    println,
    strings,
    to_integer,
    truth,
)


# classes whose methods are named like instructions
class stack(Instance):
    def __init__(self, items=None):
        self.items = items

    def init(self):
        return List()

    def push(self, x):
        self.items = lists.cons(x, self.items)
        return self

    def pop(self):
        if not self.items:
            raise LispError("empty stack")
        top = lists.first(self.items)
        self.items = lists.rest(self.items)
        return top

    def top(self):
        return lists.first(self.items)

    def size(self):
        return self.length(self.items)

    def length(self, l):
        return 0 if is_null(l) else 1 + self.length(lists.rest(l))

    def empty(self):
        return self.size() == 0


def drain(s):
    r = List()
    while not truth(s.empty()):
        r.append(s.pop())
    return r


def rpn(text):
    s = stack(None)
    s.items = s.init()
    for tok in strings.split(text, " "):
        if characters.is_digit(tok):
            s.push(to_integer(tok))
        else:
            b = s.pop()
            a = s.pop()
            s.push(evaluate(List([Symbol(tok), a, b]), globals(), locals()))
    return s.pop()


class queue(Instance):
    def __init__(self, front, back):
        self.front = front
        self.back = back

    def put(self, x):
        self.back = List([x, *self.back])
        return True

    def take(self):
        if not self.front:
            self.front = lists.reverse(self.back, True)
            self.back = List()
        x = lists.first(self.front)
        self.front = lists.rest(self.front)
        return x


println(rpn("3 4 + 2 *"))
println(rpn("5 1 2 + 4 * + 3 -"))
try:
    result = rpn("1 +")
except Failure as error:
    e = message(error)
    result = lists.first(strings.split(e, ","))
println(result)
st = stack(List())
for i in range(1, 5):
    st.push(i * i)
println(st.size(), st.top())
println(drain(st))
println(st.empty())
q = queue(List(), List())
for w in [Symbol("a"), Symbol("b"), Symbol("c")]:
    q.put(w)
println(q.take(), q.take())
q.put(Symbol("d"))
println(q.take(), q.take(), is_null(q.take()))
