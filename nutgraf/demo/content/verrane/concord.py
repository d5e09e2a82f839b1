"""The Concord: the alliance that sends soldiers, and the talks that may end it."""

from __future__ import annotations

from nutgraf.demo.content.verrane import counted
from nutgraf.demo.dates import Dates
from nutgraf.demo.plans import StoryPlan
from nutgraf.stories.samples import event, number, point, quote


def stories(dates: Dates) -> list[StoryPlan]:
    """Return these stories."""
    return [
        _clause(dates),
        _ports(dates),
        _vote(dates),
        _border(dates),
        _talks(dates),
    ]


def _clause(dates: Dates) -> StoryPlan:
    today = dates.weekday(-1)
    return StoryPlan(
        slug="clause-nine",
        section="politics",
        authors=("tomas",),
        at=dates.clock(-1, 12, 10),
        place="HALLIN",
        headline="Draske invokes a clause that the Concord has never used",
        short_head="A clause never used",
        lede=f"Verrane’s president asked the Upland Concord for soldiers on {today}, under an article that was "
        "written against foreign armies. He says that there is one: he did not say whose.",
        parts=(
            point(
                "Why it matters",
                "Article Nine obliges four countries to treat an attack on one as an attack on all. If a crowd "
                "can be an attack, the Concord is a different treaty from the one that its parliaments ratified.",
            ),
            point(
                "The details",
                "Mr Draske’s letter is a page and a half long and speaks of “groups trained and paid from beyond the "
                "mountains”.",
                "It offers no evidence. Hallin’s foreign ministry says that evidence “may follow”.",
                "A yes needs three votes of four, and the country that asks may vote.",
                facts=(
                    number(3, "votes of four that the Concord’s council needs to send soldiers"),
                    quote(
                        "Groups trained and paid from beyond the mountains.",
                        "Ilmar Draske",
                        "president",
                        "Verrane",
                        "the Upland Concord, in a letter",
                    ),
                ),
            ),
            point(
                "The intrigue",
                "Tolmia’s delegate left the room to telephone and has not come back. Tolmia mills a third of Verrane’s "
                "flour and holds an election in five weeks.",
            ),
            point(
                "What’s next",
                f"The four defence ministers vote on {today} night in Hallin.",
                facts=(
                    event("Concord defence ministers vote on Verrane’s request", place="Hallin", starts=dates.day(-1)),
                ),
            ),
        ),
    )


def _ports(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="ports-not-barracks",
        section="politics",
        authors=("yusuf",),
        at=dates.clock(-1, 17, 45),
        headline="Estmere opens its ports to the Verranese, not its airfields",
        short_head="Ports yes, airfields no",
        lede="Anyone who arrives from Verrane may land at Almery and stay for ninety days, the Assembly decided. "
        "Nobody on the way to Verrane with a rifle may change planes here.",
        parts=(
            point(
                "Why it matters",
                "Estmere has no border with Verrane and no treaty with the Concord. What it has is the only deep "
                "harbour on the Vell, and both sides need it.",
            ),
            point(
                "State of play",
                "The motion passed with 118 votes to 21. Twelve members were away, most of them at a football match.",
                "Two ferries are chartered for Aunemouth and can bring 1,100 people a day.",
                "A request by Kestria to refuel six transport aircraft was refused in a letter of two lines.",
                facts=(
                    number(118, "votes in the Assembly for opening the ports", source="Assembly record"),
                    number(21, "votes in the Assembly against opening the ports", source="Assembly record"),
                    number(1100, "people a day that the chartered ferries can carry"),
                ),
            ),
            point(
                "What they’re saying",
                "“We are a small country. The one large thing about us is the door,” said the premier, Ada Rennick.",
                "“A door is also what one is shown,” replied Casper Holm, who leads the opposition.",
                facts=(
                    quote(
                        "We are a small country. The one large thing about us is the door.",
                        "Ada Rennick",
                        "premier",
                        "Estmere",
                        "the Assembly",
                    ),
                    quote(
                        "A door is also what one is shown.",
                        "Casper Holm",
                        "leader of the opposition",
                        "Coast Union",
                        "the Assembly",
                    ),
                ),
            ),
            point(
                "The catch",
                "Almery has 340 empty council flats. At the ferries’ full rate they last for about a day and a half.",
                facts=(number(340, "empty council flats in Almery", as_of=dates.day(-1), source="City of Almery"),),
            ),
        ),
    )


