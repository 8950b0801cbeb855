"""What looks wrong: labels, works out of place, pictures not of their work; and what people say to it."""
