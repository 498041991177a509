"""Random programs, run compiled and through a small interpreter: both must agree."""
