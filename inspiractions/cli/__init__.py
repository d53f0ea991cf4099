"""Reads a command, prints, gives the exit code."""
