"""Let `python -m nutgraf` be the command line."""

from nutgraf.config.cli import main

main()
