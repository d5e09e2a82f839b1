"""Nutgraf, a newsroom in one package: write short, structured news, publish it, let readers catch up."""

__version__ = "0.1.0"
