"""Read the numbers of an entry: what each counts, what happened to the people counted, and which is part of which.

``ingest.pipeline.counts_of`` runs the four stages; ``count`` describes the values that they pass on.
"""
