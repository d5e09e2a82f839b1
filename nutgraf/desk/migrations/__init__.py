"""The roles of a newsroom, and what later versions change about them."""
