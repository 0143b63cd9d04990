"""Text to nodes with places."""
