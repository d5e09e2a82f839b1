"""Tests of storylines: what becomes part of one, what its page assembles, and what an editor overrides."""
