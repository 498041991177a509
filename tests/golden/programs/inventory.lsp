; big program: inventory system with classes, patterns, files, json, formatting
(class@ Item (sku name price (qty 0))
   (defun value () (* price qty))
   (defun restock (n) (setqi qty (+ qty n)) qty)
   (defun sell (n)
      (if (> n qty) (throw (+ "out of stock: " name)))
      (setqi qty (- qty n))
      (* n price)))
(class@ Perishable (days) (from@ Item)
   (defun value () (* (from@ Item (value)) (if (< days 3) 0.5 1)))
   (defun age (n) (setqi days (- days n))))
(class@ Inventory ((items (dictionary)) (log (list)))
   (defun add_item (i) (set@ items (@ i 'sku) i) (size items))
   (defun find_item (sku) (maybe (@ items sku) (throw (+ "unknown sku " sku))))
   (defun total () (setq t 0) (loop k items (setq it (@ items k)) (+= t (it (value)))) t)
   (defpat do_ (["sell" sku n]) (setq it (find_item sku)) (setq r (it (sell (integer n)))) (push log (list 'sold sku n)) r)
   (defpat do_ (["restock" sku n]) (setq it (find_item sku)) (it (restock (integer n))))
   (defpat do_ (["total"]) (total))
   (defpat do_ ([cmd $ _]) (throw (+ "bad command " cmd))))
(setq inv (Inventory))
(loop i (list (Item "A1" "bolt" 0.1 100) (Item "B2" "nut" 0.05 250) (Perishable 2 "C3" "milk" 1.5 10))
   (inv (add_item i)))
(setq script "sell A1 30
restock B2 50
total
sell C3 11
sell Z9 1
dance
sell C3 2")
(loop line (split script "\n")
   (setq r (maybe (inv (do_ (split line " "))) (\(e) (+ "! " (@ (split e ", line") 0)))))
   (println (padding line " " 14) "->" r))
(println (@ inv 'log))
(setq rows ())
(loop k (sort '< (keys@ (@ inv 'items)))
   (setq it (@ inv 'items k))
   (push rows (list (@ it 'sku) (@ it 'name) (@ it 'qty) (it (value)))))
(loop r rows (println (padding (@ r 0) " " 4) (padding (@ r 1) " " 6) (stringf (@ r 2) "%4d") (stringf (@ r 3) "%8.2f")))
(println (json (maplist (\(r) (dictionary "sku" (@ r 0) "value" (@ r 3))) rows)))
