"""Classifiers on features: estimators of scikit-learn's manner, their probabilities calibrated."""
