"""Word lists and tables: each module loads commented YAML from `catena/data` into typed, frozen values.

Import the loader from its own module (`catena.lexicons.cues.load_cues`), so that a program that needs one
list does not read them all.
"""
