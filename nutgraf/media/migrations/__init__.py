"""The history of the pictures' tables."""
