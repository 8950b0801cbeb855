"""Museums by name: what each one calls things, and where it keeps them."""
