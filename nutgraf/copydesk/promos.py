"""Tell the lines that belong to no story: navigation, sharing, sign-ups, advertisements, a mail's dress; and why."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

LONGEST = 400
SHORT = 40

_WHOLE_LINES = {
    "navigation": (
        r"(?:(?:menu|search|log ?in|sign ?in|log ?out|register|subscribe|home|my account|account|newsletters?|e-?paper|edition|donate)(?:[ \u00a0]*[|·•,/]?[ \u00a0]*|\b)){2,7}|skip to (?!(?:continue|read)).{1,30}|accessibility (?:links|help)|menu|main menu|open menu|close|search|home|home ?page|log ?in|sign ?in|log ?out|register"
        r"|my account|account|back to top|top|next(?: (?:story|article|page|up))?|previous(?: (?:story|article|page))?|back|page \d+(?: of \d+)?"
        r"|(?!(?:photo|picture|image|illustration|graphic|chart|map|credit|courtesy)s?\b)(?:[\w&' -]{1,30} (?:>|»|›|/) ){1,6}[\w&' -]{1,30}|loading(?:\.\.\.|…)?|show (?:more|less|all)|view (?:all|more|comments|gallery)"
        r"|see (?:all|more)|more|load more|expand|collapse|contents|table of contents|about(?: us)?|contact(?: us)?|jobs|careers|help|faq"
        r"|privacy(?: policy| notice)?|terms(?: of (?:use|service)| (?:and|&) conditions)?|cookie (?:policy|settings)|accessibility|sitemap"
        r"|(?:latest|breaking) news|trending(?: now)?|editors?['’] picks|watch live|live tv"
        r"|was this (?:helpful|article helpful|page helpful)\b.{0,40}|yes ?/ ?no|tags?:?(?: .{0,80})?|topics?:? .{0,80}|filed to:? .{0,80}|(?:see|explore|find) more on\b.{0,80}|in this (?:article|story):? .{0,80}"
        r"|reuse this content|order reprints\b.{0,60}|(?:read|leer|lire|lesen) (?:in|en|auf) (?:english|spanish|french|german|arabic|chinese|español|français|deutsch)"
    ),
    "share link": (
        r"share|share (?:this|on|via|to|with|the|full|article|story|options)\b.{0,60}|share:.{0,100}|tweet(?: this)?|facebook|twitter|x|linkedin|whats ?app|telegram|reddit|pinterest"
        r"|flipboard|bluesky|threads|mastodon|instagram|tik ?tok|you ?tube|rss|e-?mail(?: this)?|mail|sms|print(?: this)?|copy (?:the )?link"
        r"|link copied!?|save(?: (?:this )?(?:story|article|for later))?|bookmark|gift(?: this article)?|give this article|comments?(?: \(?\d+\)?)?"
        r"|(?:(?:see|view|show|read|join)(?: all)?(?: the)? )?\d[\d,]* (?:comments?|repl(?:y|ies))|leave a comment|reply|like(?:s)?|[\d.,]+[km]? (?:shares?|likes?|views?|claps)|(?:share or |be the first to )comment\b.{0,200}|join the (?:conversation|discussion)|follow(?: us)?(?: on .{0,40})?|follow @?\w+|add us .{0,60}|add .{1,40} as (?:an? |your )?preferred\b.{0,80}|add .{1,40} (?:on|to) (?:google|search)\b.{0,60}"
        r"|(?:(?:facebook|twitter|tweet|x|linkedin|whats ?app|e-?mail|mail|copy link|print|share|save|link|reddit|pinterest|bluesky|threads)(?: ?[|,·•/] ?| )){1,9}"
        r"(?:facebook|twitter|tweet|x|linkedin|whats ?app|e-?mail|mail|copy link|print|share|save|link|reddit|pinterest|bluesky|threads)"
    ),
    "advertisement": (
        r"advertisement(?: \d{1,2})?|article content(?: continued)?|(?:ad|advertisement) feedback|sponsor message|advertise(?:ment)? with us|ad|ads|advert|sponsored(?: (?:content|by .{0,60}|message|post))?|(?:sponsored|advertisement|advertorial|paid post|promoted|ad) ?[:|–-] ?.{0,300}|paid (?:post|content|partner.{0,20})"
        r"|(?:story|article) continues (?:below|after).{0,40}|(?:scroll|skip)(?: down)? to (?:continue|read).{0,20}|skip (?:the |past )?(?:ad|advertisement|newsletter).{0,30}|(?:after|end of) (?:the )?(?:newsletter|advert|ad|promo)\w*(?: promotion)?"
        r"|promoted(?: content| stories)?|from our (?:partners|sponsors?)|(?:presented by|together with|brought to you by|in partnership with) .{0,60}|a (?:message|word) from .{0,80}"
    ),
    "link to more": (
        r"go deeper(?:\s*[→>»›:]*)?(?:\s*\(?<? ?\d+ ?-?min(?:ute)?s?\.?(?: read)?\)?)?\s*[→>»›]*|(?:read|see|keep|continue|start) (?:more|on|reading|the (?:full|whole|rest of the) (?:story|article))\s*(?:\.\.\.|…|[→>»›:])*"
        r"|read (?:full|the) (?:story|article)\s*[→>»›]*|full story\s*[→>»›]*|(?:keep|continue) reading.{0,60}|more here|click here.{0,60}|learn more\s*[→>»›]*|listen(?: now| to (?:this|the) (?:story|article).{0,40})?"
        r"|watch(?: now| the video)?|play(?: video)?|audio|see also|unlock .{0,60}|(?:go deeper|read more|full story|more|details|link)\s?:?\s*<?(?:https?://|www\.)\S+"
    ),
    "reading time": (
        r"(?:reading time:? ?)?\(?\d{1,3}[ -]?min(?:ute)?s?\.?(?: (?:read|listen|video|watch))?(?: time)?\)?|word ?count:? \d[\d,]*|\d[\d,]{0,5} words?(?:\s*[·,|•–—-]+\s*(?:about )?[\d½¼¾.]+ ?-?min(?:ute)?s?\.?(?: read)?)?|listen \(?\d+:\d\d\)?|\d{1,2}:\d\d"
    ),
    "wire slug": (
        r"(?-i:(?=[^ ]{0,40}[A-Z])[A-Z0-9]{2,}(?:[-/][A-Z0-9&'.]+)+)(?: ?\((?:update|take|upd|corr|lead|adds|wrapup|pix|tv)[^()]{0,20}\))?|(?-i:(?:BC|AM|PM|AP|US|EU)-[A-Z][\w&’'. -]{2,40}(?:, ?(?:\d(?:st|nd|rd|th)|[A-Z]\w+) (?:Ld|LD|Lead|Add|Sub|Writethru|Insert)\b.{0,30})?)|\(?(?:update|take|wrapup|upd) ?\d+\)?[-–]?|urgent|(?:1st|2nd|3rd|\dth)[ -]lead|[\w'’&]+(?:[-–][\w'’&]+)+,? (?:(?:\d(?:st|nd|rd|th)|first|second|third|fourth) )?(?:ld|lede|lead|add|take|writethru|sub|update)\b.{0,30}|(?:eds|editors?|note to editors?|desks?)\s?: .{1,300}|(?:first|second|third|\d(?:st|nd|rd|th)) (?:ld|writethru|add|take)|(?:[a-z] ){1,2}(?:bc|am|pm)-[\w&’'-]+\b.{0,40}"
    ),
    "press release": (
        r"(?:for )?(?:immediate |general )?release(?: ?[:–—-]? ?.{0,40}\d.{0,30}| ?[:–—-]? ?immediate(?:ly)?)?|for (?:immediate|general) (?:release|publication)|forward[- ]looking statements?|safe harbou?r(?: statement)?|embargo(?:ed)?(?: (?:until|till|to|for)\b| ?:).{0,80}|embargoed|(?:news|press|media) (?:release|statement|advisory|contacts?|enquiries|inquiries)\s?:?.{0,120}|not for (?:release|publication|distribution) .{0,160}"
        r"|(?:first |final |working )?draft(?: (?:copy|only|\d))?(?: ?[-–—:|,(] ?(?:not for|do not|confidential|v\d).{0,40})?|(?:do not|not for) (?:publish|publication|release)\b.{0,40}|notes? to editors?:?|for (?:story|photo|press|media|video|further|more) ?(?:queries|inquiries|enquiries|information|details)?\b.{0,20}(?:queries|inquiries|enquiries|contact|use|call|visit|please)\b.{0,160}"
    ),
    "the name of a field": r"from:|in:|(?:seo|push|web|social|app) (?:hed|head|headline|copy|alert|title|text|post)\s?:.{0,200}|(?-i:SOCIAL|TWEET|PUSH|SEO)\s?:.{0,240}|key (?:points|takeaways|facts)|highlights|takeaways|(?:head(?:line)?|hed|dek|subhead(?:ing)?|standfirst|body(?: text| copy)?|byline|lede|cutline)\s?:?",
    "end sign": (
        r"-?\s?30\s?-|-0-.*|\(?end\)?|[-–—#*]{0,3} ?ends? ?[-–—#*]{0,3}|###?|x{3,}|\(?more\)?|mf|copy ends|end of (?:story|copy)"
    ),
    "picture control": (
        r"(?:image|photo|picture|slide|item) \d+ of \d+|\d+ ?(?:of|/) ?\d+|view (?:image|photo)s? in .{0,30}|open image in .{0,30}|hide caption"
        r"|toggle caption|enlarge(?: (?:this )?image)?|zoom|fullscreen|caption|gallery|image|photo|picture|(?:full|close)[ -]?screen"
    ),
}
_BEGINNINGS = {
    "promotion": (
        r"(?:get|catch|keep|stay|start|begin|end|follow|join|read|listen|wake|see|take|try)\b[^.!?]{2,90}\b(?:in|with|on|from|to|via|through) (?:our|your) (?:\w+ ){0,3}(?:app|newsletters?|letters?|inbox|e-?mails?|alerts?|podcasts?|channel|briefing|digest|bulletin)\b.{0,60}|get\b[^.!?]{2,90}\bfree (?:\w+ ){0,3}(?:newsletters?|letters?|e-?mails?|alerts?|briefing|digest|bulletin|app)\b.{0,60}|(?:get|catch|start|read|listen|follow|join|begin|wake|sign|keep|stay)\b.{3,110}\b(?:written|curated|edited|hosted|compiled|delivered|picked|chosen|selected|gathered|collected|made|sent|brought to you|put together) by (?-i:[A-Z]).{0,80}$(?<![.!?\"”])|questions?\? (?:write|e-?mail|contact|ask|send)\b|get .{0,50}\balerts?\b.{0,60}(?:\.|$)|was this (?:e-?mail|newsletter) forwarded\b|someone forwarded\b"
        r"|catch up on\b.{0,120}(?:curated|edited|every(?:day| day| morning| week| \w+day)|picked|newsletter|daily)|catch up (?:quick )?with our\b"
        r"|(?:sign|signed) up(?: (?:for|to|now|here|today)\b|\s?[:!–—-])|sign up$|subscribe\b(?! to the (?:view|theory|idea))|subscribe$|get (?:our|the|your|more)\b.{0,100}\b(?:newsletter|(?:weekly|daily|morning) (?:letter|digest|bulletin|dispatch|briefing)|inbox|e-?mail|app|alerts?|every (?:day|morning|week)|daily|delivered)"
        r"|(?:start|end|begin) your (?:day|morning|week|evening) with\b|want (?:more|the latest|to (?:read|know|get)|news)\b.{0,140}(?:\?|sign up|subscribe|newsletter)"
        r"|(?:our|this) newsletter\b|join (?:our|the|thousands|\d[\d,]* )\b.{0,80}(?:newsletter|readers|subscribers|community|whatsapp|telegram|channel|inbox)"
        r"|download (?:our|the) app\b|follow (?:us|our)\b|like us on\b|find us on\b|(?:support|donate to|become a member of|help (?:us|fund|support))\b.{0,60}(?:journalism|newsroom|newspaper|reporting|paper|today|work)"
        r"|become a (?:member|subscriber|supporter)\b|donate(?: now| today)?$|enjoy(?:ed|ing)? this (?:story|article|newsletter)\b|(?:did you )?(?:like|enjoy) (?:this|what you)\b"
        r"|reply to this (?:e-?mail|newsletter|message)\b|commenting is (?:limited|open|closed|only)\b|comments are (?:closed|open|moderated)\b|in this (?:issue|edition|newsletter|e-?mail):?$|(?:a )?(?:photos?|images?|videos?|pictures?) (?:accompanying|is|are|of)\b.{0,60}\bavailable (?:at|from|on request)\b|polls?:|log in, (?:register|subscribe)\b|(?:licen[cs]e|republish) this (?:article|story|photo)\b|the .{3,40} newsletter (?:is|brings|delivers|lands)\b|.{2,60} is an? (?:free|reader-supported|reader-funded) (?:publication|newsletter|site)\b|thanks? (?:you )?for (?:reading|subscribing|signing up|supporting)\b|this (?:story|article) (?:was|is) (?:free|made possible|supported)\b"
        r"|(?:first )?(?:appeared|published) in (?:our|the) .{0,40}newsletter|(?:a )?(?:version of )?this (?:story|article|report|item|column) (?:first |originally )?(?:appear(?:s|ed)|ran|was published) in\b"
        r"|(?:you need|your browser|this browser)\b.{0,60}\b(?:browser|support|javascript)\b|allow notifications$|(?:for )?(?:more|all)(?: of)? (?:our|the) (?:latest )?(?:coverage|stories|news|reporting)\b|(?:sign|log) in to (?:read|continue|comment|save)\b|create (?:a |an )?(?:free )?account\b"
        r"|already a (?:subscriber|member)\b|(?:this is )?a (?:developing|breaking)(?: news)? story\b.{0,120}|developing story[:.].{0,120}|(?:please )?(?:check back|refresh(?: this)? page)\b.{0,80}|this (?:breaking |developing )?(?:story|article|report|page) (?:is (?:developing|being updated)|will be updated)\b.{0,120}|(?:more (?:details|information)|updates?) (?:to (?:come|follow)|as (?:we|they|it))\b.{0,60}|(?:only )?(?:subscribers|members|registered (?:users|readers)) (?:can|may|only)\b.{0,30}\bcomment\b.{0,60}|you have \w+ (?:free )?articles?\b|(?:this|the) (?:article|story|content) is (?:for|only|available)\b.{0,40}(?:subscribers|members)"
        r"|try .{0,30} for (?:free|[$£€]\d)|stay (?:up to date|informed|on top|ahead|connected)\b.{0,80}|never miss\b.{0,80}|delivered (?:to your inbox|daily)|the (?:day|week)'s (?:top|biggest|best) (?:news|stories)\b.{0,80}inbox"
        r"|(?:have|got) (?:a|any) (?:tip|news tip|story|comment|question)s?\b.{0,80}|(?:e-?mail|contact|write to|send tips to) (?:us|the (?:author|reporter|editor|desk|newsroom))\b"
        r"|we\b.{0,40}\b(?:use|value|care about) (?:cookies|your privacy)\b|cookies (?:help|allow|let|enable|are)\b|we and our (?:\d[\d,]* )?(?:trusted )?partners\b|this (?:site|website) uses cookies\b|by (?:clicking|continuing|signing up|subscribing|using)\b.{0,120}(?:agree|consent|accept|terms|policy)"
        r"|accept(?: all)?(?: cookies)?$|privacy notice:|(?:enter |type )?your e-?mail(?: address)?$|e-?mail address$|(?:free|our) (?:daily|weekly|morning|evening) (?:e-?mail|newsletter)\b|listen to (?:highlights|more|episodes)\b|our standards:|(?:manage|cookie) (?:preferences|settings|choices)|reject all"
    ),
    "other stories": (
        r"(?:read (?:more|next|also|this next)|(?:also )?read|related(?: (?:stor(?:y|ies)|articles?|coverage|content|news|videos?|posts?|reading|(?:internet )?links|topics))?|suggested (?:topics|stories|articles|reading):?|more (?:on|from|about|like|stories|news|coverage|in)\b.{0,40}|more"
        r"|see also|read more (?:on|about|from|in)\b.{0,60}|recommended(?: (?:for you|stories|reading|articles|from .{1,30}|by .{1,30}))?|you (?:may|might) (?:also )?(?:like|be interested in)|don['’]t miss|what to read next|up next|also in (?:the )?news|elsewhere|keep reading"
        r"|around the web|from the archives?|in other news|most (?:read|popular|viewed)(?: in .{0,30})?|top stories|other stories|latest (?:stories|news|headlines)(?: from .{0,30})?|sponsored stories|must[- ]reads?|(?:our )?(?:previous|earlier|past) coverage)\s*[:→>»]?$"
        r"|(?:read (?:more|next|also)|also read|related(?: (?:stories|articles|coverage))?|recommended|see also|don['’]t miss|more|suggested|trending|must[- ]read|watch|listen|podcast|live updates)\s*[:|]\s+\S.{0,200}$(?<![.!?\"”])"
        r"|(?:read|see) (?:more|also)\s*:.{0,250}"
    ),
    "a second line under the headline": r"(?:standfirst|dek|deck|sub-?head(?:line|ing)?|strapline|sell)\s?:\s+\S",
    "small print": (
        r"(?:©|\(c\)|copyright\b).{0,30}(?:\d{4}|all rights|by )|©(?!.*/)|.{0,80}\ball rights reserved\b|\d{4} .{0,60}all rights reserved|this (?:e-?mail|message)(?: and| is| may| was|,)\b.{0,60}(?:confidential|intended|sent|contain|attach)"
        r"|if you (?:are not|received this)\b.{0,40}(?:addressee|recipient|e-?mail|message|error)|(?:to )?unsubscribe\b|to stop receiving\b|(?:manage|update|change) your (?:e-?mail |newsletter )?(?:preferences|subscriptions?)\b|you(?:['’]re| are)? (?:receiv(?:e|ed|ing)|gett?(?:ing)?) this\b|you got this\b|view (?:this (?:e-?mail|message) )?in (?:your )?browser"
        r"|(?:please )?consider the environment\b|registered (?:in|office|company|charity)\b|published by .{0,60}\b(?:ltd|inc|limited|llc|gmbh|plc)\b|powered by \w+|the views expressed\b|affiliate links?\b|we may (?:earn|receive) .{0,30}commission"
    ),
    "who worked on it": (
        r"\(?(?:additional |further |with )?(?:reporting|writing|editing|research|compiled|edited|written|reported|translated|translation|graphics?|production|photography)(?: (?:and|&) (?:writing|editing|reporting|additional reporting|photography))? (?:for .{0,40} )?by[: ]\s*[^\W\d_].{0,200}$"
        r"|\(?(?:our |with )?(?:reporters?|correspondents?|staff (?:writer|reporter)s?|[^\W\d_][\w.'’-]+ [^\W\d_][\w.'’-]+)(?: .{0,60})? contributed (?:to (?:this|the) (?:story|report|article)|reporting)\b"
        r"|thanks to .{3,90} for (?:copy[- ]?)?(?:editing|reporting|writing|proofreading)\b|(?:the )?(?:writer|author) (?:is|can be reached)\b.{0,120}|contact .{0,60} at \S+@\S+|e-?mail:? \S+@\S+|(?:twitter|x): @\w+|follow .{0,40} (?:on (?:twitter|x|bluesky|threads))\b|--? ?by [^\W\d_].{0,60}$"
    ),
}
_MAIL = {
    "mail header": r"(?:from|to|cc|bcc|sent|date|subject|reply-to|fwd|fw|re|attachments?|importance|von|an|betreff|gesendet)\s?: ?.{0,300}|(?:-{2,} ?|begin )?(?:forwarded|original) message ?:?(?: ?-{2,})?",
    "mail quoting": r"(?:on|am|le) .{5,100}(?:wrote|schrieb|a écrit) ?:",
    "greeting": r"(?:hi|hello|hey|dear|morning|good (?:morning|afternoon|evening|day)|evening|afternoon|all|team|folks|colleagues)\b(?:[ ,]+(?:(?:hi|all|team|folks|everyone|everybody|both|there|colleagues|desk|editors?|night desk|news desk)|[^\W\d_][\w.'’-]{0,20})){0,4} ?[,!:–—-]|(?:hi|hello|morning|good (?:morning|afternoon|evening)) \w{2,20}",
    "signature": r"(?:many |kind |best |warm(?:est)? |with (?:kind |best |many )?|yours |all the |with |my |warmest )*(?:thanks(?: (?:again|a lot|so much|very much|in advance|for .{1,40}|all|both|[^\W\d_]\w+))?|thank you(?: .{1,30})?|regards|wishes|best|cheers|sincerely|truly|faithfully|ever|talk soon|ta|rgds|br|yours|greetings|ttyl)(?:, [^\W\d_]\w+)?[,!.]?|sent from (?:my|outlook|mail)\b.{0,40}|get outlook for .{0,20}|-- ?|_{5,}",
}
_ADDRESS = re.compile(
    r"\(?(?:https?://|www\.)\S+\)?\Z|<?[\w.+-]+@[\w-]+\.[\w.-]+>?\Z|@\w{2,30}\Z|(?:[\w-]+\.)+(?:com|org|net|news|info|example|io|eu|co\.[a-z]{2}|[a-z]{2})(?:/\S*)?\Z|(?:#\w{2,40}[ ,]*)+\Z"
)


class _Reasons:
    """Patterns, each for one reason, asked in order and in one go: fourteen calls for a line would take twice as long."""

    def __init__(self, groups: dict[str, str], ending: str) -> None:
        # Most are asked of small letters: a pattern that must try both is ten times slower.
        self.patterns: list[tuple[bool, list[str], re.Pattern[str]]] = []
        for is_small, items in groupby(groups.items(), key=lambda item: "(?-i:" not in item[1]):
            reasons, words = zip(*items, strict=True)
            joined = "|".join(f"((?:{one}){ending})" for one in words)
            self.patterns.append(
                (is_small, list(reasons), re.compile(joined, re.NOFLAG if is_small else re.IGNORECASE))
            )

    def find(self, words: str) -> str:
        """Return the reason of the first pattern that the words match, or nothing."""
        small = words.lower()
        for is_small, reasons, pattern in self.patterns:
            if found := pattern.match(small if is_small else words):
                return reasons[(found.lastindex or 0) - 1]
        return ""


_BEGINNING_REASONS = _Reasons(_BEGINNINGS, "")
_WHOLE_REASONS = _Reasons(_WHOLE_LINES, r"\s*\Z")
_MAIL_REASONS = _Reasons(_MAIL, r"\s*\Z")
_FIRST_WORDS = re.compile(r"([\s*_(\[|•·→›»>-]*)(\w+)(?: (\w+))?")
_SIGNS = (
    " contributed",
    " newsletter ",
    "our inbox",
    ", 1st",
    ", 2nd",
    ", 3rd",
    " Ld",
    " Writethru",
    "ights reserved",
    "IGHTS RESERVED",
    "@",
    "http",
    "www.",
    " > ",
    " » ",
    " › ",
    " | ",
    " · ",
    " • ",
    " / ",
    "#",
    " bc-",
    "reader-",
    " am-",
    " pm-",
    ".example",
    ".com",
    ".org",
    ".net",
    ".news",
    ".co.",
    ".info",
    ' "More',
    "'s top",
    "’s top",
)
_TRIGGERS = frozenset(
    "forward commenting safe photos images videos pictures poll polls license licence republish seo push web app social key highlights takeaways be update change in together brought dek deck strapline sell details after suggested explore order reuse leer lire lesen enter type free find skip menu main open close search home log login sign signin logout register my account back top next previous page loading show view see load expand collapse contents table about contact jobs careers help faq privacy terms"
    " cookie cookies accessibility sitemap latest trending breaking most editor editors watch live was yes tags tag topics topic filed share tweet facebook twitter x linkedin whats whatsapp telegram reddit pinterest flipboard bluesky threads"
    " mastodon instagram tik tiktok you youtube rss e email mail sms print copy link save bookmark gift give comments comment leave reply like likes follow add advertisement advertise ad ads advert sponsored advertorial paid story"
    " article scroll promoted from our presented a message go read keep continue start full more click learn listen play audio unlock reading end ends xxx mf image photo picture slide item hide toggle enlarge zoom fullscreen caption gallery"
    " catch signed subscribe get begin want this join download find support donate become enjoy enjoyed enjoying did thanks thank first appeared published version for all create already have try stay never delivered the got write send we by"
    " accept manage reject also related recommended don what up elsewhere around in other must earlier past podcast copyright if to unsubscribe please registered powered affiliate reporting writing editing research compiled edited written"
    " reported translated translation graphic graphics production photography additional further with reporter reporters correspondent correspondents staff writer author consider urgent update take wrapup upd c views sponsor yesterday consent"
    " questions question someone news press media note notes eds desk desks not embargo embargoed 1st 2nd 3rd first second immediate general wake third suggested word for headline head hed dek subhead subheading standfirst body byline lede cutline register need needs love loved share1 day week news developing updates refresh only subscribers members registered draft final working do".split()
)
# What must follow those of them that every other paragraph begins with, too, where a pattern means them.
_SECOND_TRIGGERS = {
    "by": frozenset(["clicking", "continuing", "signing", "subscribing", "using"]),
    "the": frozenset(
        [
            "morning",
            "evening",
            "daily",
            "weekly",
            "writer",
            "author",
            "article",
            "story",
            "content",
            "day",
            "week",
            "views",
        ]
    ),
    "what": frozenset(["to"]),
}
# Names of sections, as they stand in a row at the top of a page.
_FRONTS = frozenset(
    "News World Politics Business Sport Sports Weather Lifestyle Culture Opinion Local Health Science Tech Technology Arts Travel Food Money Media"
    " Video Videos Climate Education Entertainment Style Economy Markets Regions National International Podcasts Games Crime US UK Europe Home TV Showbiz Royals Fashion Football Shopping Puzzles Live Latest Audio More Search Menu".split()
)
_CALL = re.compile(r"\b(?:sign up|subscribe|register)(?: [\w’'-]+){0,6} here\.?\Z", re.IGNORECASE)
# "Five stories to know before lunch — get the Noon Note in your inbox"
_INBOX = re.compile(
    r"[^.!?]{3,140}\b(?:in|to|into) your inbox(?:\b[^.!?]{0,60}\Z(?<![.!?\"”])|,? (?:every|each) \w+[^.!?]{0,30}\.?\Z)",
    re.IGNORECASE,
)
_NEW_WINDOW = re.compile(r"\s?[,(]\s?opens? in (?:a )?new (?:window|tab)\)?\Z", re.IGNORECASE)
_NEW_WINDOW_ENDS = ")wWbB"
_SEPARATED = re.compile(r" [·|•/] ")


def reason_for(words: str) -> str:
    """Return why a line is no part of a story, or nothing."""
    if len(words) <= SHORT:
        return _short_reason_for(words)
    return _reason_for(words) if len(words) <= LONGEST else ""


@lru_cache(maxsize=8192)
def _short_reason_for(words: str) -> str:
    return _reason_for(words)


def _is_worth_a_look(words: str) -> bool:
    """Tell whether a line begins with a word that any of the patterns begins with, or has a sign of the others."""
    first = _FIRST_WORDS.match(words)
    if not first:
        return True
    word = first[2].lower()
    if word in _TRIGGERS:
        seconds = _SECOND_TRIGGERS.get(word)
        if seconds is None or first[3] is None or "-" in first[1] or first[3].lower() in seconds:
            return True
    elif word[0].isdigit() or first[2].isupper():
        return True
    for sign in _SIGNS:  # noqa: SIM110 (any() makes a generator, for every line)
        if sign in words:
            return True
    return False


def _reason_for(words: str) -> str:
    if not _is_worth_a_look(words):
        return ""
    if _ADDRESS.match(words):
        return "address"
    words = words.strip(" \t\u00a0*_[]|•·→›»>")
    if words[-1:] in _NEW_WINDOW_ENDS:
        words = _NEW_WINDOW.sub("", words)
    if words.count(" ") > 2 and _is_row_of_fronts(words.split()):
        return "navigation"
    if "inbox" in words and _INBOX.match(words):
        return "promotion"
    if words[-5:].rstrip(".").endswith("here") and _CALL.search(words, max(0, len(words) - 80)):
        return "promotion"
    is_short = len(words) <= 160
    if reason := (is_short and _WHOLE_REASONS.find(words)) or _BEGINNING_REASONS.find(words):
        return reason
    parts = _SEPARATED.split(words) if is_short else ()
    if len(parts) > 2 and sum(bool(part in _FRONTS or reason_for(part)) for part in parts) * 2 > len(parts):
        return "navigation"
    return ""


def _is_row_of_fronts(words: list[str]) -> bool:
    """Tell whether most of a row of words are names of fronts, in capitals or not: all of them, where they are but four."""
    fronts = sum(word in _FRONTS or (word.isupper() and word.capitalize() in _FRONTS) for word in words)
    return fronts == len(words) if len(words) < 5 else fronts * 2 > len(words)


def mail_reason_for(words: str) -> str:
    """Return which part of a mail's dress a line looks like, or nothing."""
    return _MAIL_REASONS.find(words) if len(words) <= LONGEST else ""
