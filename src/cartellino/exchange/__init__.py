"""Takes labels home: into the museum's own table, in the form it came in."""
