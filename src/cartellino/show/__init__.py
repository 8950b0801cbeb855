"""Says and draws: words, the terminal, figures and pages in the house look."""
