#!/usr/bin/env python
"""Run one of Django's commands on the newsroom in the data folder."""

import sys

from nutgraf.config.cli import main

if __name__ == "__main__":
    main(["manage", *sys.argv[1:]])
