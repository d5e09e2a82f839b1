"""What lacks its last slash leads to the page, if there is one."""

from __future__ import annotations

import pytest

from nutgraf.newsroom.samples import make_section

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/world", "/latest", "/authors", "/world?a=b"])
def test_a_page_is_found_without_its_last_slash(client, path):
    make_section("World")

    answer = client.get(path)

    there, _, query = path.partition("?")
    assert (answer.status_code, answer["Location"]) == (301, f"{there}/" + (f"?{query}" if query else ""))


@pytest.mark.parametrize("path", ["/rss", "/World", "/wp-login", "/" + "a" * 256, "/" + "a" * 10_000])
def test_what_is_no_page_with_a_slash_either_is_not_found_at_once(client, path):
    make_section("World")

    assert client.get(path).status_code == 404
