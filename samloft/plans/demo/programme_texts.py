"""What the demo says about the three programmes themselves: agreements, bodies, goals; in our own words."""

from samloft.programmes.models import BodyKind, Step

NATIONAL_SOURCE = "Prop. 1 S (2025–2026), Kommunal- og distriktsdepartementet"
NATIONAL_GOALS: tuple[str, ...] = (
    "Nærmiljøet blir bedre, både stedet og fellesskapet.",
    "Tjenestene i området blir bedre og henger sammen.",
    "Flere deltar i lokalsamfunnet og påvirker det.",
)

# --- Mysen ---------------------------------------------------------------------------------------------------

MYSEN_PURPOSE = (
    "Sosiale forskjeller i Mysen skal bli mindre: flere i arbeid, flere som fullfører videregående, og et bedre sted å "
    "bo og være naboer. Veien dit er å mobilisere folk og krefter i området og utvikle tjenestene og stedet."
)
MYSEN_BODIES: tuple[tuple[str, BodyKind, str], ...] = (
    (
        "Kommunestyret i Indre Østfold",
        BodyKind.COUNCIL,
        "Vedtar innsatsområder, programbeskrivelse og handlingsplan.",
    ),
    ("Kommunedirektøren i Indre Østfold", BodyKind.COMMISSIONER, "Legger saker fram for kommunestyret."),
    ("Programledelsen i Mysen", BodyKind.MANAGEMENT, "To rådgivere som til sammen fyller én stilling."),
)
# Who decides what is not said in the documents; the demo's table is an assumption, and says so in the decisions.
MYSEN_RIGHTS: tuple[tuple[Step, str], ...] = (
    (Step.ADOPT_DESCRIPTION, "Kommunestyret i Indre Østfold"),
    (Step.DISPATCH_DESCRIPTION, "Programledelsen i Mysen"),
    (Step.ANSWER_DESCRIPTION, "Kommunal- og distriktsdepartementet"),
    (Step.RECOMMEND_PLAN, "Kommunedirektøren i Indre Østfold"),
    (Step.ADOPT_PLAN, "Kommunestyret i Indre Østfold"),
    (Step.DISPATCH_PLAN, "Programledelsen i Mysen"),
    (Step.ANSWER_PLAN, "Kommunal- og distriktsdepartementet"),
    (Step.ADOPT_GOALS, "Kommunestyret i Indre Østfold"),
    (Step.ACCEPT_GAP, "Kommunedirektøren i Indre Østfold"),
)
MYSEN_MAIN_GOAL = "Flere i Mysen skal leve gode liv: i arbeid, med utdanning og som del av et trygt nærmiljø."
MYSEN_OVERALL_GOALS = {
    "Utdanning og oppvekst": "Barn og unge i Mysen skal vokse opp trygt, og flere skal fullføre videregående.",
    "Sysselsetting": "Flere i Mysen skal komme i arbeid og bli der.",
    "Bo- og nærmiljø": "Mysen skal bli et bedre sted å bo, med gode møteplasser.",
}
# Key, focus area, track, text. Sub-goals are proposals: the public documents do not list them.
MYSEN_SUB_GOALS: tuple[tuple[str, str, str, str], ...] = (
    (
        "resident_youth",
        "Utdanning og oppvekst",
        "resident",
        "Flere barn har godt språk når de begynner på skolen.",
    ),
    (
        "services_youth",
        "Utdanning og oppvekst",
        "organisational",
        "Helsestasjon, barnehage og bibliotek gir familiene ett samlet tilbud.",
    ),
    (
        "resident_work",
        "Sysselsetting",
        "resident",
        "Flere unge i Mysen har hatt lønnet arbeid før de fyller 20 år.",
    ),
    (
        "services_work",
        "Sysselsetting",
        "organisational",
        "NAV, oppfølgingstjenesten og kommunen følger opp unge etter én felles plan.",
    ),
    (
        "resident_neighbourhood",
        "Bo- og nærmiljø",
        "resident",
        "Flere bruker møteplassene i Mysen og kjenner naboer.",
    ),
    (
        "services_neighbourhood",
        "Bo- og nærmiljø",
        "organisational",
        "Tjenestene som bruker møteplassene, planlegger aktiviteten sammen.",
    ),
)

# --- Fredrikstad ---------------------------------------------------------------------------------------------

