"""Trouble is told when it begins and when it is over."""

from __future__ import annotations

from nutgraf.lib.spell import Spell


def test_each_end_of_a_spell_is_told_once():
    spell = Spell()

    assert [spell.ends(), spell.begins(), spell.begins(), spell.ends(), spell.ends(), spell.begins()] == [
        *(False, True, False),
        *(True, False, True),
    ]
