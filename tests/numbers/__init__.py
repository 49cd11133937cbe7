"""Tests of how numbers are added up."""  # noqa: A005 - no test imports the standard library's `numbers` by this name
