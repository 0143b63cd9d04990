"""Which files are asked for, and which belong together."""
