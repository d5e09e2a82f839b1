"""File a story by the API and publish it: python publish_a_story.py https://news.example.org/api TOKEN SECTION AUTHOR."""

import sys

import requests

api, token, section, author = sys.argv[1:]
newsroom = requests.Session()
newsroom.headers["Authorization"] = f"Bearer {token}"
point = {"type": "point", "value": {"label": "Why it matters", "text": "Bread comes by <b>bridge</b>."}}
story = {"headline": "Bridge closes", "lede": "Cars must wait.", "section": section, "authors": [author]}
draft = newsroom.post(f"{api}/drafts", json=story | {"body": [point]}, headers={"Idempotency-Key": "bridge-filed"})
draft.ok or sys.exit(draft.text)
seen = {"If-Match": draft.headers["ETag"], "Idempotency-Key": "bridge-published"}
answer = newsroom.post(f"{api}/drafts/{draft.json()['id']}/publish", json={}, headers=seen)
print(answer.json().get("address") or answer.text)