FREDRIKSTAD_PURPOSE = (
    "Tjenester og nærmiljø skal bli varig bedre der behovene er størst, slik at flere vokser opp trygt, klarer seg selv "
    "økonomisk og tar del i lokalsamfunnet."
)
FREDRIKSTAD_TARGETS = "Barn, unge og familiene deres i tre byområder."
FREDRIKSTAD_AREAS = ("Holmen/Sentrum øst og vest", "Sellebak", "Lisleby")
FREDRIKSTAD_SUB_PROGRAMMES: tuple[tuple[str, str, str, str], ...] = (
    (
        "Bo- og nærmiljø",
        "Nærmiljøene skal få bedre kvaliteter, og flere skal være med i lokalsamfunnet.",
        "Flere i de tre områdene har et sted å møtes der de bor.",
        "Tjenestene planlegger bolig, oppvekst og uterom sammen.",
    ),
    (
        "Oppvekst og utdanning",
        "Bedre tjenester skal gi flere en god oppvekst og få flere gjennom videregående.",
        "Flere barn leser godt.",
        "Barnehage, skole og helsestasjon griper inn tidlig og samlet.",
    ),
    (
        "Sysselsetting",
        "Bedre tjenester skal få flere i ordinært arbeid og bidra til at de blir der.",
        "Flere unge kommer i jobb.",
        "NAV, næringsliv og skole har faste måter å samarbeide på.",
    ),
)
FREDRIKSTAD_MAIN_GOAL = (
    "Tjenester og nærmiljøkvaliteter skal bli varig bedre i de områdene som trenger det mest, slik at flere vokser opp i "
    "gode og trygge nærmiljøer, blir økonomisk selvstendige og deltar i samfunnet."
)
FREDRIKSTAD_BODIES: tuple[tuple[str, BodyKind, str], ...] = (
    ("Bystyret i Fredrikstad", BodyKind.COUNCIL, "Vedtok strategien for områdesatsing 2023–2033."),
    (
        "Kommunedirektøren i Fredrikstad",
        BodyKind.COMMISSIONER,
        "Oppdragsgiver: setter sammen programstyret og gir det mandat, bestemmer finansieringen og vedtar det årlige "
        "handlingsprogrammet etter anbefaling fra programstyret. Følger opp hindringer som styret ikke kan løse.",
    ),
    (
        "Programeier i Fredrikstad",
        BodyKind.OWNER,
        "Seksjonsdirektøren for kultur, miljø og byutvikling, delegert til etatssjefen for miljø og byutvikling. "
        "Leder programstyret og har hovedansvaret for at målene nås.",
    ),
    (
        "Programstyret i Fredrikstad",
        BodyKind.BOARD,
        "Programmets ledergruppe: vedtar hovedmål og overordnede mål, foreslår årlig handlingsprogram, sørger for "
        "ressurser, peker ut folk til arbeidsgruppene og avklarer konflikter mellom tiltak.",
    ),
    (
        "Endringsteamet i Fredrikstad",
        BodyKind.CHANGE_TEAM,
        "Programleder, delprogramkoordinatorer, områdeutviklere og programstøtte i det daglige arbeidet.",
    ),
    ("Arbeidsgruppen for bo- og nærmiljø", BodyKind.WORKING_GROUP, "Setter mål og leverer delprogrammets plan."),
    (
        "Arbeidsgruppen for oppvekst og utdanning",
        BodyKind.WORKING_GROUP,
        "Setter mål og leverer delprogrammets plan.",
    ),
    ("Arbeidsgruppen for sysselsetting", BodyKind.WORKING_GROUP, "Setter mål og leverer delprogrammets plan."),
    (
        "Ressursgruppen i Fredrikstad",
        BodyKind.RESOURCE_GROUP,
        "Gir råd og kobler på kunnskap fra andre satsinger.",
    ),
)
FREDRIKSTAD_RIGHTS: tuple[tuple[Step, str], ...] = (
    (Step.ADOPT_GOALS, "Programstyret i Fredrikstad"),
    (Step.PRIORITISE, "Programstyret i Fredrikstad"),
    (Step.RECOMMEND_PLAN, "Programstyret i Fredrikstad"),
    (Step.ADOPT_PLAN, "Kommunedirektøren i Fredrikstad"),
    (Step.DISPATCH_PLAN, "Endringsteamet i Fredrikstad"),
    (Step.ANSWER_PLAN, "Kommunal- og distriktsdepartementet"),
    (Step.SET_BOARD, "Kommunedirektøren i Fredrikstad"),
    (Step.SET_FUNDING, "Kommunedirektøren i Fredrikstad"),
    (Step.APPOINT_MEMBERS, "Programstyret i Fredrikstad"),
    (Step.SETTLE_CONFLICTS, "Programstyret i Fredrikstad"),
    (Step.ACCEPT_GAP, "Programstyret i Fredrikstad"),
)
BOARD_SEATS: tuple[str, ...] = (
    "Etatssjef, miljø og byutvikling",
    "Etatssjef, kultur",
    "Etatssjef, aktive liv",
    "Etatssjef, bydrift",
    "Etatssjef, bygg og eiendom",
    "Etatssjef, barnehage",
    "Etatssjef, barne- og familietjenester",
    "Etatssjef, skole",
    "Etatssjef, friskliv og mestring",
    "Etatssjef, NAV",
    "Virksomhetsleder, bærekraftig samfunnsutvikling",
    "Virksomhetsleder, næring",
)
# Function and percent of a full post.
CHANGE_TEAM_SEATS: tuple[tuple[str, int | None], ...] = (
    ("Koordinator, oppvekst og utdanning", 50),
    ("Koordinator, bo- og nærmiljø", 50),
    ("Koordinator, sysselsetting", 100),
    ("Områdeutvikler, Holmen/Sentrum, base i Rebellhuset", 50),
    ("Områdeutvikler, Sellebak, base i Det hvite hus", 50),
    ("Områdeutvikler, Lisleby, base i Samfunnshuset på Lisleby", 50),
    ("Programstøtte", None),
)

