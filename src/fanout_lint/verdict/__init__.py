"""Hits to the findings that count."""
