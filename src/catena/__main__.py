"""`python -m catena`: the same as the `catena` command."""

from catena.cli import main

main()
