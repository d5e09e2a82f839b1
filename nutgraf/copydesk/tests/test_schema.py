"""What is read can be told as JSON of the documented shape, and the document names every key of it."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from nutgraf import copydesk
from nutgraf.copydesk.corpus import pieces
from nutgraf.copydesk.reading import read

SCHEMA = json.loads((Path(copydesk.__file__).parent / "schema.json").read_text("utf-8"))
DOCUMENT = Path(copydesk.__file__).parents[2] / "docs/developers/copy-reading.md"
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("piece", list(pieces("dev"))[::4], ids=lambda piece: piece.name)
def test_what_is_read_has_the_shape_that_is_documented(piece):
    told = json.loads(json.dumps(read(piece.source, at=piece.at, zone=piece.zone).as_json()))

    assert [error.message for error in VALIDATOR.iter_errors(told)] == []


def test_another_shape_is_noticed():
    told = {"form": "text", "encoding": None, "text": "", "stories": [{"headline": "Bread"}], "unplaced": []}

    assert not VALIDATOR.is_valid(told)


@pytest.mark.parametrize("name", [*SCHEMA["$defs"], "copy"])
def test_every_key_is_explained(name):
    document = DOCUMENT.read_text("utf-8")
    keys = SCHEMA["$defs"].get(name, SCHEMA).get("properties", {})

    assert [key for key in keys if not re.search(rf"[`.]{key}`", document)] == []
