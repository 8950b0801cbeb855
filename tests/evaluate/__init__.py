"""How evaluations are checked."""
