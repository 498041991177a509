"""Compiled from whole_files.lsp by lisptorch-compile."""

import os

from lisptorch_compile.runtime import (
    Failure,
    Shorts,
    Symbol,
    at,
    files,
    println,
    strings,
)

# Files at once and piece by piece; everything stands in the folder of the run.
files.write("notes.txt", "one\ntwo\n")
files.append("notes.txt", "three\n")
println(strings.split(files.read("notes.txt"), "\n"), files.size("notes.txt"))
files.write_bytes("bytes.bin", Shorts([65, 66]))
files.append_bytes("bytes.bin", Shorts([67]))
println(
    files.read_bytes("bytes.bin"),
    files.entries("."),
    os.path.isdir("."),
    os.path.exists("no.txt"),
)
println(
    at(files.facts("notes.txt"), "size"),
    files.facts("no.txt"),
    os.path.realpath(".") == os.path.realpath("./"),
)

f = files.open_file("notes.txt")
print(files.size(f), files.read_characters(f, 3), files.tell(f))
files.seek(f, 4)
print(files.read_characters(f, 3))
files.close(f)
g = files.open_file("out.txt", "w")
files.write_characters(g, "text")
files.close(g)

s = files.open_file("notes.txt", Symbol("r"))
print(files.read_character(s), files.read_characters(s, 2), files.read_line(s).strip())
println(files.read_lines(s), files.at_end(s))
files.close(s)
w = files.open_file("lines.txt", Symbol("w"))
files.write_characters(w, "(a (b)) ")
files.write_line(w, "c")
files.close(w)
s = files.open_file("lines.txt", Symbol("r"))
println(files.read_balanced(s, "(", ")"))
files.close(s)
try:
    result = files.read("missing.txt")
except Failure:
    result = "missing"
print(result)
