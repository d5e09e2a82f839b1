"""Politics: the alliance that sends soldiers, the talks that may end it, and what Estmere’s own Assembly is doing."""

from __future__ import annotations

import datetime
from dataclasses import replace

from nutgraf.demo.content import crisis
from nutgraf.demo.dates import Dates, day_and_month, in_full, weekday
from nutgraf.demo.plans import Earlier, Status, StoryPlan
from nutgraf.stories.models import ChangeKind
from nutgraf.stories.samples import bullet, event, number, paragraph, point, quote


def stories(dates: Dates) -> list[StoryPlan]:
    """Return the stories of this section."""
    return [
        _clause(dates),
        _ports(dates),
        _vote(dates),
        _border(dates),
        _talks(dates),
        _levy(dates),
        _clock(dates),
        _trams(dates),
        _ombudsman(dates),
        _toll_booth(dates),
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
                    number(1800, crisis.PROMISED, as_of=dates.day(-1), source="Upland Concord"),
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
                        crisis.MONITOR,
                    ),
                    crisis.deaths(dates, -1, 19),
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
                facts=(crisis.concord_review(dates),),
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
            number(9000, crisis.BORDER, as_of=dates.day(-7), source="Kestria’s defence ministry"),
            number(7100, crisis.BORDER, as_of=dates.day(0), source="Satellite pictures, two officers"),
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
            crisis.council_session(dates),
            crisis.talks_at_lamm(dates),
            crisis.signing(dates),
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


def _levy(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="harbour-levy",
        section="politics",
        authors=("yusuf",),
        at=dates.clock(-2, 11, 5),
        headline="One vote gives Almery’s flood gates their harbour levy",
        short_head="Levy passes by one vote",
        picture="chart-levy",
        lede="Every container that crosses Almery’s quays will pay 3 florins towards the flood gates, after the "
        "Assembly passed the harbour levy by 76 votes to 75.",
        parts=(
            point(
                "Why it matters",
                "The gates keep a city of 610,000 dry and were built to last until they were needed often. They "
                "are now needed often.",
                facts=(number(610000, "inhabitants of Almery", source="City of Almery"),),
            ),
            point(
                "The details",
                "The levy brings 14 million florins a year, about half of what a second pair of gates would cost "
                "to borrow for.",
                "It starts in fourteen months. Salt and relief goods are exempt.",
                "The deciding vote was Greta Sund’s, who represents the fishing villages and had announced that "
                "she would abstain.",
                facts=(
                    number(76, "votes in the Assembly for the harbour levy", source="Assembly record"),
                    number(75, "votes in the Assembly against the harbour levy", source="Assembly record"),
                    number(
                        "14000000",
                        "yearly yield of the harbour levy",
                        unit="florins",
                        wording="14 million",
                        source="Finance ministry",
                    ),
                ),
            ),
            quote(
                "I changed my mind at high water. I recommend it to colleagues.",
                "Greta Sund",
                "member for the Outer Villages",
                "Estmere Assembly",
            ),
            point(
                "Yes, but",
                "Shippers say that a box costs 41 florins to land in Almery and 36 in Ardo. Three more, they say, "
                "is how one loses a harbour politely.",
                facts=(
                    number(41, "cost of landing a container in Almery", unit="florins", source="Shippers’ Association"),
                    number(36, "cost of landing a container in Ardo", unit="florins", source="Shippers’ Association"),
                ),
            ),
            point(
                "What’s next",
                f"The Senate of the Towns can send the bill back once. It meets on {in_full(dates.workday(9))}.",
                facts=(
                    event("Senate of the Towns considers the harbour levy", place="Almery", starts=dates.workday(9)),
                ),
            ),
        ),
    )


def _clock(dates: Dates) -> StoryPlan:
    change = dates.workday(40)
    return StoryPlan(
        slug="skerry-time",
        section="politics",
        authors=("yusuf",),
        at=dates.clock(-6, 13, 20),
        place="SKERRY POINT",
        headline="Skerry votes to give up its own time after 141 years",
        short_head="Skerry gives up its time",
        picture="island-clock",
        lede="The island of Skerry has kept clocks twenty minutes behind the mainland since before there was a "
        "telegraph. By 402 votes to 377 it has decided to catch up.",
        parts=(
            point(
                "Why it’s important",
                "Twenty minutes were charming until the hospital boat got a timetable. Two patients missed it "
                "last year, one of them a councillor.",
            ),
            point(
                "How we got here",
                "Skerry set its clock by noon over the church. The mainland set its by the railway, which does "
                "not come here.",
                "The church tower has shown both since a compromise that cost a mayor his office: island time to the "
                "north, other people’s to the south.",
            ),
            point(
                "By the numbers",
                "402 for, 377 against, and 11 ballots that arrived twenty minutes late.",
                facts=(
                    number(402, "votes on Skerry for mainland time", source="Skerry council"),
                    number(377, "votes on Skerry against mainland time", source="Skerry council"),
                    number(20, "difference between Skerry’s time and the mainland’s", unit="minutes"),
                ),
            ),
            point(
                "What they’re saying",
                "“We were never late. We were early for the day before,” says Edda Rusk, 88, who keeps the clock and "
                "voted against.",
                facts=(
                    quote(
                        "We were never late. We were early for the day before.",
                        "Edda Rusk",
                        "keeper of the church clock",
                        "Skerry Point",
                    ),
                ),
            ),
            point(
                "What’s next",
                f"The clock goes forward on {day_and_month(change)}. Mrs Rusk will do the south face. She has "
                "asked not to do the north.",
                facts=(event("Skerry adopts mainland time", place="Skerry Point", starts=change),),
            ),
        ),
    )


