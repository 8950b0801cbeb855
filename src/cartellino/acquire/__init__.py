"""Brings works in: tables, folders, records, and a gallery that paints itself."""
