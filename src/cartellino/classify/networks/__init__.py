"""Networks: classifiers that learn from pixels; they need the [train] extra, which only they import."""
