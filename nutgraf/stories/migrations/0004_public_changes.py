"""Keep every version that readers had, and since when each fact means what it means; what is public becomes version 1."""

import datetime
import json
from itertools import chain

import django.db.models.deletion
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import migrations, models

from nutgraf.copydesk import public_text

FACTS = ["point", "bullet", "quote", "number", "event"]
MOMENTS = ["public_at", "changed_at"]
# Until the rows are filled a few lines below.
LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def begin(apps, schema_editor):
    """Make version 1 of each public story, and date its facts by when it was last made public."""
    for story in apps.get_model("stories", "Story").objects.filter(live=True).iterator(chunk_size=100):
        at = story.last_published_at or story.first_published_at
        if at is None:
            continue
        moment = at.isoformat()
        pieces = list(map(public_text.Piece.as_json, _pieces(story)))
        apps.get_model("stories", "PublicVersion").objects.create(
            story=story,
            number=1,
            at=at,
            kind="FIRST",
            content=pieces,
            changes=[],
            moments={piece["id"]: [moment, moment] for piece in pieces},
        )
        for name in FACTS:
            apps.get_model("stories", name).objects.filter(story_id=story.pk).update(public_at=at, changed_at=at)


def _pieces(story):
    names = [byline.author.name for byline in story.bylines.order_by("sort_order").select_related("author")]
    day = story.dateline_date and story.dateline_date.isoformat()
    lines = {
        "headline": story.title,
        "short_head": story.short_head,
        "eyebrow": story.eyebrow,
        "byline": ", ".join(names),
        "dateline": ", ".join(filter(None, [story.dateline_place, day])),
    }
    hero = {"picture": story.hero_id, "caption": story.hero_caption, "alt_text": story.hero_alt_text}
    body = json.loads(json.dumps(list(story.body.get_prep_value()), cls=DjangoJSONEncoder))
    return public_text.pieces(lines, lede=story.lede, hero=hero if story.hero_id else None, body=body)


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0003_bullets_without_text"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="housestyle",
            name="notes_stand",
            field=models.CharField(
                choices=[("TOP", "above the story"), ("FOOT", "below the story")],
                default="TOP",
                help_text="Where a story tells what was wrong or unclear in it.",
                max_length=4,
                verbose_name="corrections and notes stand",
            ),
        ),
        *chain.from_iterable(
            [
                migrations.AddField(
                    model_name=fact,
                    name=name,
                    field=models.DateTimeField(default=LONG_AGO),
                    preserve_default=False,
                )
                for name in MOMENTS
            ]
            for fact in FACTS
        ),
        migrations.AddField(
            model_name="story",
            name="change_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("UPDATE", "Update"),
                    ("CORRECTION", "Correction"),
                    ("CLARIFICATION", "Clarification"),
                    ("NOTE", "Editor’s note"),
                    ("MINOR", "No change of meaning"),
                ],
                default="",
                max_length=13,
                verbose_name="what kind of change",
            ),
        ),
        migrations.AddField(
            model_name="story",
            name="change_sentence",
            field=models.CharField(
                blank=True,
                default="",
                help_text="What was wrong and what is right; or what is new.",
                max_length=400,
                verbose_name="sentence to readers",
            ),
        ),
        migrations.CreateModel(
            name="PublicVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("FIRST", "First publication"),
                            ("UPDATE", "Update"),
                            ("CORRECTION", "Correction"),
                            ("CLARIFICATION", "Clarification"),
                            ("NOTE", "Editor’s note"),
                            ("MINOR", "No change of meaning"),
                            ("WITHDRAWAL", "Withdrawal"),
                        ],
                        max_length=13,
                    ),
                ),
                ("sentence", models.CharField(blank=True, max_length=400)),
                ("content", models.JSONField()),
                ("changes", models.JSONField(default=list)),
                ("moments", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="public_versions",
                        to="stories.story",
                    ),
                ),
            ],
            options={
                "verbose_name": "public version",
                "verbose_name_plural": "public versions",
                "ordering": ["story", "number"],
                "indexes": [models.Index(fields=["-at", "-id"], name="stories_public_versions_by_at")],
                "constraints": [
                    models.UniqueConstraint(fields=("story", "number"), name="stories_one_public_version_a_number")
                ],
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
