"""Argo's expression language: what stands in ``{{=…}}`` (expr-lang 1.17.8)."""
