"""Pictures made trustworthy: decoded in full, normalised and kept, or quarantined with the reason."""
