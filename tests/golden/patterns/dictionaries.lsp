(defpat shown ({"a":x "b":y}) (println "both" x y))
(defpat shown ({"a":x $:r}) (println "a" x r))
(defpat shown ({x:3}) (println "three:" x))
(defpat shown ({}) (println "empty"))
(shown {"a":1 "b":2})
(shown {"a":1 "c":2})
(shown {"z":3})
(shown {})

; The same value under two keys, and the rest.
(defpat twins ({_:y _:y $:z}) (println y z))
(twins {"12":"machine" "truc":"machin" "bidule":"machine"})

(defpat nested ({"size":[w h] $:_}) (* w h))
(println (nested {"name":"box" "size":'(3 4)}))

; Sets: constants belong to it, names take the others in order.
(defpat members ({1 x $ r}) (println x r))
(defpat members (_) (println "others"))
(members (set 3 1 2))
(members (set 5 6))
