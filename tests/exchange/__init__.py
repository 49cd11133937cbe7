"""Timelines in and out: every format, every kind of file, and two timelines into one."""
