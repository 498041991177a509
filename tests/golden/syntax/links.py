"""Compiled from links.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Symbol, println

# New names for old ones, from here on.
somme = 0


def ajoute(n):
    global somme
    somme += n


ajoute(3)
println(somme, Symbol("println"), "→")
