"""Kernel ridge regression as a head: what is alike is labelled alike."""
