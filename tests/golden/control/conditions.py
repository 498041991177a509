"""Compiled from conditions.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import greater, kinds, less, println

# if, ife, cond, check, ncheck: as statements, as values, at the end of functions.
x = 7
if x > 5:
    print("large")
else:
    print("small")
if x > 50:
    print("huge")
size_name = "large" if x > 5 else "small"
if x < 0:
    sign_name = "negative"
else:
    sign_name = "zero" if x == 0 else "positive"
print(size_name, sign_name)

if x == 7:
    print("seven")
else:
    print("another")
    print("than seven")
if x > 1:
    print("one")
    print("two")
if x > 100:
    print("above")
else:
    print("not above 100")


def describe(n):
    if not kinds.is_number(n):
        return "no number"
    if less(n, 0):
        return "negative"
    if greater(n, 9) and less(n, 100):
        digits = 2
        return f"digits: {digits}"
    return "seven or eight" if n == 7 or n == 8 else None


println(describe(-1), describe(12), describe(7), describe(1), describe("x"))


def nested(a, b):
    if a:
        return "both" if b else "a"
    return "b" if b else "none"


print(nested(1, 1), nested(1, None), nested(None, 1), nested(None, None))
println(1 if False else None, 5, 1 if False else "else", 1 if False else None)
