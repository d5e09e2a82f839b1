"""Tests of the demo newsroom: is its content sound, and does it build?"""
