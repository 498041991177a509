"""Compiled from everywhere.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List

# A comment at the very beginning,
# of two lines.

# A paragraph of its own


# Above a function: what it does.
def mean(l):
    # First in a body
    total = 0  # behind a statement
    # Above a loop
    for x in l:
        # First in the loop
        total += x  # behind the addition
        # Last in the loop
    # Above the last form
    return total / len(l)  # behind the last form
    # Last in a body
    # behind the function


# Two semicolons
print(f"{mean(List([1, 2, 6])):g}")  # behind a call

# Above an entry
# behind an entry
# Above the second entry
settings = {"rate": 0.5, "steps": 10}

if mean(List([1, 2])) > 1:
    # Above the first arm
    print("large")  # behind the first arm
else:
    # Above the second arm
    print("small")

# Above an argument
# behind an argument
print("a", "b")

# A comment of another kind

# The last comment
