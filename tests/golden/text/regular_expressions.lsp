; Regular expressions in both notations.
(setq log "10:32 ERROR disk 1 full; 10:40 INFO disk 2 ok; 11:05 ERROR disk 3 hot")
(setq hour (rgx "%d%d:%d%d"))
(println hour (type hour) (rgx_find hour log) (rgx_find_i hour log 5))
(println (rgx_findall hour log) (rgx_findall_i hour log))

(defun errors (lines)
   (filterlist (\(line) (!= "" (rgx_find (rgx "ERROR%s?+") line))) lines)
)
(println (errors (rgx_split (rgx ";%s") log)))

; With a text, an expression is a test of the whole of it.
(loop word '("disk" "1" "12a")
   (println word (if (rgx "%d+" word) "is a number" "is none"))
)
(println (maplist '(rgx "%c+") '("ok" "Ok")))

; ECMAScript's notation, with groups in the replacement
(println (prgx_replace (prgx `(\d+):(\d+)`) log "$2 past $1"))
(println (prgx_split (prgx `\s*;\s*`) "a ; b;c") (prgx_match (prgx "[[:alpha:]]+") "été"))
(println (maybe (rgx "%d{1,") "wrong") (maybe (prgx "(") (\(e) (left e 46))))
