"""An editor at the desk without a browser, for journeys that only need something published."""

from __future__ import annotations

import http.cookiejar
import re
import sqlite3
import urllib.parse
import urllib.request

from tests.journeys import newsroom
from tests.journeys.site import Site


class Desk:
    """An editor at the desk, by forms and cookies alone."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.post("/desk/login/", username="ada@example.org", password=newsroom.PASSWORD)

    def post(self, path: str, **fields: str) -> None:
        """Fetch a form and send it."""
        with self.opener.open(self.site.address + path, timeout=60) as form:
            token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.read().decode())[0]
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        request = urllib.request.Request(self.site.address + path, body, {"Referer": self.site.address})
        with self.opener.open(request, timeout=60) as answer:
            assert answer.url != self.site.address + path, "The form was shown again."

    def number_of(self, path: str) -> int:
        """Return the number of the story at an address."""
        with sqlite3.connect(self.site.folder / "main.sqlite3") as connection:
            slug = path.strip("/").rpartition("/")[2]
            number: int = connection.execute("SELECT id FROM wagtailcore_page WHERE slug = ?", [slug]).fetchone()[0]
        connection.close()
        return number
