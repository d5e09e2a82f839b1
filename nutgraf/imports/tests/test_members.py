"""Of other systems' members only those become subscribers who agree to be mailed."""

from __future__ import annotations

import io

import pytest

from nutgraf.imports.members import NoTable, write_agreed


def agreed(table: str) -> list[str]:
    into = io.BytesIO()
    write_agreed(io.StringIO(table), into)
    return into.getvalue().decode().replace('"', "").split()[1:]


def test_whoever_left_ghost_s_mail_or_was_deleted_is_left_out() -> None:
    table = (
        "id,email,name,subscribed_to_emails,deleted_at\n"
        "1,a@example.org,A,true,\n2,b@example.org,B,false,\n3,c@example.org,C,,\n4,d@example.org,D,true,2024-01-01\n5,,E,true,\n"
    )

    assert agreed(table) == ["a@example.org"]
    members = write_agreed(io.StringIO(table), io.BytesIO())
    assert (members.agreed, members.refused, members.without_address) == (1, 3, 1)


def test_whose_mail_substack_has_switched_off_is_left_out() -> None:
    assert agreed("email,email_disabled\na@example.org,false\nb@example.org,true\n") == ["a@example.org"]


@pytest.mark.parametrize("table", ["", "name\nAda\n", "\x00\x01"])
def test_what_is_no_table_of_members_is_refused(table: str) -> None:
    with pytest.raises(NoTable):
        agreed(table)
