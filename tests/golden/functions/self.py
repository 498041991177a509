"""Compiled from self.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import println


# `self` calls the running function.
def fact(n):
    return 1 if n < 2 else n * fact(n - 1)


println(fact(10))


def count_down(n):
    while True:
        print(f"{n} ", end="")
        if n > 0:
            n = n - 1
            continue
        return


count_down(3)
print()
