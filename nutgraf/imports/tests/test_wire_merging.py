"""What a wire has changed is taken over into what the desk has changed meanwhile, and nobody's work is lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.imports.wire import merging
from nutgraf.imports.wire.merging import Words


def _part(key: str, words: str) -> dict:
    return {"id": key, "type": "paragraph", "value": {"text": f"<p>{words}</p>", "bullets": [], "facts": []}}


_bodies = st.lists(st.sampled_from("abcdef"), unique=True).flatmap(
    lambda keys: st.tuples(*(st.builds(_part, st.just(key), st.sampled_from(["x", "y", "z"])) for key in keys)).map(
        list
    )
)
_versions = st.builds(Words, st.sampled_from("xyz"), st.sampled_from("xyz"), _bodies)


def _as_a_form_writes_it(words: Words) -> Words:
    """Return the same words with the keys that the desk's form adds to each paragraph."""
    body = [
        part | {"value": part["value"] | {"text": part["value"]["text"].replace("<p>", '<p data-block-key="k7">')}}
        for part in words.body
    ]
    return Words(words.headline, words.lede, body)


@given(_versions, _versions, _versions)
@settings(max_examples=300)
def test_merging_loses_nobodys_work(base, theirs, mine):
    merge, is_same = merging.merge, merging.is_same
    assert is_same(merge(base=base, theirs=theirs, mine=_as_a_form_writes_it(base)).words, theirs)
    assert merge(base=base, theirs=base, mine=mine).words == Words(mine.headline, mine.lede, list(mine.body))

    result = merge(base=base, theirs=theirs, mine=mine)
    was, come, stands, after = (
        {part["id"]: part for part in body} for body in (base.body, theirs.body, mine.body, result.words.body)
    )
    assert len(after) == len(result.words.body)
    # Whatever the desk wrote itself still stands, as it was written.
    assert all(after.get(key) == part for key, part in stands.items() if was.get(key) != part)
    # What is new there is here, and what is another there is here or is named.
    assert all(key in after for key in come if key not in was)
    changed = {key: part for key, part in come.items() if key in was and part != was[key]}
    assert all(key in result.clashes or after.get(key) == part for key, part in changed.items())
    # And nothing comes from nowhere.
    assert set(after) <= set(come) | set(stands)
