"""Convert timelines to and from other formats: tables, importers and exporters."""
