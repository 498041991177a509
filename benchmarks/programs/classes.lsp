; An account: methods that change fields, one that its child replaces.
(class@ Account ((balance 0) (moves 0))
   (defun deposit (n) (+= balance n) (+= moves 1))
   (defun withdraw (n) (check (<= n balance) (-= balance n) (+= moves 1)))
   (defun fee () 1))
(class@ Premium (bonus) (from@ Account)
   (defun fee () 0)
   (defun deposit (n) (from@ Account (deposit (+ n bonus)))))

(defun bank (rounds)
   (setq plain (Account))
   (setq premium (Premium 2))
   (loopcount rounds i
      (plain (deposit i))
      (premium (deposit 1))
      (plain (withdraw (+ 1 (plain (fee))))))
   (+ (@ plain 'balance) (@ premium 'balance)))

; A particle in a box: fields read and written by every step.
(class@ Particle (x v)
   (defun step (dt)
      (setqi x (+ x (* v dt)))
      (check (or (< x 0.0) (> x 1.0)) (setqi v (- 0.0 v))))
   (defun energy () (/ (* v v) 2.0)))

(defun simulate (particle_count rounds)
   (setq particles (maplist (\(i) (Particle 0.5 (/ i 100.0))) (range 0 particle_count 1)))
   (loopcount rounds
      (loop particle particles (particle (step 0.01))))
   (setq total 0.0)
   (loop particle particles (+= total (particle (energy))))
   total)
