"""The review desk: pages and a JSON API for the person who signs."""
