"""What a first visit to a story costs a reader on a bad network, pictures apart."""

from __future__ import annotations

import re

from tests.journeys.site import Site

KILOBYTE = 1024


def test_a_story_is_light_to_load(site: Site) -> None:
    page = site.get(site.paths["story"], Accept_Encoding="gzip")
    markup = site.get(site.paths["story"]).text
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', markup)
    scripts = re.findall(r'<script[^>]* src="([^"]+)"', markup)

    bytes_of = {path: len(site.get(path, Accept_Encoding="gzip").body) for path in styles + scripts}

    assert styles
    assert scripts
    assert sum(bytes_of[path] for path in scripts) < 6 * KILOBYTE
    assert len(page.body) + sum(bytes_of.values()) < 30 * KILOBYTE
