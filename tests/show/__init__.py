"""How figures, pages and words are checked."""
