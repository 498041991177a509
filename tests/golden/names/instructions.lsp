; Names of instructions as variables: as an argument the variable, in front the instruction.
(setq key "k")
(setq size 3)
(setq data {"k":1})
(println key size (size "abcd") (@ data key))
