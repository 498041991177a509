"""Compiled from handling.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    List,
    Maybe,
    characters,
    files,
    lists,
    message,
    println,
    throw,
    to_integer,
)


# maybe, catch and throw, as statements, as values, inside conditions.
def parse(s):
    return to_integer(s) if characters.is_digit(s) else throw(f"no number: {s}")


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
    result_3 = parse("y")
except Failure as error:
    e = message(error)
    result_3 = e[:12]
print(result_3)


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
    throw("stop")
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
    result_4 = parse("5")
except Failure as error:
    result_4 = Maybe(message(error))
println(isinstance(result_4, Maybe))


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
    result_5 = 1 / 0
except Failure:
    result_5 = "division"
try:
    result_6 = List([1])[4]
except Failure:
    result_6 = "index"
try:
    result_7 = lists.first(5)
except Failure:
    result_7 = "car"
println(result_5, result_6, result_7)
try:
    result_8 = len(files.read("absent.txt"))
except Failure:
    result_8 = 0
size_or_zero = 1 + result_8
print(size_or_zero)
