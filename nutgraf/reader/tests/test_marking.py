"""What is marked is what changed after the moment: nothing else, nothing twice, and less the later the moment."""

from hypothesis import given
from hypothesis import strategies as st

from nutgraf.reader.marking import Page

LINE = '<nutgraf-catch-up class="catch-up"><p class="catch-up__line" role="status"></p></nutgraf-catch-up>'
MARK = '<span class="catch-up__new">New</span>'


def page(inside, *, after="", counts=""):
    line = LINE.replace("<nutgraf-catch-up", f"<nutgraf-catch-up{counts}")
    return f'<!doctype html>\n<body data-at="99"><main><article data-story="1" data-at="98">{line}{inside}</article>{after}</main></body>'


def part(at, inside="", name="li"):
    return f'<{name} data-at="{at}">&amp;{inside}<br></{name}>'


@st.composite
def trees(draw, depth=2):
    """Parts inside of parts, each with its moment, as HTML and as the outermost that are new at each moment."""
    children = draw(st.lists(trees(depth - 1), max_size=3)) if depth else []
    at = draw(st.integers(0, 9))
    return at, children


def html_of(tree):
    at, children = tree
    return part(at, "\n".join(html_of(child) for child in children), "section")


def outermost(tree, since):
    at, children = tree
    return [at] if at > since else [one for child in children for one in outermost(child, since)]


@given(st.lists(trees(), max_size=4), st.integers(0, 9))
def test_what_is_marked_is_the_outermost_of_what_changed_after_the_moment(forest, since):
    found = Page.read(page("".join(map(html_of, forest)))).new(since)

    assert [tag.at for tag in found.parts] == [at for tree in forest for at in outermost(tree, since)]
    assert found.number == len(found.parts)


@given(st.lists(trees(), max_size=4), st.integers(0, 9))
def test_all_else_stays_byte_by_byte_as_it_was(forest, since):
    html = page("".join(map(html_of, forest)))
    before = Page.read(html)

    marked = before.marked(before.new(since).parts, mark="New", line="<b>told</b>")

    assert marked.count(MARK) == marked.count('data-new=""')
    for added in (MARK, ' id="new"', ' data-new=""', ' data-since=""', "<b>told</b>"):
        marked = marked.replace(added, "")
    assert marked == html


@given(st.lists(trees(), max_size=4), st.integers(0, 9), st.integers(0, 9))
def test_the_later_the_moment_the_less_is_new(forest, one, other):
    html = page("".join(map(html_of, forest)))
    earlier, later = sorted((one, other))

    assert told(html, later) <= told(html, earlier)


def told(html, since):
    """Return where the changed parts stand that are marked, or that stand in one that is."""
    read = Page.read(html)
    marked = {tag.end for tag in read.new(since).parts}
    above = {tag.end: {tag.end} for tag in read.tags}
    for tag in read.tags:
        if tag.around:
            above[tag.end] |= above[tag.around.end]
    return {tag.end for tag in read.tags if tag.at > since and above[tag.end] & marked}


def test_the_stream_under_a_story_and_what_stands_around_it_are_not_the_storys_news():
    found = Page.read(page(part(5), after=part(9))).new(0)

    assert [tag.at for tag in found.parts] == [5]


def test_the_line_leads_to_the_first_new_part_by_the_id_that_it_has():
    with_id = Page.read(page('<li id="b-1" data-at="5">a</li>')).new(0)
    without = Page.read(page('<li data-at="5">a</li>'))
    found = without.new(0)

    assert with_id.first_id == "b-1"
    assert found.first_id == "new"
    assert '<li data-at="5" id="new" data-new=""><span' in without.marked(found.parts, mark="New", line="")


def test_a_page_may_count_changes_instead_of_parts():
    html = page(part(5) + part(5) + part(7), counts=" data-moments")

    found = Page.read(html).new(0)

    assert (found.number, len(found.parts)) == (2, 3)


def test_where_all_is_new_and_the_page_goes_on_there_may_be_more():
    more = '<p data-more><a href="?before=1">More</a></p>'

    assert Page.read(page(part(5) + more)).new(0).has_more
    assert not Page.read(page(part(5) + part(1) + more)).new(2).has_more
    assert not Page.read(page(part(5))).new(0).has_more


def test_a_moment_that_is_none_is_as_old_as_can_be():
    assert Page.read(page('<li data-at>a</li><li data-at="x">b</li><li data-at="²">c</li>')).new(0).parts == []


def test_a_page_without_a_line_has_nothing_marked():
    html = '<main><li data-at="5">a</li></main>'

    assert Page.read(html).new(0).parts == []
    assert Page.read(html).marked([], mark="New", line="x") == html


def test_a_page_that_is_no_story_is_about_all_that_is_in_it():
    html = (
        f'<main data-at="9"><article data-at="5">{part(7)}</article>{LINE}<div data-story="1" data-at="6"></div></main>'
    )

    assert [tag.at for tag in Page.read(html).new(0).parts] == [5, 6]
