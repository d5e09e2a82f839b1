"""Sitemaps hold what the protocol's own schema asks for, whatever stands in a headline."""

import datetime

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from nutgraf.feeds import sitemap
from nutgraf.feeds.sitemap import Entry, News

AT = datetime.datetime(2026, 11, 28, 7, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
NAMES = {name.partition(":")[2] or "of": address for name, address in sitemap.NAMESPACES.items()}


def found(xml, path):
    return etree.fromstring(xml).xpath(path, namespaces=NAMES)


def test_a_page_is_told_with_its_address_its_change_and_its_picture():
    xml = sitemap.write([Entry("https://example.org/a/?b=1&c", AT, ("https://example.org/p.jpg",))])

    assert found(xml, "//of:url/of:loc/text()") == ["https://example.org/a/?b=1&c"]
    assert found(xml, "//of:lastmod/text()") == ["2026-11-28T05:30:00+00:00"]
    assert found(xml, "//image:image/image:loc/text()") == ["https://example.org/p.jpg"]


def test_the_index_names_maps():
    xml = sitemap.write_index([Entry("https://example.org/a.xml?b=1&c", AT), Entry("https://example.org/b.xml")])

    assert found(xml, "/of:sitemapindex/of:sitemap/of:loc/text()") == [
        "https://example.org/a.xml?b=1&c",
        "https://example.org/b.xml",
    ]
    assert len(found(xml, "//of:lastmod")) == 1


@given(st.text())
def test_any_headline_is_told_or_what_of_it_xml_can_hold(title):
    xml = sitemap.write([Entry("https://example.org/", AT, news=News("Ledger", "en", AT, title))])

    told = "".join(found(xml, "//news:title/text()"))
    assert set(told) <= set(title) | {"\n"}
    assert len(told) >= sum(character.isalnum() for character in title)
