; Concepts that contain each other.
(setq animals (ontology "animals"))
(setq cat (ontology_create animals "cat"))
(setq dog (ontology_create animals "dog"))
(setq pet (ontology_create animals "pet" (| cat dog)))
(println animals (type animals) pet (type pet) (size pet))
(println (ontology_contain pet cat) (ontology_contain cat pet) (ontology_intersect pet dog))
(println (ontology_list pet) (ontology_find animals (| dog pet)) (ontology_absurdp (& cat dog)))
(ontology_add pet (ontology_create animals "fish"))
(println (ontology_all animals) (ontology_list (&~ pet cat)) (ontology_concept animals "fish"))
(println (maybe (ontology_concept animals "rose") "unknown") (= pet (| pet cat)))
; Concepts are compared by what they contain
(println (eq (& pet (| pet cat)) pet) (neq cat dog) (eq (ontology_concept animals "cat") cat) (eq cat dog))
