"""Compiled from event_simulation.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    Symbol,
    compare,
    lists,
    ordering,
    println,
    text,
)

# discrete event simulation with a heap
agenda = ordering.heap(lambda x, y: compare(lists.first(x), lists.first(y)))
log_ = List()


def schedule(t, name):
    agenda.add(List([t, name]))


schedule(5, Symbol("arrive"))
schedule(1, Symbol("open"))
schedule(9, Symbol("close"))
schedule(5, Symbol("phone"))
clock = 0
served = 0


def handle(name):
    global served
    match text(name):
        case "open":
            println(clock, "opening")
            schedule(clock + 1, Symbol("sweep"))
        case "arrive":
            println(clock, "customer")
            schedule(clock + 2, Symbol("leave"))
        case "leave":
            println(clock, "bye")
            served += 1
        case "close":
            println(clock, "closing")
        case _:
            println(clock, "something:", name)


while agenda:
    e = agenda.pop(0)
    clock = lists.first(e)
    handle(lists.second(e))
print("served", served, len(agenda))
