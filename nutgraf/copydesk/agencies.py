"""Know a news or picture agency by its name."""

from __future__ import annotations

import re
from functools import lru_cache

_NAMES = """
AP|Associated Press|The Associated Press|AP Photo|AP Images|Reuters|AFP|Agence France-Presse|dpa|DPA|dpa-Zentralbild|EFE|ANSA|TASS|ITAR-TASS|Xinhua|Kyodo
Kyodo News|PA|PA Media|PA Wire|PA Images|Press Association|UPI|Bloomberg|Bloomberg News|EPA|EPA-EFE|AAP|AAP Image|Canadian Press|The Canadian Press|CP|Anadolu
Anadolu Agency|NurPhoto|SOPA Images|Zuma|ZUMA|ZUMA Press|Zuma Wire|Zuma Press|Sipa|SIPA|Sipa USA|Sipa Press|Abaca|Abaca Press|Magnum|Magnum Photos|Redux|Polaris|Corbis|Alamy
iStock|iStockphoto|Flickr|Pixabay|Alamy Stock Photo|Shutterstock|Unsplash|Pexels|Adobe Stock|NTB|NTB Scanpix|Scanpix|TT|Ritzau|Ritzau Scanpix|STT|Lehtikuva|BNS|ČTK|CTK|PAP|MTI|APA|Keystone|Keystone-SDA|SDA|ANP
Belga|Lusa|LaPresse|IMAGO|Imago|picture alliance|Picture Alliance|VCG|Visual China Group|CNS|Yonhap|PTI|Press Trust of India|ANI|IANS|Bernama|Antara|SPA|WAM|MENA|Petra
Tasnim|Mehr|ISNA|Interfax|Sputnik|RIA Novosti|Ukrinform|UNIAN|Belta|CQ-Roll Call|CQ Roll Call|Roll Call|Icon Sportswire|USA Today Sports|USA TODAY Sports|Newscom|NewsCom|TNS
Tribune News Service|Black Star|VII|VII Photo|Panos|Panos Pictures|Contour|WireImage|FilmMagic|Getty|Getty Images|Hulton Archive|AFP/Getty Images|Barcroft|Rex|REX|REX/Shutterstock
Everett|Everett Collection|Universal Images Group|LightRocket|Gamma-Rapho|Hans Lucas|Le Pictorium|Middle East Images|Pacific Press|Eyevine|States Newsroom|Stringer|STR|CNN|BBC|NBC|CBS|ABC
Handout via Reuters|Social media|Nasa
""".replace("\n", "|")
KNOWN = frozenset(name.casefold() for name in _NAMES.split("|") if name)
DISTRIBUTORS = frozenset(
    ["getty images", "getty", "shutterstock", "alamy", "redux", "newscom", "afp", "ap", "reuters", "imago"]
)
_ENDING = re.compile(
    r".{1,60}\b(?:Images|Agency|Press|Photos|Pictures|Wire|Newswire|News|Media|Pool Photo|Press Agency|News Agency|Agence|Agentur|Photo Agency)\Z"
)


@lru_cache(maxsize=4096)
def is_agency(words: str) -> bool:
    """Tell whether a name is an agency's: one that is known, or one that ends as theirs do."""
    words = words.strip(" .,;()[]")
    return words.casefold() in KNOWN or bool(_ENDING.match(words))


_PAPERS = re.compile(
    r".{1,60}\b(?:Gazette|Ledger|Star|Times|Tribune|Herald|Post|Courier|Chronicle|Journal|Observer|Reporter|Register|Record|Independent|Mail"
    r"|Daily|Dispatch|Examiner|Inquirer|Globe|Sun|Standard|Echo|Argus|Bulletin|Beacon|Review|Report|Sentinel|Mirror|Express|Telegraph|Guardian"
    r"|Weekly|Magazine|Broadcasting|Radio|TV|Television)\Z"
    r"|(?:BBC|CBC|CBS|NBC|ABC|CNN|ITV|NPR|PBS|RTÉ|RTE|RNZ|SBS|Sky|Radio) (?:[A-Z][\w’'-]* ?){1,3}\Z"
)


@lru_cache(maxsize=4096)
def is_house(words: str) -> bool:
    """Tell whether a name is a newspaper's or an agency's, as it may stand after a photographer's."""
    return is_agency(words) or bool(_PAPERS.match(words.strip(" .,;()[]")))
