; One ] closes all brackets but the outermost.
(setq x (cons 'e '(])
(println x)
