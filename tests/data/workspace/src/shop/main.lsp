(load "tools.lsp")
(println (total '(1 2 3)))
