"""Compiled from forth.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    LispError,
    List,
    add,
    at,
    characters,
    is_null,
    less,
    lists,
    message,
    parts,
    printing,
    println,
    searching,
    strings,
    to_integer,
)

# forth
stack = List()
words = {}


def pop_():
    if not stack:
        raise LispError("stack underflow")
    v = stack.pop()
    return v


def push_(x):
    return lists.push(stack, x)


def word():
    b_2 = pop_()
    a_2 = pop_()
    return push_(add(a_2, b_2))


words["+"] = word


def word_2():
    b_2 = pop_()
    a_2 = pop_()
    return push_(a_2 - b_2)


words["-"] = word_2


def word_3():
    b_2 = pop_()
    a_2 = pop_()
    return push_(a_2 * b_2)


words["*"] = word_3
words["dup"] = lambda: push_(lists.last(stack))
words["drop"] = lambda: pop_()


def swap():
    b = pop_()
    a = pop_()
    push_(b)
    return push_(a)


words["swap"] = swap
words["."] = lambda: printing.print_(pop_(), " ")
words["cr"] = println
defs = {}


def run_(tokens):
    i = 0
    last = None
    while less(i, len(tokens)):
        t = at(tokens, i)
        if t == ":":
            end_ = searching.find(tokens, ";", i)
            defs[tokens[i + 1]] = parts.extract(tokens, i + 2, end_)
            i = end_
        elif defs.get(t):
            run_(defs[t])
        elif not is_null(words.get(t)):
            words[t]()
        elif characters.is_digit(t):
            push_(to_integer(t))
        else:
            raise LispError(f"unknown word {t}")
        i = i + 1
        last = i
    return last


run_(strings.split(": square dup * ; 7 square . cr 3 4 + 5 * dup . square . cr", " "))
println(stack)
try:
    result = run_(List(["1", "+"]))
except Failure as error:
    e = message(error)
    result = parts.extract(e, 0, 15)
println(result)
try:
    result = run_(List(["foo"]))
except Failure as error:
    e_2 = message(error)
    result = lists.first(strings.split(e_2, ","))
println(result)
