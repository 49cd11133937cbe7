"""Decide by learned numbers which dates of a text have entries, where the rules of ``entries`` seem to be wrong.

The rules read texts of familiar form well. A model that was trained on texts with known entries judges how plausible
their reading of a text is. If it is implausible, the model decides which dates have entries, and which sentences
belong to them. In the terms of machine learning, a *sign* is a binary feature, its *number* is a weight, and the model
is log-linear.

``view`` finds the dates and the marks of sentences, ``signs`` says what speaks for a date and adds it up,
``assignment`` chooses a date for each sentence, and ``redate`` makes entries of them.
"""
