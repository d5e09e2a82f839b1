"""An editor at the desk, as their browser speaks to the server: signs in, writes a story, publishes it."""

from __future__ import annotations

import http.client
import re
import uuid
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

DESK = "/desk/"
# Figures of a headline that change would be asked about: what a reader was told may have been wrong.
LETTERS = str.maketrans("0123456789", "ghijklmnop")


def a_word() -> str:
    """Return a word that nobody has used before, of letters alone."""
    return uuid.uuid4().hex.translate(LETTERS)[:10]


class Editor:
    """One browser, with its cookies and a connection that stays open."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("localhost", port)
        self.origin = f"http://localhost:{port}"
        self.cookies: dict[str, str] = {}

    def sign_in(self, username: str, password: str) -> None:
        self.get(f"{DESK}login/")
        self.post(f"{DESK}login/", {"username": username, "password": password, "next": DESK})
        if "sessionid" not in self.cookies:
            raise RuntimeError("The desk did not let the editor in.")

    def get(self, path: str) -> tuple[int, str, str]:
        """Return the status, where it leads and the page."""
        return self._ask("GET", path, None)

    def post(self, path: str, form: dict[str, Any]) -> tuple[int, str, str]:
        """Send a form, and return the status, where it leads and the page."""
        form = form | {"csrfmiddlewaretoken": self.cookies["csrftoken"]}
        return self._ask("POST", path, urlencode(form, doseq=True))

    def publish(self, path: str, form: dict[str, Any]) -> None:
        """Send the story form with the button that publishes."""
        status, _, page = self.post(path, form)
        if status != 302:
            errors = re.findall(r'class="[^"]*error-message[^"]*".{0,400}', page, re.DOTALL)
            raise RuntimeError(f"The desk answered {status}: {errors[:3] or page[:500]}")

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": self.origin,
                "Referer": self.origin + path,
            }
        self.connection.request(method, path, body=body, headers=headers)
        answer = self.connection.getresponse()
        page = answer.read().decode(errors="replace")
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
        return answer.status, urlsplit(answer.headers.get("Location", "")).path, page
