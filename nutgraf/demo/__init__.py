"""A whole fictional newsroom, The Almery Bell, built through the same verbs as a real one."""
