"""The ``{{…}}`` language: tags found in a text, and the names in them."""
