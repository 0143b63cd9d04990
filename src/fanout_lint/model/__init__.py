"""Nodes to a typed workflow: what rules and analysis speak of."""
