"""Says how good a model is: figures with intervals, reports, cross-validation; works count, not pictures."""
