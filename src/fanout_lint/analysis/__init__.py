"""Facts from the model: all judgement about names and values is made here."""
