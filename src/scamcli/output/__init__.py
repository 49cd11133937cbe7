"""Results in, text out: formats, texts for people, and escaping."""
