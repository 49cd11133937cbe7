"""Two timelines into one: what each side changed, and what both changed differently."""
