"""Curate: what can be learnt from a field, by which works, in which parts, and with whom they are kin."""
