"""Write what the five most used mail programs support into `support.json`; run it on a newer caniemail.json to renew it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

MOST_USED = ("apple-mail", "gmail", "outlook", "yahoo", "samsung-email")
HERE = Path(__file__).parent


def main(source: str) -> None:
    """Keep of each feature what the latest version of each of these programs does with it."""
    data = json.loads(Path(source).read_text())
    features = {one["slug"]: _feature(one) for one in data["data"] if one["category"] in ("html", "css", "image")}
    lines = [f'"{slug}": {json.dumps(one, ensure_ascii=False)}' for slug, one in sorted(features.items())]
    head = f'{{"updated": "{data["last_update_date"][:10]}", "features": {{\n'
    (HERE / "support.json").write_text(head + ",\n".join(lines) + "\n}}\n")


def _feature(one: dict[str, Any]) -> dict[str, Any]:
    support = {
        f"{program}.{platform}": list(versions.values())[-1]
        for program in MOST_USED
        for platform, versions in one["stats"].get(program, {}).items()
    }
    # "y" is all of it, "a" some of it, "n" nothing, "u" not known; behind it stand the numbers of notes.
    fails = {program: told for program, told in support.items() if not told.startswith("y")}
    notes = {
        number: note
        for number, note in (one["notes_by_num"] or {}).items()
        if any(f"#{number}" in told.split() for told in fails.values())
    }
    return {"title": one["title"], "fails": fails, "notes": notes}


if __name__ == "__main__":
    main(sys.argv[1])
