"""Put off what can wait while a command does much at once: each thing is done once, and the search index in one go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import transaction
from modelsearch.backends import get_search_backends_with_name
from modelsearch.index import get_indexed_instance
from modelsearch.tasks import insert_or_update_object_task

from nutgraf.config.tasks import Queue


@contextmanager
def held() -> Iterator[None]:
    """Put off to the end of the block what can wait.

    For commands that do much at once. Of a process that dies in the block it is
    not done, so whoever goes on with its work asks for it again.
    """
    Queue.held = {}
    try:
        yield
    finally:
        put_off, Queue.held = Queue.held.values(), None
    with transaction.atomic():
        _index([(args[0], args[1], args[2]) for task, args, _ in put_off if task == insert_or_update_object_task])
        for task, args, kwargs in put_off:
            if task != insert_or_update_object_task:
                task.enqueue(*args, **kwargs)


def _index(objects: list[tuple[str, str, str]]) -> None:
    """Bring the search index up to date for objects, each named by app, model and key."""
    keys: dict[tuple[str, str], list[str]] = {}
    for app, name, key in objects:
        keys.setdefault((app, name), []).append(key)
    for (app, name), wanted in keys.items():
        model = apps.get_model(app, name)
        found = [one for one in model.get_indexed_objects().filter(pk__in=wanted) if get_indexed_instance(one, False)]
        for _name, backend in get_search_backends_with_name(with_auto_update=True):
            backend.get_index_for_model(model).add_items(model, found)
