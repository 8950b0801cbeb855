"""Measures, intervals, calibrators and thresholds: pure functions on arrays."""
