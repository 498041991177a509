"""Compiled from visitors.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import UNSET, Instance, List, add, println


# visitor and observer
class Num(Instance):
    def __init__(self, v):
        self.v = v

    def accept(self, vis):
        return vis.visit_num(self.v)


class Add(Instance):
    def __init__(self, l, r):
        self.l = l
        self.r = r

    def accept(self, vis):
        return vis.visit_add(self.l, self.r)


class Mul(Instance):
    def __init__(self, l, r):
        self.l = l
        self.r = r

    def accept(self, vis):
        return vis.visit_mul(self.l, self.r)


class Printer(Instance):
    def visit_num(self, v):
        return str(v)

    def visit_add(self, l, r):
        me = self
        return add("(", l.accept(me), " + ", r.accept(me), ")")

    def visit_mul(self, l, r):
        me = self
        return add(l.accept(me), " * ", r.accept(me))


class Evaluator(Instance):
    def visit_num(self, v):
        return v

    def visit_add(self, l, r):
        me = self
        return add(l.accept(me), r.accept(me))

    def visit_mul(self, l, r):
        me = self
        return l.accept(me) * r.accept(me)


e = Mul(Add(Num(1), Num(2)), Num(4))
println(e.accept(Printer()), "=", e.accept(Evaluator()))


class Subject(Instance):
    def __init__(self, observers=UNSET):
        self.observers = List() if observers is UNSET else observers

    def attach(self, o):
        self.observers = List([*self.observers, o])

    def notify(self, ev):
        for o in self.observers:
            o.update(ev)


class Logger(Instance):
    def __init__(self, name, seen=0):
        self.name = name
        self.seen = seen

    def update(self, ev):
        self.seen += 1
        print(self.name, "got", ev)


s = Subject()
l1 = Logger("A")
l2 = Logger("B")
s.attach(l1)
s.attach(l2)
s.notify("start")
s.notify("stop")
print(l1.seen, len(s.observers))
