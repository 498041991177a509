"""How LispE prints the atoms that are other spellings of an instruction.

The interpreter turns each name of an instruction into one number, and prints the number's
first name: ``(println '(not a))`` prints ``(¬ a)``. The runtime has the same table, in
``symbols.py``; a test compares them.
"""

from __future__ import annotations

SPELLINGS: dict[str, str] = {
    "**": "^^",
    "**=": "^^=",
    "-//": "⌿",
    "-\\\\": "⍀",
    "//": "↗",
    "/\\": "infix",
    "@": "at",
    "@@": "extract",
    "@@@": "atshape",
    "\\": "λ",
    "\\\\": "↘",
    "atom?": "atomp",
    "backreduce": "⌿",
    "backscan": "⍀",
    "cons?": "consp",
    "containerkeys": "keys@",
    "containervalues": "values@",
    "cutlist": "slice",
    "cyclic?": "cyclicp",
    "defclass": "class@",
    "dotimes": "loopcount",
    "empty?": "emptyp",
    "inner": ".",
    "invert": "⌹",
    "iota": "⍳",
    "iota0": "⍳0",
    "lambda": "λ",
    "maplist": "↑↑",
    "member": "∈",
    "not": "¬",
    "nth": "at",
    "null?": "nullp",
    "number?": "numberp",
    "outer": "°",
    "product": "∏",
    "reduce": "↗",
    "rho": "ρ",
    "rotate": "⌽",
    "scan": "↘",
    "set@@": "setrange",
    "set@@@": "setshape",
    "sign?": "signp",
    "string?": "stringp",
    "sum": "∑",
    "tally": "≢",
    "to_list": "⊂",
    "to_tensor": "⊃",
    "transpose": "⍉",
    "zero?": "zerop",
    "§": "infix",
    "¨": "↑↑",
    "•": "infix",
    "⍤": "rank@",
    "⍴": "ρ",
}


def printed_name(name: str) -> str:
    """Return what an atom prints as.

    >>> printed_name("not"), printed_name("note")
    ('¬', 'note')
    """
    return SPELLINGS.get(name, name)