def _vote(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="concord-votes",
        section="politics",
        authors=("tomas",),
        at=dates.clock(-1, 21, 30),
        place="HALLIN",
        headline="Upland Concord votes to send 1,800 soldiers into Verrane",
        short_head="Concord sends soldiers",
        picture="transport",
        lede="Three defence ministers raised a hand and one studied the ceiling. With that the Upland Concord ordered "
        "its first armed mission, to help a member against a crowd.",
        parts=(
            point(
                "Why it matters",
                "Kestria has wanted a Concord that acts since the day it signed. Now it has a precedent, a "
                "commander of its own and a neighbour in its debt.",
            ),
            point(
                "Driving the news",
                "The council promised 1,800 soldiers for 30 days: 1,200 from Kestria, 600 from Dunmar.",
                "The first aircraft left Hallin forty minutes after the vote. It had been loading since the afternoon.",
                "Tolmia abstained. It will send a field kitchen.",
                facts=(
                    number(1800, counted.PROMISED, as_of=dates.day(-1), source="Upland Concord"),
                    number(30, "length of the Concord’s mission in Verrane", unit="days", as_of=dates.day(-1)),
                ),
            ),
            quote(
                "We do not send soldiers to keep a man in his chair. We send them so that there is a chair.",
                "Irma Tolvane",
                "secretary-general",
                "Upland Concord",
            ),
            point(
                "The other side",
                "“There was a chair,” says Tove Ansgar, who documents the dead for the Vell Rights Monitor. “Nineteen "
                "people were killed asking it a question.”",
                facts=(
                    quote(
                        "There was a chair. Nineteen people were killed asking it a question.",
                        "Tove Ansgar",
                        "researcher",
                        counted.MONITOR,
                    ),
                    counted.deaths(dates, -1, 19),
                ),
            ),
            point(
                "Worth noting",
                "The order forbids soldiers to fire “except in defence of life or of equipment”. The comma that would "
                "say whose life was discussed for an hour and left out.",
            ),
            point(
                "What’s next",
                f"The council reviews the mission on {dates.on(8)}.",
                facts=(counted.concord_review(dates),),
            ),
        ),
    )


def _border(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="kestria-thins-border",
        section="politics",
        authors=("tomas",),
        at=dates.ago(hours=4, minutes=5),
        place="HALLIN",
        headline="Kestria thins its Pelland border to find troops for Verrane",
        short_head="Kestria’s border thins out",
        picture="map-routes",
        lede="The battalions that Kestria is sending to Sollen come from the camp that it has kept on Pelland’s border "
        "for seven months. For the first time the camp has empty tents.",
        parts=(
            point(
                "The big picture",
                "Hallin has used two levers on its neighbours this year, an army beside Pelland and a treaty around "
                "Verrane. It turns out to be one lever, and it cannot be pulled in two places.",
            ),
            point(
                "By the numbers",
                "Kestria had 9,000 soldiers on the border a week ago. Satellite pictures and two officers put it "
                "at 7,100 now.",
                "1,900 of them have left for Verrane, 700 more than were promised.",
                "Moving them back would take nine days, by the general staff’s own timetable.",
                facts=(
                    number(1900, "Kestrian soldiers in Verrane", as_of=dates.day(0), source="Upland Concord"),
                    number(9, "time to move the battalions back", unit="days", source="Kestria’s general staff"),
                ),
            ),
            number(9000, counted.BORDER, as_of=dates.day(-7), source="Kestria’s defence ministry"),
            number(7100, counted.BORDER, as_of=dates.day(0), source="Satellite pictures, two officers"),
            point(
                "Between the lines",
                "The best brigade stayed. What went is the second line, with the field hospitals and the bridging tank "
                "that made the first line credible.",
                "“You do not invade anyone without the people who carry the water,” says Lucan Ferrow, who teaches "
                "strategy in Almery.",
                facts=(
                    quote(
                        "You do not invade anyone without the people who carry the water.",
                        "Lucan Ferrow",
                        "professor of strategy",
                        "University of Almery",
                    ),
                ),
            ),
            point(
                "Yes, but",
                "Kestria’s First Minister, Jorund Halleck, has been underestimated before, mostly by people who "
                "counted tents.",
            ),
        ),
    )


def _talks(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="three-tables",
        section="politics",
        authors=("eli",),
        at=dates.ago(hours=2, minutes=5),
        eyebrow="What’s ahead",
        headline="Three tables in five days: the talks that might end it",
        short_head="Three tables in five days",
        picture="empty-table",
        lede="Verrane’s crisis will be discussed at three tables in the coming days. Not one of them seats "
        "everybody who could stop it.",
        parts=(
            point(
                "Why it matters",
                "Each table can undo what the one before it has settled. The order in which they meet was chosen by "
                "airline schedules, and may decide the outcome.",
            ),
            point(
                "What’s ahead",
                "Each meeting has an empty chair.",
                f"<b>Skerry Point, {dates.on(2)}.</b> The six states of the Vell Council hear Verrane’s foreign "
                "minister. The Bread Line committee is not a state. The council can mediate if five agree; it has "
                "never had five.",
                f"<b>Lamm Abbey, {dates.on(3)}.</b> Government and committee are expected to meet, with the abbot as "
                "host and, at his wish, bread on the table. The soldiers’ commander is not asked.",
                f"<b>Aunemouth, {dates.on(6)}.</b> Kestria and Pelland were to sign the Aune Accord on river and "
                "border. The dam that it is about stands in Verrane, which signs last.",
                facts=(number(5, "votes of six that the Vell Council needs to mediate"),),
            ),
            counted.council_session(dates),
            counted.talks_at_lamm(dates),
            counted.signing(dates),
            point(
                "Behind the scenes",
                "Oona Marr, the council’s secretary-general, has spent two nights on the telephone about the "
                "shape of a single sentence. It contains the word “invited”.",
                "“Everyone will come if nobody has to say who asked them,” she told the Bell.",
                facts=(
                    quote(
                        "Everyone will come if nobody has to say who asked them.",
                        "Oona Marr",
                        "secretary-general",
                        "Vell Council",
                        "the Bell",
                    ),
                ),
            ),
            point(
                "What to watch",
                "The committee’s chair. If Nadja Orlin comes to Lamm in person, it has decided to be a negotiator. If "
                "she sends a lawyer, it has decided to wait.",
            ),
            point(
                "The bottom line",
                "Talks about bread, about soldiers and about a river are the same talks. Somebody will have to "
                "say so first.",
            ),
        ),
    )
