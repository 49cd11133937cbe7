"""Other readers: programs that read a text and propose drafts, each field with the words that it rests on.

`protocol` says what they get and what they return, `run_reader` runs one of them, and `verification` turns what it
returned into proposals. Nothing that a reader writes is stored: its words only choose passages of the text and words of
the vocabulary.
"""
