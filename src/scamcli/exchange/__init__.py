"""Timelines in and out of other formats: tables, importers and exporters."""
