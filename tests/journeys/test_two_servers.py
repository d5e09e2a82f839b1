"""Two servers with other settings on one data folder: each answers with its own pages, and the latter's are stored."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.journeys.site import Site, served


def test_neither_of_two_servers_on_one_folder_answers_with_the_others_pages(built: Path) -> None:
    folder = Path(shutil.copytree(built, built.with_name("shared")))
    with served(folder) as first:
        path = first.paths["plain story"]
        assert _says_where_it_is(first, path)

        # In development the address in a page follows from the port.
        with served(folder) as second:
            for _ in range(2):
                for asked in (path, "/latest/"):
                    assert _says_where_it_is(second, asked)
                    assert _says_where_it_is(first, asked)
            assert _says_where_it_is(first, "/authors/")
            assert second.stored == {path, "/latest/"}

            assert _refused(first) > 0
            assert first.said.count("Another server has opened") == 1


def _says_where_it_is(site: Site, path: str) -> bool:
    return f'<link rel="canonical" href="http://127.0.0.1:{site.port}{path}">' in site.get(path).text


def _refused(site: Site) -> float:
    found = re.search(r'refused_total{reason="another server\'s store"} (\S+)', site.get("/metrics").text)
    return float(found[1]) if found else 0.0
