"""Compiled from eliza.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    Symbol,
    higher_order,
    holds,
    patterns,
    println,
    searching,
    strings,
    text,
)


# eliza with patterns on lists of words
def respond(items):
    match items:
        case [Symbol("i"), Symbol("am"), *x]:
            return "why are you " + strings.join(x, " ") + "?"
        case [Symbol("i"), Symbol("feel"), x, *_]:
            return f"tell me more about feeling {text(x)}"
        case [*inner] if Symbol("mother") in inner:
            end = inner.index(Symbol("mother"))
            _ = List(inner[:end])
            return "tell me about your family"
        case [w, *_] if holds(
            lambda: searching.contains(
                [Symbol("what"), Symbol("why"), Symbol("how")], w
            )
        ):
            return f"you ask {text(w)}?"
    match patterns.take(
        items, patterns.Several("*"), Symbol("you"), patterns.Several("*"), Symbol("me")
    ):
        case [_, _, y, _, []]:
            return "why do you think i " + strings.join(y, " ") + " you?"
    match items:
        case [Symbol("no"), *_]:
            return "why not?"
        case []:
            return "please say something"
    return "go on"


reflected = {"my": "your", "i": "you", "am": "are", "your": "my"}


def reflect(l):
    return higher_order.map_typed(
        lambda w: strings.atom(reflected.get(text(w)) or text(w)), l, None
    )


for s in [
    "I am sad",
    "I feel happy today",
    "yesterday my mother called",
    "what is love",
    "you hate me",
    "no way",
    "",
    "hello there",
]:
    words = higher_order.map_typed(strings.atom, strings.split(s.lower(), " "), None)
    print(s, "->", respond(words))
println(
    reflect(
        List(
            [
                Symbol("i"),
                Symbol("am"),
                Symbol("sad"),
                Symbol("about"),
                Symbol("my"),
                Symbol("cat"),
            ]
        )
    )
)
