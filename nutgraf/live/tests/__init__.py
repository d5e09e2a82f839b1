"""Tests of live stories."""
