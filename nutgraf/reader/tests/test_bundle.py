"""What browsers load is joined in layer order, under a name that changes with it."""

import gzip

import pytest

from nutgraf.reader import bundle
from nutgraf.reader.templatetags.reader import reader_css, reader_js


@pytest.fixture
def static_root(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    bundle.built.cache_clear()
    yield tmp_path
    bundle.built.cache_clear()


def test_the_layers_are_named_before_any_rule(static_root):
    css = (static_root / bundle.build(static_root)["css"]).read_text()

    assert css.startswith("@layer reset, tokens, base, layout, components, utilities;")
    assert "@import" not in css


def test_every_stylesheet_is_in_it_or_belongs_to_few_pages_and_wraps_itself_in_a_layer(static_root):
    reader = bundle.Path(bundle.__file__).parent / "static/reader"
    written = {path.relative_to(reader.parent).as_posix() for path in reader.rglob("*.css")}

    names = [*bundle.stylesheets(), *bundle.PAGE_STYLES, *bundle.OWN_STYLES]
    assert sorted(names) == sorted(written - {bundle.ENTRY})
    assert all("\n@layer " in (reader.parent / name).read_text() for name in names)


def test_every_script_is_in_it_or_belongs_to_one_page():
    reader = bundle.Path(bundle.__file__).parent / "static"

    assert {*bundle.SCRIPTS, *bundle.PAGE_SCRIPTS} == {
        path.relative_to(reader).as_posix() for path in reader.rglob("*.js")
    }


def test_pages_link_what_was_built_and_before_that_the_files(static_root):
    before = reader_css()
    names = bundle.build(static_root)

    assert "reader/reader.css" in before
    assert names["css"] in reader_css()
    assert names["js"] in reader_js()


def test_the_name_changes_with_the_content(static_root, monkeypatch):
    first = bundle.build(static_root)
    monkeypatch.setattr(bundle, "SCRIPTS", bundle.SCRIPTS[:1])

    second = bundle.build(static_root)

    assert first["css"] == second["css"]
    assert first["js"] != second["js"]
    assert (static_root / first["js"]).exists()


def test_a_theme_has_the_last_word(static_root, settings, tmp_path_factory):
    theme = tmp_path_factory.mktemp("theme")
    (theme / "reader").mkdir()
    (theme / "reader/theme.css").write_text(":root { --husk: rebeccapurple; }")
    (theme / "reader/tokens.css").write_text("@layer tokens { :root { --ink: navy; } }")
    settings.STATICFILES_DIRS = [theme]
    bundle.finders.get_finder.cache_clear()

    css = (static_root / bundle.build(static_root)["css"]).read_text()

    bundle.finders.get_finder.cache_clear()
    assert css.rstrip().endswith(":root { --husk: rebeccapurple; }")
    assert "--ink: navy" in css
    assert "--paper:" not in css


def test_it_is_light(static_root):
    names = bundle.build(static_root)

    weight = {kind: len(gzip.compress((static_root / name).read_bytes())) for kind, name in names.items()}

    assert weight["css"] < 10_000
    assert weight["js"] < 6_000


def test_scripts_lose_their_comments_and_nothing_else(static_root):
    script = (static_root / bundle.build(static_root)["js"]).read_text()
    written = "".join(bundle._read(name) for name in bundle.SCRIPTS)

    assert "/*" not in script
    assert not any(line.startswith(("//", " ")) for line in script.splitlines())
    lost = set(map(str.strip, written.splitlines())) - set(script.splitlines())
    assert all(line.startswith(("/*", "//")) or line.endswith("*/") or "*" in line or not line for line in lost)


def test_no_script_has_a_text_over_several_lines():
    for name in bundle.SCRIPTS:
        assert all(line.count("`") % 2 == 0 for line in bundle._read(name).splitlines())
