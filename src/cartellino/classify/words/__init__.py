"""Bags of visual words: local descriptors, a vocabulary of them, histograms, a support vector machine."""
