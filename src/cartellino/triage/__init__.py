"""Triage: what may be filed by rule under a stated error limit, and what waits for a person."""
