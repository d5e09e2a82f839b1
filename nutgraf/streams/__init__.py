"""The ordered flow of stories: on the front page, a section's front, an author's page and under a story."""
