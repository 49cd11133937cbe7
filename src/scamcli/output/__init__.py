"""Turn results into text: formats, texts for people, and escaping."""
