"""Proof that pictures keep their credit, lose their locations and arrive in the right size."""
