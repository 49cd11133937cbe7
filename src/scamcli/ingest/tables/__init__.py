"""Read the tables of a text: whom each number counts, what became of them, where, and in which period.

``lines`` finds out what separates the cells of each line, ``layout`` finds tables, ``labels`` reads the words of
rows and columns, ``cells`` decides what each number counts, and ``placing`` puts the rows into entries.
"""
