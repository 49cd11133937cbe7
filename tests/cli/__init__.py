"""Tests of the command line, from outside."""
