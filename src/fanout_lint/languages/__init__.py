"""Argo's little languages: one text in, its parse, its faults with their places, its value.

Each module reads one language and knows nothing of YAML or of workflows. A fault
is a :class:`fanout_lint.languages.problem.Problem`, placed by 0-based character
offsets into the text that was read.
"""
