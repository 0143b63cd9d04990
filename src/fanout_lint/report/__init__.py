"""Findings → bytes: what a run found, and one module for each format it is shown in."""
