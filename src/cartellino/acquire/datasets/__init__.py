"""Published data sets, in the layouts they come in."""
