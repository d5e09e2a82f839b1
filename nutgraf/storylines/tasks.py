"""What waits until readers have their page: learning what a story is about, so that storylines can be suggested."""

from __future__ import annotations

from django_tasks import task

from nutgraf.storylines import profiles


@task()
def learn(story: int) -> None:
    """Learn what a story is about, or forget it if it is no longer public."""
    profiles.learn(story)


@task()
def learn_storyline(storyline: int) -> None:
    """Learn what a storyline's newest stories are about."""
    profiles.learn_storyline(storyline)
