"""Compiled from recursive_structures.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    UNSET,
    Instance,
    List,
    Record,
    at,
    dictionaries,
    lists,
    println,
)
from lisptorch_compile.runtime import text as text_


# Instances that hold instances of their own class
class Trie(Instance):
    def __init__(self, branches=UNSET, word=None):
        self.branches = {} if branches is UNSET else branches
        self.word = word

    def add(self, letters):
        if letters == "":
            self.word = True
        else:
            if dictionaries.key(self.branches, lists.first(letters)) is None:
                old_branches = self.branches
                key = text_(lists.first(letters))
                old_branches[key] = Trie()
            receiver = at(self.branches, lists.first(letters))
            receiver.add(lists.rest(letters))
        return self

    def has(self, letters):
        current = self
        while letters != "":
            if dictionaries.key(current.branches, lists.first(letters)):
                receiver = at(current.branches, lists.first(letters))
                current, letters = receiver, lists.rest(letters)
                continue
            return None
        return current.word


trie = Trie()
for word in ["tea", "ten", "to"]:
    trie.add(word)
println(trie.has("ten"), trie.has("te"), trie.has("tons"))


# One name for instances of several classes
class Shape(Instance):
    def __init__(self, name="shape"):
        self.name = name

    def area(self):
        return 0

    def describe(self):
        print(self.name, self.area())


class Circle(Shape):
    __match_args__ = ("r", "name")

    def __init__(self, r, name="shape"):
        self.r = r
        super().__init__(name)

    def area(self):
        return 3 * self.r * self.r


class Box(Shape):
    __match_args__ = ("w", "h", "name")

    def __init__(self, w, h, name="shape"):
        self.w = w
        self.h = h
        super().__init__(name)

    def area(self):
        return self.w * self.h

    def turn(self):
        return Box(self.h, self.w, self.name)


for s in [Circle(2, "circle"), Box(3, 4, "box"), Shape()]:
    s.describe()
s = Box(1, 2)
println(s.turn())


class Tank(Instance):
    def __init__(self, litres):
        self.litres = litres

    def content(self):
        return self.litres


s = Tank(50)
print(s.content())


# Patterns that name the first fields
class Token(Record):
    pass


class Word(Token):
    text: object
    second: object


class End(Token):
    pass


def label(value):
    match value:
        case Circle(r):
            return f"circle of {r}"
        case Box():
            return "box"
        case Word(text):
            return f"word {text_(text)}"
    return "something else"


println(
    label(Circle(1)),
    label(Box(1, 2)),
    label(Word("a", 3)),
    label(End()),
    label(List([1, 2])),
)
