"""Measurements; each module is one command. Not installed with the program."""
