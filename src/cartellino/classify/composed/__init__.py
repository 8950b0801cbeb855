"""Classifiers made of classifiers: averages, bags, folds, stacks, cascades and views."""
