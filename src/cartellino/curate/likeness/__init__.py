"""Which pictures show the same: hashes propose, a comparison of the pictures confirms, verdicts are kept."""
