"""The readers' addresses: a promise, so they change with a redirect or not at all."""

from django.urls import path, re_path

from nutgraf.audience import links
from nutgraf.feeds.writing import FORMS
from nutgraf.reader import (
    alternates,
    archive,
    briefings,
    catch_up,
    changes,
    feeds,
    for_programs,
    live,
    republishing,
    search,
    sitemaps,
    storylines,
    subscriptions,
    views,
)
from nutgraf.reader.sharing import picture

# Under the address of a page: how the feed of it ends.
FEED = rf"feed\.(?P<form>{'|'.join(FORMS)})$"
# Where a story stands, and what belongs to it below that.
STORY = r"(?P<section>[-\w]+)/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})/(?P<slug>[-\w]+)/"

urlpatterns = [
    path("", views.front, name="front"),
    path("latest/", views.latest, name="latest"),
    path("search/", search.search, name="search"),
    re_path(rf"^search/{FEED}", search.feed, name="search_feed"),
    path("opensearch.xml", search.description, name="opensearch"),
    path("archive/", archive.years, name="archive"),
    re_path(r"^archive/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/$", archive.month, name="archive_month"),
    re_path(r"^archive/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})/$", archive.day, name="archive_day"),
    path("robots.txt", views.robots),
    path("llms.txt", republishing.llms, name="llms"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemap/pages.xml", sitemaps.pages, name="sitemap_of_pages"),
    re_path(r"^sitemap/(?P<when>[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?)\.xml$", sitemaps.stories, name="sitemap"),
    path("news-sitemap.xml", sitemaps.news, name="news_sitemap"),
    path("favicon.ico", views.favicon),
    path("api/", for_programs.api, name="api"),
    path("catch-up/", catch_up.catch_up, name="catch_up"),
    path("catch-up/about/", catch_up.about, name="about_catching_up"),
    path("authors/", views.authors, name="authors"),
    path("authors/<slug:slug>/", views.author, name="author"),
    path("storylines/", storylines.storylines, name="storylines"),
    path("storylines/<slug:slug>/", storylines.storyline, name="storyline"),
    re_path(
        rf"^storylines/(?P<slug>[-\w]+)/(?P<name>{'|'.join(storylines.PARTS)})/$",
        storylines.part,
        name="storyline_part",
    ),
    path("briefings/", briefings.briefings, name="briefings"),
    path("briefings/<slug:slug>/", briefings.briefing, name="briefing"),
    re_path(rf"^briefings/(?P<slug>[-\w]+)/{FEED}", briefings.feed, name="briefing_feed"),
    re_path(rf"^briefings/(?P<slug>[-\w]+)/(?P<date>{briefings.DATE})/$", briefings.edition, name="edition"),
    re_path(
        rf"^briefings/(?P<slug>[-\w]+)/(?P<date>{briefings.DATE})/to/(?P<number>[0-9]{{1,4}})/$",
        briefings.follow_link,
        name="edition_link",
    ),
    path("special-reports/", briefings.special_reports, name="special_reports"),
    path("special-reports/<slug:slug>/", briefings.special_report, name="special_report"),
    path("corrections/", changes.corrections, name="corrections"),
    re_path(rf"^corrections/{FEED}", changes.corrections_feed, name="corrections_feed"),
    path(links.PATH, subscriptions.subscriptions, name="subscriptions"),
    path(f"{links.PATH}stamp/", subscriptions.stamp, name="sign_up_stamp"),
    path(f"{links.PATH}link/", subscriptions.send_link, name="subscription_link"),
    path(f"{links.PATH}{links.CONFIRM}/<str:token>/", subscriptions.confirm, name="confirm_subscription"),
    path(f"{links.PATH}{links.MOVE}/<str:token>/", subscriptions.move, name="confirm_address"),
    path(f"{links.PATH}{links.UNSUBSCRIBE}/<str:token>/", subscriptions.unsubscribe, name="unsubscribe"),
    path(f"{links.PATH}{links.PREFERENCES}/<str:token>/", subscriptions.preferences, name="subscriber"),
    path("privacy/", subscriptions.privacy, name="privacy"),
    path("labels/", views.labels, name="labels"),
    path("labels/<slug:slug>/", views.label, name="label"),
    re_path(rf"^{FEED}", feeds.front, name="front_feed"),
    re_path(rf"^authors/(?P<slug>[-\w]+)/{FEED}", feeds.author, name="author_feed"),
    re_path(rf"^labels/(?P<slug>[-\w]+)/{FEED}", feeds.label, name="label_feed"),
    re_path(rf"^storylines/(?P<slug>[-\w]+)/{FEED}", storylines.feed, name="storyline_feed"),
    re_path(
        r"^media/shares/(?P<story_id>[0-9]{1,18})/(?P<version>[0-9a-f]{10})\.png$",
        picture.share_picture,
        name="share_picture",
    ),
    re_path(rf"^{STORY}$", views.story, name="story"),
    re_path(rf"^{STORY[:-1]}\.(?P<ending>txt|md|json)$", alternates.other_form, name="alternate"),
    re_path(rf"^{STORY}republish/$", republishing.republish, name="republish"),
    re_path(rf"^{STORY}changes/$", changes.story_changes, name="story_changes"),
    re_path(rf"^{STORY}live\.json$", live.changes, name="live_changes"),
    re_path(rf"^{STORY}live\.events$", live.changes_as_they_come, name="live_events"),
    re_path(rf"^{STORY}live/(?P<number>[0-9]{{1,3}})/$", live.part, name="live_part"),
    re_path(rf"^{STORY}live/entry/(?P<pk>[0-9]{{1,18}})/$", live.entry, name="live_entry"),
    re_path(rf"^(?P<slug>[-\w]+)/{FEED}", feeds.section, name="section_feed"),
    path("<slug:slug>/", views.section, name="section"),
]
