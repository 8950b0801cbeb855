"""The figures of a study: what its tables ask for, drawn of every run, of its best one, or of its labels."""
