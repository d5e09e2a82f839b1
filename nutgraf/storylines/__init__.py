"""Storylines: developing stories that stay in one place, assembled from the stories that an editor files anyway."""
