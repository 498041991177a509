"""Compiled from joined_in_updates.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import strings


# Texts that begin with a number, added to a text
def run_lengths(s):
    out = ""
    n = 0
    previous = ""
    for c in f"{s} ":
        if c == previous:
            n += 1
        else:
            if n > 0:
                out += f"{n}{previous}"
            previous = c
            n = 1
    return out


print(run_lengths("aaabbc"))
k = 3
sep = "-"
out = ""
out += f"{k}{out}"
out += f"{k}{sep}" + str({"w": 4}["w"])
print(out, f"{k}{sep}{sep}{k}", f"{sep}{k}," + strings.join([1, 2], ";"))
