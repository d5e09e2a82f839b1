"""Restore a whole newsroom from a folder into one that was just founded, all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from wagtail.models import Site

from nutgraf.imports.newsroom import files, manifest, rows, tables
from nutgraf.imports.newsroom.manifest import Manifest, Refused, Step
from nutgraf.imports.newsroom.tables import Model
from nutgraf.stories.models import Story


@dataclass(frozen=True)
class Restored:
    """What came of it."""

    manifest: Manifest
    # Whoever founded the newsroom, and whether the export knows them.
    founder: str
    is_founder_known: bool


def restore(folder: Path, step: Step = lambda *_: None) -> Restored:
    """Make this newsroom the one in the folder. Raises Refused, and changes nothing, for what cannot be restored whole.

    Nobody's password is in an export. Whoever founded this newsroom keeps theirs: as
    the same person if the export has somebody of that name, otherwise as one more.
    """
    found = manifest.read(folder)
    models = tables.travelling(with_subscribers=found.with_subscribers)
    refuse_other_tables(folder, manifest.verify(folder, found, step), models)
    laid = files.Laid(folder, files.places(models))
    try:
        with transaction.atomic():
            _refuse_work()
            founder, roles = _founder()
            _lay(folder, laid, found, step)
            _clear(models)
            _load(folder, models, found, step)
            is_known = _keep(founder, roles)
            _check_whole()
    except BaseException:  # Also what ends the process.
        laid.take_away()
        raise
    Site.clear_site_root_paths_cache()
    return Restored(found, founder.get_username(), is_known)


def make_indexes() -> None:
    """Make what search and the desk's lists of uses read anew, from what was restored."""
    call_command("rebuild_references_index", verbosity=0)
    call_command("wagtail_update_index", verbosity=0)


def refuse_other_tables(folder: Path, names: set[str], models: list[Model]) -> None:
    """Raise Refused where an export has not the tables of this version."""
    wanted = {f"rows/{model._meta.label}.jsonl" for model in models}
    if absent := sorted(wanted - names):
        raise Refused(f"{folder / absent[0]} is missing; take another one.")
    if unknown := sorted(names - wanted):
        raise Refused(f"{folder / unknown[0]} belongs nowhere in this version.")


def _refuse_work() -> None:
    # What everybody knows by name comes first.
    for model in sorted(tables.travelling(with_subscribers=True), key=lambda model: model is not Story):
        meta = model._meta
        if meta.label not in tables.FOUNDED and model._base_manager.exists():
            raise Refused(
                f"This newsroom is not empty (it has {meta.verbose_name_plural}); an export is restored in one that was just"
                " founded with `nutgraf init`."
            )
    if User.objects.count() != 1:
        raise Refused("This newsroom has staff already; an export is restored in one that was just founded.")


def _founder() -> tuple[User, list[str]]:
    founder = User.objects.get()
    return founder, list(founder.groups.values_list("name", flat=True))


def _lay(folder: Path, laid: files.Laid, found: Manifest, step: Step) -> None:
    for number, (digest, name) in enumerate(manifest.listed(folder), 1):
        if name.startswith(("files/", f"{files.THEME}/")):
            step(name, number, found.files)
            laid.lay(name, digest)


def _clear(models: list[Model]) -> None:
    # References are checked as the transaction ends, so their order does not matter.
    with connection.cursor() as cursor:
        for model in tables.emptied(models):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 (names of our own tables)


def _load(folder: Path, models: list[Model], found: Manifest, step: Step) -> None:
    names = rows.Names()
    for number, model in enumerate(models, 1):
        path = folder / f"rows/{model._meta.label}.jsonl"
        step(path.name, number, len(models))
        try:
            with path.open(encoding="utf-8") as file:
                done = rows.load(model, file, names)
        except (rows.Unfit, UnicodeDecodeError, DatabaseError) as error:
            raise Refused(f"{path} cannot be restored: {error}") from error
        if done != found.rows.get(model._meta.label):
            raise Refused(f"{path} has {done} rows, and {found.rows.get(model._meta.label)} were written.")
    statements = connection.ops.sequence_reset_sql(no_style(), models)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _keep(founder: User, roles: list[str]) -> bool:
    """Let whoever founded the newsroom go on signing in, and say whether the export knows them."""
    if User.objects.filter(username=founder.username).update(password=founder.password):
        return True
    founder.pk = None
    founder.save(force_insert=True)
    founder.groups.set(Group.objects.filter(name__in=roles))
    return False


def _check_whole() -> None:
    try:
        connection.check_constraints()
    except DatabaseError as error:
        raise Refused(f"The rows of the export do not fit together: {error}") from error