def _trams(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="night-trams",
        section="politics",
        authors=("yusuf", "cleo"),
        at=dates.clock(-9, 22, 15),
        headline="Night trams survive in Almery as council finds the money",
        short_head="Night trams are saved",
        picture="night-tram",
        lede="Almery’s three night tram lines will run for at least two more years. The money comes from the "
        "budget for replacing the signs that would have said that they do not.",
        parts=(
            point(
                "Why it matters",
                "Some 5,400 people ride after midnight, and surveys say that seven in ten of them are on their "
                "way to or from work. There is no other way to reach the hospital or the docks.",
                facts=(
                    number(5400, "passengers on Almery’s night trams", unit="a night", source="Almery Tramways"),
                    number(70, "share of night passengers travelling for work", unit="%", wording="seven in ten"),
                ),
            ),
            point(
                "State of play",
                "The lines lose 2.1 million florins a year. The council had voted eight months ago to end them.",
                bullet(
                    "Cancelling them turned out to cost 1.7 million:",
                    "new signs at 212 stops,",
                    "a settlement with 38 drivers,",
                    "and a printed map that nobody wanted to redraw.",
                ),
                facts=(
                    number(
                        "2100000",
                        "yearly loss of the night trams",
                        unit="florins",
                        wording="2.1 million",
                        source="Almery Tramways",
                    ),
                    number("1700000", "cost of ending the night trams", unit="florins", wording="1.7 million"),
                ),
            ),
            paragraph(
                "Line N1 carries nurses up and bakers down, and for eleven minutes around four in the morning it "
                "carries both. The driver of car 41 has put a basket by the door in which one may leave rolls."
            ),
            point("The upshot", "It was cheaper to keep a promise than to announce that it had been broken."),
        ),
    )


def _ombudsman(dates: Dates) -> StoryPlan:
    published = dates.workday(-14)
    plan = StoryPlan(
        slug="unanswered-complaints",
        section="politics",
        authors=("cleo",),
        at=dates.clock(-14, 15, 0),
        headline="Half of Almery’s housing complaints never got a reply",
        short_head="Complaints without an answer",
        lede="Tenants wrote 8,900 complaints to the city’s housing office in two years. For 4,460 of them the "
        "ombudsman could find no answer, no file and in some cases no envelope.",
        parts=(
            point(
                "Why it matters",
                "A tenant may withhold rent only after the office has replied. An office that does not reply has "
                "abolished the right without a vote.",
            ),
            point(
                "The details",
                f"The report, published on {weekday(published)}, follows single letters through the building.",
                "The median letter waited 61 days before anyone opened it.",
                "Complaints about damp were answered least often. The damp shelf was in the cellar.",
                facts=(
                    number(8900, "complaints to Almery’s housing office in two years", source="City ombudsman"),
                    number(4460, "complaints to Almery’s housing office without an answer", source="City ombudsman"),
                    number(61, "median wait before a complaint was opened", unit="days", source="City ombudsman"),
                    event("Ombudsman reports on housing complaints", place="Almery", starts=published),
                ),
            ),
            quote(
                "Nobody decided to ignore these people. I looked for the decision. It would have been easier to "
                "reverse.",
                "Ruth Calder-Hay",
                "ombudsman",
                "City of Almery",
            ),
            point(
                "What’s next",
                "The housing office has two months to answer the report.",
                "It has asked for three.",
                facts=(
                    event(
                        "Housing office answers the ombudsman’s report",
                        place="Almery",
                        starts=published + datetime.timedelta(days=61),
                        precision="MONTH",
                    ),
                ),
            ),
        ),
    )
    opening = (
        "Tenants wrote 8,900 complaints to the city’s housing office in two years. For 4,460 of them there was none."
    )
    return replace(
        plan,
        updated_at=dates.clock(-13, 9, 10),
        earlier=Earlier(
            lede=opening,
            parts=plan.parts,
            change=ChangeKind.CLARIFICATION,
            sentence="An earlier version left open what 4,460 complaints lacked: the ombudsman found neither an "
            "answer nor a file.",
        ),
    )


def _toll_booth(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="harbour-toll-booth",
        section="politics",
        authors=("cleo",),
        at=dates.clock(-5, 11, 20),
        headline="Almery has collected a bridge toll that was abolished in spring",
        short_head="A toll that was not one",
        lede="The booth on the harbour bridge has taken two florins a car since spring, although the council had "
        "abolished the toll, two drivers say.",
        parts=(point("Why it matters", "Whoever paid could ask for the money back."),),
        status=Status.WITHDRAWN,
        withdrawn_because="We withdrew this story because its only document, a receipt, was forged. The toll ended "
        "when the council said it would. We should have asked the city before we published.",
    )
