"""Facts to hits: what the rules are, which are wanted, and asking them."""
