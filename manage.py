#!/usr/bin/env python
"""Run one of Django's commands on the newsroom in the data directory."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nutgraf.config.settings")

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