# --- Oslo sør ------------------------------------------------------------------------------------------------

OSLO_PURPOSE = (
    "Folk i de mest utsatte delene av Oslo sør skal få større muligheter, og alle delene skal være gode og trygge steder "
    "å bo og vokse opp. Staten og kommunen prøver ut virkemidler sammen og leter etter hindringer i regler og praksis."
)
OSLO_THEMES = ("Nærmiljø og forebyggende arbeid", "Oppvekst og utdanning", "Sysselsetting")
OSLO_BODIES: tuple[tuple[str, BodyKind, str], ...] = (
    ("Byrådet i Oslo", BodyKind.CITY_GOVERNMENT, "Inngikk avtalen for kommunen."),
    ("Byrådsavdeling for byutvikling", BodyKind.MANAGEMENT, "Samordner arbeidet for kommunen."),
)
OSLO_RIGHTS: tuple[tuple[Step, str], ...] = (
    (Step.RECOMMEND_PLAN, "Byrådsavdeling for byutvikling"),
    (Step.ADOPT_PLAN, "Byrådet i Oslo"),
    (Step.DISPATCH_PLAN, "Byrådsavdeling for byutvikling"),
    (Step.ANSWER_PLAN, "Kommunal- og distriktsdepartementet"),
)
OSLO_CONDITION = "Rammene blir klare i de ordinære budsjettene fra 2018, med forbehold om hva Stortinget vedtar."

# --- Østfold -------------------------------------------------------------------------------------------------

OSTFOLD_PURPOSE = (
    "Høsten 2014 fikk Fylkesmannen i Østfold i oppdrag fra departementet å bidra til at flere flyktninger ble bosatt "
    "raskere. Det toårige prosjektet i 2015 og 2016 ga erfaringer som seks parter bygget videre på i en avtale om "
    "velferd og utvikling for 2017 og 2018. Dagen oppdraget ble gitt, er ikke kjent."
)
OSTFOLD_BODIES: tuple[tuple[str, BodyKind, str], ...] = (
    (
        "Arbeidsgruppen for velferd og utvikling",
        BodyKind.WORKING_GROUP,
        "Gjør avtalen om til konkret arbeid. Har høyst seks faste møter i året, og fylkeskommunen er med på høyst to.",
    ),
    (
        "Ledermøtet for velferd og utvikling",
        BodyKind.STEERING_GROUP,
        "Møtes én gang i året, setter rammene for neste års arbeid og går gjennom det siste.",
    ),
)
