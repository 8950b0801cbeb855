"""Tables: found out how they are written, and read row by row."""
