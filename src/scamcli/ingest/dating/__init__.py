"""Decide by learned numbers which dates of a text have entries, where the rules of ``entries`` seem to be wrong.

The rules read texts well whose form they know. A model that was trained on texts with known entries judges how
plausible their reading is. If it is not, the model decides which dates have entries, and which sentences belong to
them. ``view`` finds the dates and the marks of sentences, ``signs`` says what speaks for a date, ``model`` adds up,
``assignment`` chooses a date for each sentence, and ``redate`` makes entries of them.
"""
