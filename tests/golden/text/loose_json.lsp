; JSON without commas, and with newlines in its texts, as models write it
(println (json_parse `{"a":2 "b":[1 2 3] "c":{"d":true "e":null}}`))
(println (json_parse `{"say":"hi there, {you} [x] y",
 "more": "two
lines"}`))
(println (maybe (json_parse `{"a":1 "b"}`) "broken"))
(println (extract "abcdefghij" "b" 3) (extract "abcdefghij" +"b" 3) (@@ "a-b-c-d" -"-" 1))
