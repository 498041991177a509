"""Compiled from globals.lsp by lisptorch-compile."""

# A `setq` inside a function is local, even of a name that was read as a global before.
count = 10


def step(reset):
    print(count)
    count_2 = 0 if reset else count
    return count_2 + 1


print(step(None), step(True), count)


def reset_all():
    global count
    count = 0


reset_all()
print(count)


def bump():
    global count
    count += 5


bump()
print(count)
