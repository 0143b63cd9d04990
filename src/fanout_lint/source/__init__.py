"""Bytes to text: which files are ours, and what they say."""
