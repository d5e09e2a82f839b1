"""A point may be a label and its bullets, without a text between them."""

import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0002_notes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="story",
            name="body",
            field=wagtail.fields.StreamField(
                [("point", 30), ("paragraph", 31), ("quote", 12), ("number", 20), ("event", 28), ("picture", 35)],
                blank=True,
                block_lookup={
                    0: (
                        "nutgraf.stories.blocks.LabelBlock",
                        (),
                        {"help_text": "The words before the colon.", "label": "Label"},
                    ),
                    1: ("nutgraf.stories.blocks.TextBlock", (), {"label": "Text", "required": False}),
                    2: ("nutgraf.stories.blocks.TextBlock", (), {"label": "Bullet"}),
                    3: ("nutgraf.stories.blocks.TextBlock", (), {"label": "Sub-bullet"}),
                    4: ("wagtail.blocks.ListBlock", (3,), {"default": [], "label": "Sub-bullets"}),
                    5: ("wagtail.blocks.StructBlock", [[("text", 2), ("bullets", 4)]], {}),
                    6: ("wagtail.blocks.ListBlock", (5,), {"default": [], "label": "Bullets"}),
                    7: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"help_text": "Without the quotation marks; the page sets them.", "label": "Words", "rows": 2},
                    ),
                    8: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "The full name.", "label": "Speaker", "max_length": 120},
                    ),
                    9: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "For example “director”.", "label": "Role", "max_length": 160, "required": False},
                    ),
                    10: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Affiliation", "max_length": 160, "required": False},
                    ),
                    11: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "If not to us, to whom, or where.",
                            "label": "Said to",
                            "max_length": 160,
                            "required": False,
                        },
                    ),
                    12: (
                        "wagtail.blocks.StructBlock",
                        [[("words", 7), ("speaker", 8), ("role", 9), ("affiliation", 10), ("said_to", 11)]],
                        {},
                    ),
                    13: (
                        "nutgraf.stories.blocks.FigureBlock",
                        (),
                        {"help_text": "The first or only value, for example 2,500.", "label": "Number"},
                    ),
                    14: (
                        "nutgraf.stories.blocks.FigureBlock",
                        (),
                        {"help_text": "The end of a range.", "label": "To", "required": False},
                    ),
                    15: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "If the text says it in words: “dozens”, “2 to 1”, “more than 2,500”.",
                            "label": "Wording",
                            "max_length": 60,
                            "required": False,
                        },
                    ),
                    16: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "%, km, $ … Leave empty for things counted.",
                            "label": "Unit",
                            "max_length": 40,
                            "required": False,
                        },
                    ),
                    17: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "What it counts or measures: “soldiers in the first contingent”.",
                            "label": "Counts",
                            "max_length": 160,
                        },
                    ),
                    18: ("wagtail.blocks.DateBlock", (), {"label": "As of", "required": False}),
                    19: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "According to", "max_length": 160, "required": False},
                    ),
                    20: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("value", 13),
                                ("value_to", 14),
                                ("wording", 15),
                                ("unit", 16),
                                ("counts", 17),
                                ("as_of", 18),
                                ("source", 19),
                            ]
                        ],
                        {},
                    ),
                    21: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "“Security talks open”.", "label": "What", "max_length": 200},
                    ),
                    22: ("wagtail.blocks.CharBlock", (), {"label": "Where", "max_length": 120, "required": False}),
                    23: ("wagtail.blocks.DateBlock", (), {"help_text": "The first day.", "label": "Date"}),
                    24: (
                        "wagtail.blocks.TimeBlock",
                        (),
                        {"help_text": "In the newsroom's time zone.", "label": "Time", "required": False},
                    ),
                    25: (
                        "wagtail.blocks.DateBlock",
                        (),
                        {"help_text": "The last day, if there are several.", "label": "Until", "required": False},
                    ),
                    26: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("DAY", "on that day"),
                                ("MONTH", "some time in that month"),
                                ("YEAR", "some time in that year"),
                            ],
                            "label": "How exact",
                        },
                    ),
                    27: (
                        "wagtail.blocks.BooleanBlock",
                        (),
                        {
                            "help_text": "Tick if it is expected rather than fixed.",
                            "label": "Expected",
                            "required": False,
                        },
                    ),
                    28: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("what", 21),
                                ("place", 22),
                                ("starts", 23),
                                ("time", 24),
                                ("ends", 25),
                                ("precision", 26),
                                ("is_expected", 27),
                            ]
                        ],
                        {},
                    ),
                    29: ("wagtail.blocks.StreamBlock", [[("quote", 12), ("number", 20), ("event", 28)]], {}),
                    30: (
                        "wagtail.blocks.StructBlock",
                        [[("label", 0), ("text", 1), ("bullets", 6), ("facts", 29)]],
                        {},
                    ),
                    31: ("wagtail.blocks.StructBlock", [[("text", 1), ("bullets", 6), ("facts", 29)]], {}),
                    32: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "Picture"}),
                    33: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Leave empty to use the picture's own.",
                            "label": "Caption",
                            "max_length": 400,
                            "required": False,
                        },
                    ),
                    34: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Leave empty to use the picture's own.",
                            "label": "Alt text",
                            "max_length": 400,
                            "required": False,
                        },
                    ),
                    35: ("wagtail.blocks.StructBlock", [[("picture", 32), ("caption", 33), ("alt_text", 34)]], {}),
                },
            ),
        ),
    ]
