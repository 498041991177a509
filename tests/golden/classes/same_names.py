"""Compiled from same_names.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    UNSET,
    Instance,
    LispError,
    List,
    Symbol,
    at,
    println,
    set_at,
)


# A field may have the name of a method: a call means the method, a name the field.
class counter(Instance):
    lisp_names = (
        ("start_", "start"),
        ("step_", "step"),
        ("init_", "init"),
        ("total_", "total"),
        ("last_step", "last-step"),
    )

    def __init__(self, start, step=1, init=UNSET):
        if init is UNSET:
            raise LispError("Error: Missing arguments")
        self.start_ = start
        self.step_ = step
        self.init_ = init

    def init(self):
        self.total_ = self.start_
        self.last_step = 0
        return Symbol("ready")

    def total(self):
        return f"total {self.total_}"

    def step(self, n):
        self.total_ += n * self.step_
        self.last_step = n
        return self.total()


c = counter(10, 2, None)
c.init_ = c.init()
println(
    at(c, Symbol("init")),
    c.total(),
    c.step(5),
    at(c, Symbol("total")),
    at(c, Symbol("step")),
)
set_at(c, Symbol("step"), 7)
println(c.step(1), c)


# The names are those of kin, too.
class named(counter):
    def start(self):
        return f"from {self.start_}"


n = named(3, 1, None)
n.init_ = n.init()
println(n.start(), n.total(), at(n, Symbol("start")), n)


# Which of the two it is may show only when the program runs.
class plain(Instance):
    def __init__(self, total):
        self.total = total


def shown(x):
    return at(x, Symbol("total"))


println(List([shown(item) for item in [c, plain(4)]]))


# In a method, what a constructor calls is a method of the new instance.
class pair(Instance):
    def __init__(self, left):
        self.left = left

    def init(self):
        counter_2 = counter(self.left, 1, None)
        counter_2.init_ = counter_2.init()
        self.inner = counter_2
        return Symbol("made")

    def sum(self):
        return self.inner.total()


p = pair(8)
println(p.init(), p.sum())
