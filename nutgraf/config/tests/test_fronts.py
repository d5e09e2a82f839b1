"""What is written for a server in front says where its settings come from, and asks for nothing that was given."""

from __future__ import annotations

import pytest

from nutgraf.config.tests.test_command_line import nutgraf


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "newsroom.env").write_text("NUTGRAF_PUBLIC_URL=https://news.example\nNUTGRAF_LANGUAGE=en\n")
    return tmp_path


def write(command, folder, *options, **environment):
    # No newsroom has to be founded in a database elsewhere.
    done = nutgraf(command, folder, *options, DATABASE_URL=f"sqlite:///{folder}/elsewhere.sqlite3", **environment)
    assert done.returncode == 0, done.stderr
    return done


@pytest.mark.parametrize("command", ["nginx", "varnish"])
def test_the_environment_wins_as_it_does_when_serving_and_that_is_said(folder, command):
    plain = write(command, folder)
    other = write(command, folder, NUTGRAF_PUBLIC_URL="https://other.example", NUTGRAF_LANGUAGE="en")

    assert "https://news.example" in plain.stdout
    assert plain.stderr == ""
    assert "https://other.example" in other.stdout
    assert "and wins" in other.stderr
    assert other.stderr.rstrip().endswith(": NUTGRAF_PUBLIC_URL.")


def test_nobody_is_asked_for_a_certificate_that_was_given(folder):
    assert "fill in where yours are" in write("nginx", folder).stdout
    given = write("nginx", folder, "--certificate", "/etc/ours.pem", "--key", "/etc/ours.key").stdout
    assert "ill in" not in given
    assert "    ssl_certificate /etc/ours.pem;" in given


def test_nginx_is_asked_for_more_room_only_where_a_name_is_long(folder):
    assert "bucket_size" not in write("nginx", folder).stdout
    long = write("nginx", folder, NUTGRAF_HOSTS=f"news.example,{'a' * 40}.example").stdout
    assert "\nserver_names_hash_bucket_size 512;\n" in long
    # Whoever has a map before ours may not be asked for it.
    assert "map_hash_bucket_size" not in long
