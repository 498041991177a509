"""Compiled from tokenizers.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, indentation, lexers, println

# Cutting texts by rules.
println(lexers.segment("It costs 10.5 euros, really?"), lexers.segment("10,5", 1))
println(lexers.segment_all("a b"))

lexer = lexers.tokenizer()
println(lexers.tokenize(lexer, '(f 12 "text")'))

# Rules of our own: what is tried first stands first.
lexers.set_rules(lexer, List(["%S+=#", "%d+=1", "%a+=2", "%o=3"]))
println(lexers.tokenize_with_types(lexer, "let x = 12 + y", True))
println(lexers.rules(lexer))
print(indentation.indented("(defun f (x)\n(if x\n1))", True))
