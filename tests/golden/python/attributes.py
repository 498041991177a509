"""Compiled from attributes.lsp by lisptorch-compile."""

import datetime
import math
from collections import Counter, OrderedDict

from lisptorch_compile.runtime import (
    Failure,
    List,
    Symbol,
    add,
    at,
    dates,
    lists,
    message,
    parts,
    println,
)

# Attributes and methods of Python's objects, by dots and by messages.
pi = math.pi
gcd_result = math.gcd(12, 18)
math.gcd(12, 18)
println(pi, gcd_result, math.lcm(4, 6))
letters = Counter("abracadabra")
println(letters.most_common(2), letters.most_common(1))
println(at(letters, "a"), lists.size(letters))
leap_day = datetime.date(2024, 2, 29)
println(
    leap_day.year,
    leap_day.isoformat(),
    at(leap_day, Symbol("month", dates.month)),
    leap_day.replace(year=2028),
)
# a method of what a call gives, several messages to it
println(Counter("hello").most_common(1))
receiver = OrderedDict(List([List(["a", 1]), List(["b", 2])]))
receiver.move_to_end("a")
last_key = receiver.popitem()
println(last_key)
# a name that is LispE's, too, is a method where the arguments do not fit
words = Counter(List(["to", "be", "to"]))
println(words.keys(), words.values())


def describe(object):
    return add(f"{object.isoformat()} in ", leap_day.ctime.__name__)


println(describe(leap_day))
try:
    result = leap_day.nothing
except Failure as error:
    e = message(error)
    result = parts.extract(e, "", ", line")
println(result)
