"""Proof that the reader's pages keep their promises."""
