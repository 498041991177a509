"""Compiled from handling.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    LispError,
    List,
    Maybe,
    characters,
    files,
    lists,
    message,
    println,
    to_integer,
)


# maybe, catch and throw, as statements, as values, inside conditions.
def parse(s):
    if characters.is_digit(s):
        return to_integer(s)
    raise LispError(f"no number: {s}")


try:
    result = parse("12")
except Failure:
    result = -1
try:
    result_2 = parse("x")
except Failure:
    result_2 = -1
print(result, result_2)
try:
    result = parse("y")
except Failure as error:
    e = message(error)
    result = e[:12]
print(result)


def total(words):
    sum_of_all = 0
    for w in words:
        try:
            result = parse(w)
        except Failure:
            result = 0
        sum_of_all += result
    return sum_of_all


print(total(List(["1", "x", "3"])))

try:
    print("before")
    raise LispError("stop")
    print("never")
except Failure:
    print("rescued")

try:
    outcome = parse("z")
except Failure as error:
    outcome = Maybe(message(error))
if isinstance(outcome, Maybe):
    print("failed")
else:
    print("fine")
try:
    result_2 = parse("5")
except Failure as error:
    result_2 = Maybe(message(error))
println(isinstance(result_2, Maybe))


def checked(s):
    try:
        result = parse(s) > 3
    except Failure:
        result = None
    holds = bool(result)
    if holds:
        holds = len(s) < 3
    return holds


println(checked("5"), checked("500"), checked("q"))
try:
    result = 1 / 0
except Failure:
    result = "division"
try:
    result_2 = List([1])[4]
except Failure:
    result_2 = "index"
try:
    result_3 = lists.first(5)
except Failure:
    result_3 = "car"
println(result, result_2, result_3)
try:
    result = len(files.read("absent.txt"))
except Failure:
    result = 0
size_or_zero = 1 + result
print(size_or_zero)
