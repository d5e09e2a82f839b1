"""The history of the imports' tables."""
