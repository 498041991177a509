; New names for old ones, from here on.
(link "→" 'setq)
(link "écrire" println)
(link 'fonction 'defun)
(→ somme 0)
(fonction ajoute (n) (setg somme (+ somme n)))
(ajoute 3)
(écrire somme 'écrire "→")
