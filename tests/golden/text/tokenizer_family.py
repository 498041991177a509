"""Compiled from tokenizer_family.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, lexers, println

# The tokenizers of the language, their signs and their rules.
println(lexers.segment("(+ 1 'a)"))
own = lexers.tokenizer()
lexers.set_rules(own, List(["%S+=#", "%d+=1", "%o=3"]))
println(lexers.tokenize(own, "12 + 3"))
println("+" in lexers.operators(own))
lexers.set_operators(own, {"@"})
println(lexers.operators(own), lexers.tokenize(own, "1@2"))
println(len(lexers.display(own)) > 0)
println(
    lexers.tokenize(lexers.segmenter(True), "a b"),
    lexers.tokenize(lexers.main_tokenizer(), "a b"),
)
