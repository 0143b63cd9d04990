"""Nodes against the table of Argo's fields: what Argo's strict decoder would refuse."""
