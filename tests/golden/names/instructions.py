"""Compiled from instructions.lsp by lisptorch-compile."""

# Names of instructions as variables: as an argument the variable, in front the instruction.
key = "k"
size = 3
data = {"k": 1}
print(key, size, len("abcd"), data[key])
