"""Word lists that the reader of copy leans on: verbs of saying, titles, first names, words of organisations, places."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Verbs that lay words in a mouth, in the forms that news uses.
SPEECH = _words(
    "say says said saying tell tells told telling add adds added adding write writes wrote written writing tweet tweets tweeted post posts posted"
    " argue argues argued arguing explain explains explained explaining note notes noted noting warn warns warned warning ask asks asked asking claim"
    " claims claimed claiming insist insists insisted concede concedes conceded recall recalls recalled reply replies replied respond responds responded"
    " announce announces announced declare declares declared acknowledge acknowledges acknowledged admit admits admitted state states stated testify"
    " testifies testified text texted texts email emailed emails joke jokes joked continue continues continued conclude concludes concluded predict"
    " predicts predicted caution cautions cautioned complain complains complained stress stresses stressed emphasize emphasizes emphasized emphasise"
    " emphasises emphasised urge urges urged vow vows vowed quip quips quipped remark remarks remarked observe observes observed suggest suggests"
    " suggested maintain maintains maintained call calls called calling describe describes described describing dub dubs dubbed demand demands demanded shout shouts shouted"
    " whisper whispers whispered lament laments lamented plead pleads pleaded promise promises promised pledge pledges pledged answer answers answered"
    " cite cites cited agree agrees agreed boast boasts boasted deny denies denied report reports reported put puts"
    " blasted slammed criticized criticised praised hailed denounced condemned dismissed mocked sighed laughed muttered mused wondered reasoned"
    " reckons reckoned counters countered objected objects protested summed sums labeled labelled labels termed branded likened reads"
)
# Verbs after which the words follow as an object: "called it “a gift”".
NAMING = _words(
    "call calls called calling describe describes described describing dub dubs dubbed labeled labelled labels termed branded blasted slammed hailed denounced dismissed mocked condemned likened"
)
TITLES = _words(
    "mr mrs ms mx miss dr prof professor rev reverend father sister brother rabbi imam pastor bishop archbishop cardinal pope canon dean vicar sir dame"
    " lord lady baroness baron count king queen prince princess duke duchess president vice premier chancellor minister secretary state ambassador consul"
    " challenger incumbent governor gov senator sen sens representative rep reps congressman congresswoman delegate speaker whip mayor alderman alderwoman councillor councilor"
    " councilman councilwoman council commissioner comptroller treasurer sheriff chief officer constable sergeant sgt lieutenant lt captain capt major maj colonel"
    " col general gen admiral adm commander cmdr corporal cpl private pvt detective inspector superintendent marshal judge justice magistrate attorney prosecutor"
    " solicitor barrister counsel chairman chairwoman chair chairperson director ceo cfo coo cto founder co-founder manager coach captain editor reporter"
    " anchor correspondent columnist author novelist poet actor actress singer rapper comedian director producer economist analyst strategist spokesman"
    " spokeswoman spokesperson taoiseach mp msp mep td assemblyman assemblywoman assemblymember supervisor ombudsman nurse engineer architect"
    " tsar czar emperor sheikh sultan emir ayatollah lama swami coroner registrar principal headteacher headmaster headmistress rector provost"
    " cllr ald supt insp det hon atty promoter passenger librarian meteorologist prime deputy assistant under-secretary undersecretary acting former interim trustee cr leader majority minority executive administrator"
)
# What people do, in words that can be names, too: titles only before a whole name.
OCCUPATIONS = _words(
    "curator conductor bandmaster archaeologist biologist goalkeeper farmer baker soprano tenor baritone bass pianist violinist cellist guitarist drummer dancer choreographer striker midfielder"
    " defender winger forward quarterback pitcher batsman bowler jockey trainer swimmer runner cyclist sprinter skipper referee umpire teacher pupil student scientist historian physicist chemist"
    " astronomer researcher botanist zoologist ecologist geologist hydrologist seismologist epidemiologist psychologist psychiatrist surgeon physician pharmacist dentist veterinarian midwife carer ranger warden"
    " keeper fisherman fisherwoman shepherd miller butcher brewer chef cook waiter barber plumber electrician carpenter mason blacksmith glassblower potter painter sculptor photographer filmmaker"
    " playwright writer journalist presenter host comic magician designer developer programmer investor banker trader broker accountant lawyer advocate activist campaigner organiser organizer volunteer"
    " resident neighbour neighbor owner tenant landlord postman postwoman driver pilot sailor soldier firefighter paramedic detective spokesperson negotiator treasurer secretary-general vice-chancellor"
    " chief-executive chairperson dean superintendent caretaker janitor gardener beekeeper brewmaster winemaker mayor-elect president-elect"
)
ORGANISATIONS = _words(
    "Ministry Department Office Agency Authority Administration Bureau Commission Committee Council Board Court Parliament Congress Senate House Assembly"
    " Party Union Federation League Alliance Association Society Institute Institution University College School Academy Center Centre Foundation Trust Fund"
    " Bank Group Corporation Company Corp Inc Ltd LLC Co Organization Organisation Treaty Police Army Navy Force Forces Guard Service Services Hospital Clinic"
    " Church Museum Library Museum Gallery Theatre Theater Orchestra Club Team United Times Post Journal Tribune Herald Gazette Courier News Press Media Network"
    " Station Airlines Airways Railway Railways Motors Energy Systems Technologies Labs Studios Records Holdings Partners Capital Guild Chamber Embassy Consulate"
    " Front Movement Coalition Campaign Project Program Programme Initiative Observatory Laboratory Survey Registry Exchange Index Treasury Cabinet"
    " Kremlin Pentagon Ombudsman Tribunal Registry Rights Brothers Sons Daughters"
)
PLACES = frozenset(
    "Afghanistan|Africa|Alabama|Alaska|Albania|Algeria|America|Amsterdam|Ankara|Antarctica|Argentina|Arizona|Arkansas|Armenia|Asia|Athens|Atlanta|Australia|Austria|Azerbaijan"
    "|Baghdad|Baltimore|Bangkok|Bangladesh|Barcelona|Beijing|Beirut|Belarus|Belfast|Belgium|Berlin|Bolivia|Bosnia|Boston|Brazil|Britain|Brussels|Bucharest|Budapest|Bulgaria"
    "|Cairo|California|Cambodia|Canada|Caracas|Chicago|Chile|China|Colombia|Colorado|Connecticut|Copenhagen|Croatia|Cuba|Cyprus|Dallas|Delaware|Delhi|Denmark|Denver|Detroit|Dubai"
    "|Dublin|Ecuador|Edinburgh|Egypt|England|Estonia|Ethiopia|Europe|Finland|Florida|France|Frankfurt|Gaza|Geneva|Georgia|Germany|Ghana|Glasgow|Greece|Greenland|Haiti|Hamburg|Hanoi|Havana"
    "|Hawaii|Helsinki|Hong Kong|Houston|Hungary|Iceland|Idaho|Illinois|India|Indiana|Indonesia|Iowa|Iran|Iraq|Ireland|Islamabad|Israel|Istanbul|Italy|Jakarta|Jamaica|Japan|Jerusalem|Jordan"
    "|Kabul|Kansas|Kazakhstan|Kentucky|Kenya|Kosovo|Kuwait|Kyiv|Kyrgyzstan|Lagos|Laos|Latvia|Lebanon|Libya|Lisbon|Lithuania|London|Los Angeles|Louisiana|Luxembourg|Madrid|Maine|Malaysia|Mali|Manila"
    "|Maryland|Massachusetts|Melbourne|Mexico|Miami|Michigan|Milan|Minnesota|Minsk|Mississippi|Missouri|Moldova|Montana|Montreal|Morocco|Moscow|Mozambique|Mumbai|Munich|Myanmar|Nairobi|Nebraska"
    "|Nepal|Netherlands|Nevada|New Jersey|New Mexico|New York|New Zealand|Nicaragua|Niger|Nigeria|North Carolina|North Dakota|North Korea|Norway|Ohio|Oklahoma|Oman|Oregon|Oslo|Ottawa|Pakistan|Panama"
    "|Paraguay|Paris|Pennsylvania|Peru|Philadelphia|Philippines|Phoenix|Poland|Portugal|Prague|Puerto Rico|Qatar|Quebec|Rhode Island|Riga|Romania|Rome|Russia|Rwanda|San Francisco|Sarajevo|Saudi Arabia"
    "|Scotland|Seattle|Senegal|Seoul|Serbia|Shanghai|Singapore|Slovakia|Slovenia|Somalia|South Africa|South Carolina|South Dakota|South Korea|Spain|Sri Lanka|Stockholm|Sudan|Sweden|Switzerland|Sydney"
    "|Syria|Taiwan|Tajikistan|Tanzania|Tehran|Tel Aviv|Tennessee|Texas|Thailand|Tokyo|Toronto|Tunisia|Turkey|U.K.|U.S.|UK|US|Uganda|Ukraine|United Kingdom|United States|Uruguay|Utah|Uzbekistan|Venezuela"
    "|Vermont|Vienna|Vietnam|Virginia|Wales|Warsaw|Washington|West Virginia|Wisconsin|Wyoming|Yemen|Zambia|Zimbabwe|Zurich|Almaty|Central Asia|Middle East|Eastern Europe|Western Europe".split(
        "|"
    )
)
FIRST_NAMES = _words(
    "Aaron Abdul Adam Adrian Ahmed Aisha Alan Albert Alejandro Aleksandr Alex Alexander Alexei Alexis Ali Alice Alicia Alison Amanda Amelia Amina Amir Amy Ana Anders Andrea Andreas Andrei Andrew Angela"
    " Anita Ann Anna Anne Annalena Annie Anthony Antonio Antony Arjun Arthur Ashley Astrid Ayesha Barack Barbara Beatrice Ben Benjamin Bernard Bernie Beth Betty Bill Björn Bob Boris Brad Brandon Brenda Brett"
    " Brian Brigid Bruce Bruno Bryan Camila Carl Carla Carlos Carmen Carol Caroline Catherine Cecilia Charles Charlie Charlotte Chen Chloe Chris Christian Christina Christine Christopher Chuck Claire Clara Claudia"
    " Colin Connor Craig Cynthia Daniel Daniela Danielle Darren Dave David Deborah Denis Dennis Derek Diana Diane Diego Dmitri Dmitry Dominic Don Donald Donna Dorothy Doug Douglas Dylan Edward Eileen Elena Eli"
    " Elisabeth Elizabeth Ella Ellen Emily Emma Emmanuel Eric Erica Erik Erin Ethan Eva Evan Evelyn Fatima Felix Fiona Florence Frances Francesca Francis Francisco Frank Frederick Fumio Gabriel Gary Gavin Geoffrey"
    " George Gerald Giorgia Giovanni Gloria Gordon Grace Graham Greg Gregory Guillermo Gustavo Hannah Harold Harry Hassan Heather Heidi Helen Helena Henry Hillary Hiroshi Howard Hugh Hugo Hussein Ian Ibrahim Igor Ingrid"
    " Irene Iris Isaac Isabel Isabella Ivan Jack Jackie Jacob Jacqueline Jake James Jamie Jan Jane Janet Janice Jason Javier Jean Jeff Jeffrey Jen Jennifer Jeremy Jerome Jesse Jessica Jill Jim Joan Joanna Joe Joel"
    " Johan Johannes John Jon Jonas Jonathan Jordan Jorge Jose José Joseph Josh Joshua Joyce Juan Judith Judy Julia Julian Julie Justin Kamala Karen Karim Karl Kate Katherine Kathleen Kathy Katie Keir Keith Kelly"
    " Ken Kenneth Kevin Khalid Kim Kimberly Kofi Kristen Kwame Kyle Lars Laura Lauren Laurence Lawrence Leah Lee Leila Leo Leon Leonard Leslie Lewis Liam Lillian Linda Lisa Liz Lloyd Louis Louise Lucas Lucia Lucy"
    " Luis Luke Lynn Maggie Malcolm Manuel Marc Marco Marcus Margaret Maria María Marie Marina Mario Marion Mark Marta Martha Martin Mary Mateo Matt Matteo Matthew Maureen Max Maya Megan Mehmet Melissa Mia Michael"
    " Michel Michelle Miguel Mike Mikhail Miriam Mitch Mohamed Mohammad Mohammed Molly Monica Muhammad Mustafa Nadia Nancy Naomi Natalia Natalie Nathan Neil Nicholas Nick Nicola Nicole Nigel Nikki Nikolai Nina Noah Noor"
    " Nora Oleg Oliver Olivia Omar Oscar Owen Pablo Pamela Patricia Patrick Paul Paula Pedro Peggy Penny Pete Peter Philip Philippa Phyllis Pierre Piers Priya Rachel Rafael Raj Ralph Ramon Raymond Rebecca Ricardo"
    " Richard Rick Rita Rob Robert Roberta Roberto Robin Rodney Roger Roland Roman Ron Ronald Rosa Rose Rosemary Ross Roy Russell Ruth Ryan Sabrina Sally Sam Samantha Samuel Sandra Santiago Sara Sarah Scott Sean Sebastian"
    " Sergei Sergey Seth Shannon Sharon Shaun Sheila Shinzo Shirley Silvia Simon Sofia Sonia Sophia Sophie Stacy Stefan Stella Stephanie Stephen Steve Steven Stuart Sue Susan Suzanne Svetlana Sylvia Takeshi Tamara Tanya Tara"
    " Ted Teresa Terry Theo Theodore Theresa Thomas Tim Timothy Tina Todd Tom Tony Tracy Travis Trevor Tyler Ursula Valentina Valerie Vanessa Vera Veronica Victor Victoria Viktor Vincent Virginia Vivian Vladimir Volodymyr"
    " Walter Wanda Wang Warren Wayne Wendy Wes William Winston Xavier Xi Yael Yasmin Yulia Yuri Yusuf Yvonne Zachary Zeynep Zoe Zoë".replace(
        "Virginia ", ""
    ).replace("Jordan ", "")
)
# Words that begin sentences with a capital and are no names.
COMMON = _words(
    "a about above according across after again against ago all almost along already also although always am among an and another any anyone anything are around as asked at away"
    " back be because become been before behind being below beside besides between both but by can cannot could critics customers dear did do does doing done down during each early"
    " earlier either else enough even ever every everybody everyone everything experts except far few first five for four from further get go had half has have having he hence her here"
    " here's hers him his how however hundreds i i'd i'll i'm i've if in indeed inside instead into is isn't it it's its itself just last late later least less let let's like little"
    " long made make many may maybe me meanwhile might millions mine more moreover most much must my near nearly neither never nevertheless new next nine no nobody none nor not nothing"
    " now of off officials often on once one only or other others otherwise our out outside over own part people per perhaps please police politicians prices put rather really residents"
    " same say says scientists second see seven several shall she she's should since six so some somebody someone something sometimes soon still such supporters ten than that that's the"
    " their them themselves then there there's these they they're third this those though thousands three through throughout thus to today together tomorrow too toward towards two under"
    " unless unlike until up upon us use used very voters was we we'd we'll we're we've well were what what's whatever when whenever where whereas whether which while who who's whoever"
    " whole whose why will with within without women workers would yes yesterday yet you you're your yours zero dozens scores doctors children parents students teachers owners tickets"
    " despite amid given plus via versus men families analysts researchers studies study data reports lawmakers opponents passengers prosecutors rivals sales shares talks trams trains wards"
    " whoever anybody eight eleven twelve twenty thirty forty fifty"
)
# Words for peoples and parties, which are no names by themselves.
DEMONYMS = _words(
    "Afghan African American Americans Arab Arabs Asian Australian Austrian Belgian Brazilian Briton Britons British Bulgarian Canadian Canadians Catholic Catholics Central Chilean Chinese Christian"
    " Christians Colombian Conservative Conservatives Croatian Cuban Czech Danish Danes Democrat Democratic Democrats Dutch Eastern Egyptian English Estonian European Europeans Finnish French"
    " German Germans Greek Greeks Green Greens Hindu Hungarian Indian Indians Indonesian Iranian Iranians Iraqi Irish Islamic Israeli Israelis Italian Italians Japanese Jewish Jews Kazakh Kenyan Korean"
    " Kurdish Latin Latino Latvian Lebanese Liberal Libyan Lithuanian Mexican Mexicans Moroccan Muslim Muslims Nazi Nigerian Northern Norwegian Pakistani Palestinian Palestinians Polish Portuguese"
    " Protestant Republican Republicans Romanian Russian Russians Saudi Scandinavian Scottish Serbian Slovak Slovenian Southern Soviet Spanish Swedish Swedes Swiss Syrian Taiwanese Thai Tory Tories"
    " Turkish Turks Ukrainian Ukrainians Venezuelan Vietnamese Welsh Western Yemeni Zionist Labour Congressional Presidential"
)
