"""Nutgraf, a newsroom in one package: write short, structured news, publish it in a moment, let readers catch up."""
