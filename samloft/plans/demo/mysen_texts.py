"""What the demo says about Mysen: facts from the public agreement and plan, in our own words."""

from dataclasses import dataclass

from samloft.plans.models import ExitRoute, LinePurpose, MandateStatus, OriginKind, Phase, Reach, Sector

YOUTH, WORK, NEIGHBOURHOOD = "Utdanning og oppvekst", "Sysselsetting", "Bo- og nærmiljø"


@dataclass(frozen=True)
class DemoMeasure:
    """`kroner` None: text but no line, because others pay. `ladder` rows: year, grant, ordinary, others (%)."""

    name: str
    focus_area: str
    text: str
    purpose: str
    kroner: int | None
    target_groups: str = ""
    lead_unit: str = ""
    reach: str = Reach.AREA
    meeting_place: str = ""
    phase: str = Phase.RUNNING
    first_plan_year: int | None = None
    mandate_status: str = ""  # only the new measures say that theirs is not written
    external_funding: str = ""
    partners: tuple[tuple[str, str], ...] = ()
    exit_route: str = ""
    exit_plan: str = ""
    ladder: tuple[tuple[int, int | None, int | None, int | None], ...] = ()
    origins: tuple[tuple[str, int | None, str], ...] = ()
    national: tuple[int, ...] = ()
    goals: tuple[str, ...] = ()
    children: tuple[tuple[str, str], ...] = ()


MEASURES: tuple[DemoMeasure, ...] = (
    DemoMeasure(
        name="Ungdom i arbeid",
        focus_area=WORK,
        kroner=800_000,
        text="Unge i Mysen får sommerjobb eller deltidsjobb med egen lønn. I 2026 blir ordningen større, og flere "
        "tjenester og arbeidsgivere er med på å finne jobbene og følge opp de unge.",
        purpose="Unge skal få sin første arbeidserfaring, egen inntekt og kjennskap til lokalt arbeidsliv.",
        target_groups="Ungdom i Mysen",
        reach=Reach.AREA,
        phase=Phase.SCALED_UP,
        partners=(
            ("NAV Indre Østfold", Sector.NAV),
            ("Mysen innbyggertorg og bibliotek", Sector.MUNICIPALITY),
            ("SLT-koordinator", Sector.MUNICIPALITY),
            ("Skatteetaten", Sector.STATE),
            ("Lokale bedrifter", Sector.BUSINESS),
        ),
        national=(1,),
        goals=("resident_work", "services_work"),
    ),
    DemoMeasure(
        name="Åpen barnehage",
        focus_area=YOUTH,
        kroner=1_300_000,
        text="Et åpent tilbud for de minste og foreldrene deres starter i første halvår 2026. Her er det lek, språk "
        "og nye bekjentskaper. Områdeløftet betaler hele 2026; deretter skal kommunen ta over litt etter litt.",
        purpose="Småbarnsfamilier skal finne hverandre, og barna skal få et tidlig møte med språk og lek.",
        target_groups="Småbarnsfamilier i Mysen",
        phase=Phase.PREPARATION,
        partners=(("Helsestasjonen", Sector.MUNICIPALITY), ("Barnehagene i Mysen", Sector.MUNICIPALITY)),
        exit_route=ExitRoute.ORDINARY_BUDGET,
        exit_plan="Tilbudet legges gradvis inn i kommunens ordinære ramme etter 2026. Hvor fort er ikke vedtatt.",
        ladder=((2026, 100, 0, 0), (2027, None, None, None), (2028, None, None, None)),
        origins=((OriginKind.OTHER, 2025, "Forprosjekt om åpen barnehage, gjort med kommunens egne folk."),),
        national=(2,),
        goals=("resident_youth", "services_youth"),
    ),
    DemoMeasure(
        name="Sosionom",
        focus_area=YOUTH,
        kroner=1_000_000,
        text="En sosionom på helsestasjonen møter gravide og småbarnsfamilier tidlig når økonomi eller bolig er "
        "vanskelig. 2026 er det første hele året. Stillingen bygger også opp Bydelsmødre i Indre Østfold.",
        purpose="Familier skal få hjelp med økonomi og bolig før problemene vokser.",
        target_groups="Gravide og småbarnsfamilier",
        lead_unit="Helsestasjonen",
        partners=(("Helsestasjonen", Sector.MUNICIPALITY),),
        exit_route=ExitRoute.ORDINARY_BUDGET,
        exit_plan="Stillingen legges gradvis inn i kommunens ordinære ramme etter 2026. Takten er ikke vedtatt.",
        ladder=((2026, 100, 0, 0), (2027, None, None, None), (2028, None, None, None)),
        national=(2,),
        goals=("resident_youth", "services_youth"),
    ),
    DemoMeasure(
        name="Bydelsmødre",
        focus_area=YOUTH,
        kroner=120_000,
        text="Kvinner med flerkulturell bakgrunn læres opp til å støtte og veilede andre kvinner og familier der de "
        "bor. Pengene i 2026 går til mat under opplæringen og en markering når den er ferdig.",
        purpose="Kvinner og familier skal få råd av noen de stoler på, på et språk de forstår.",
        target_groups="Kvinner og familier med flerkulturell bakgrunn",
        reach=Reach.MUNICIPALITY,
        phase=Phase.PREPARATION,
        partners=(("Helsestasjonen", Sector.MUNICIPALITY), ("Frivillige kvinner", Sector.VOLUNTARY)),
        exit_route=ExitRoute.VOLUNTARY,
        exit_plan="Gruppen blir en egen frivillig organisasjon når opplæringen er ferdig.",
        national=(3,),
        goals=("resident_youth",),
    ),
    DemoMeasure(
        name="Nærmiljøtilskudd",
        focus_area=NEIGHBOURHOOD,
        kroner=400_000,
        text="Lag, foreninger og naboer kan søke om mindre beløp til aktivitet i Mysen. I 2026 skal pengene deles på "
        "flere, og det skal være lettere å søke om små summer.",
        purpose="Folk skal få i gang aktivitet og fellesskap der de bor.",
        target_groups="Innbyggere og frivillige i Mysen",
        partners=(("Lag og foreninger i Mysen", Sector.VOLUNTARY),),
        exit_route=ExitRoute.PLANNED_END,
        national=(3,),
        goals=("resident_neighbourhood",),
    ),
    DemoMeasure(
        name="Skolebibliotek",
        focus_area=NEIGHBOURHOOD,
        kroner=200_000,
        text="To skolebibliotek gjør lesing til en del av hverdagen: biblioteket på Mysen skole og KulturKuben på "
        "Mysen ungdomsskole. Begge får kjøpe flere bøker i 2026.",
        purpose="Elevene skal lese mer og få et sterkere språk.",
        target_groups="Elever i grunnskolen i Mysen",
        partners=(("Mysen skole", Sector.MUNICIPALITY), ("Mysen ungdomsskole", Sector.MUNICIPALITY)),
        exit_route=ExitRoute.ONE_OFF,
        national=(2,),
        goals=("resident_youth",),
        children=(
            ("Biblioteket på Mysen skole", "Flere bøker og spill, og utstyr til å formidle digitalt."),
            (
                "KulturKuben på Mysen ungdomsskole",
                "Flere bøker og et bredere tilbud i bibliotek- og kulturrommet.",
            ),
        ),
    ),
    DemoMeasure(
        name="Tidlig innsats folkebibliotek barn/unge",
        focus_area=NEIGHBOURHOOD,
        kroner=400_000,
        text="Innbyggertorget og biblioteket lager nye soner for barn og unge, og samarbeider med helsestasjon, "
        "barnehager og den åpne barnehagen om språket hos de minste.",
        purpose="Barn og unge skal ha et trygt sted å være, og de minste skal få et godt språk tidlig.",
        target_groups="Barn og unge i Mysen",
        lead_unit="Mysen innbyggertorg og bibliotek",
        meeting_place="Mysen innbyggertorg og bibliotek",
        partners=(
            ("Mysen innbyggertorg og bibliotek", Sector.MUNICIPALITY),
            ("Helsestasjonen", Sector.MUNICIPALITY),
            ("Barnehagene i Mysen", Sector.MUNICIPALITY),
        ),
        national=(1, 2),
        goals=("resident_youth", "services_youth"),
    ),
    DemoMeasure(
        name="Videreutvikling av nabolagstorg",
        focus_area=NEIGHBOURHOOD,
        kroner=500_000,
        text="Festiviteten og Kulturtorget blir nabolagstorg med mer aktivitet og tjenester som jobber tettere sammen.",
        purpose="Mysen skal ha åpne møteplasser som samler folk og tjenester.",
        target_groups="Alle som bor i Mysen",
        meeting_place="Festiviteten og Kulturtorget",
        national=(1, 3),
        goals=("resident_neighbourhood", "services_neighbourhood"),
    ),
    DemoMeasure(
        name="Klar for jobb – Kirkens Bymisjon",
        focus_area=WORK,
        kroner=500_000,
        text="Kommunen, oppfølgingstjenesten og Kirkens Bymisjon samarbeider om unge som trenger en vei inn i arbeid. "
        "Bymisjonen har egne midler fra Arbeids- og velferdsdirektoratet; områdeløftet legger til et tilskudd.",
        purpose="Unge skal oppleve mestring og komme nærmere arbeid eller utdanning.",
        target_groups="Unge utenfor arbeid og utdanning",
        partners=(
            ("Kirkens Bymisjon", Sector.VOLUNTARY),
            ("Oppfølgingstjenesten", Sector.COUNTY),
            ("NAV Indre Østfold", Sector.NAV),
        ),
        national=(2,),
        goals=("resident_work", "services_work"),
    ),
    DemoMeasure(
        name="Matservering i skole",
        focus_area=YOUTH,
        kroner=200_000,
        text="Skole, frivillige og næringsliv finner ut hvordan elevene i grunnskolen kan få mat på skolen. Mandat og "
        "mål skal skrives i 2026.",
        purpose="Alle elever skal ha noe å spise og en god start på dagen.",
        target_groups="Alle elever i grunnskolen i Mysen",
        phase=Phase.IDEA,
        first_plan_year=2026,
        mandate_status=MandateStatus.NONE,
        partners=(
            ("Skolene i Mysen", Sector.MUNICIPALITY),
            ("Frivilligheten i Mysen", Sector.VOLUNTARY),
            ("Lokale bedrifter", Sector.BUSINESS),
        ),
        origins=(
            (OriginKind.RESIDENTS, None, "Barn og unge har bedt om mat på skolen på flere medvirkningsmøter."),
            (OriginKind.MAPPING, 2025, "Bo- og nærmiljøkartleggingen av Mysen anbefaler tiltaket."),
            (OriginKind.COUNCIL_DECISION, 2025, "Kommunestyret ba om at skolefrokost blir vurdert."),
        ),
        national=(2,),
    ),
    DemoMeasure(
        name="Boligsosial veiledning",
        focus_area=NEIGHBOURHOOD,
        kroner=400_000,
        text="NAV, innbyggertorget, frivillige og Kirkens Bymisjon ser på om de sammen kan gi råd om bolig og økonomi. "
        "Mandat og mål skal skrives i 2026.",
        purpose="Folk som strever med bolig, skal få støtte på ett sted.",
        target_groups="Innbyggere i Mysen som trenger boligsosial støtte",
        phase=Phase.IDEA,
        first_plan_year=2026,
        mandate_status=MandateStatus.NONE,
        partners=(
            ("NAV Indre Østfold", Sector.NAV),
            ("Mysen innbyggertorg og bibliotek", Sector.MUNICIPALITY),
            ("Kirkens Bymisjon", Sector.VOLUNTARY),
        ),
        origins=((OriginKind.MAPPING, 2025, "Bo- og nærmiljøkartleggingen av Mysen anbefaler tiltaket."),),
        national=(1, 2),
    ),
    DemoMeasure(
        name="Trygghet og trivsel i Mysen – sosiale møteplasser i sentrum",
        focus_area=NEIGHBOURHOOD,
        kroner=800_000,
        text="Plan og teknikk, kultur, innbyggertorget og frivillige gjør utvalgte steder i sentrum tryggere og "
        "triveligere, særlig for barn og unge. Mandat og mål skal skrives i 2026.",
        purpose="Alle som bor eller er i Mysen, skal føle seg trygge og ha gode steder å møtes.",
        target_groups="Alle som bor eller oppholder seg i Mysen, særlig barn og unge",
        phase=Phase.IDEA,
        first_plan_year=2026,
        mandate_status=MandateStatus.NONE,
        partners=(
            ("Plan og teknikk", Sector.MUNICIPALITY),
            ("Kultur", Sector.MUNICIPALITY),
            ("Frivilligheten i Mysen", Sector.VOLUNTARY),
        ),
        origins=(
            (
                OriginKind.MAPPING,
                2025,
                "Bo- og nærmiljøkartleggingen peker ut steder i sentrum som bør bli bedre.",
            ),
        ),
        national=(1,),
    ),
    DemoMeasure(
        name="Jobbsjansen",
        focus_area=WORK,
        kroner=None,
        external_funding="IMDi",
        text="Jobbsjansen hjelper innvandrerkvinner mot arbeid i hele kommunen. En samarbeidsavtale sier at kvinner "
        "fra Mysen skal oppsøkes og bli med.",
        purpose="Innvandrerkvinner skal komme i arbeid.",
        target_groups="Innvandrerkvinner",
        reach=Reach.MUNICIPALITY,
        partners=(("IMDi", Sector.STATE),),
        national=(2,),
        goals=("resident_work",),
    ),
    DemoMeasure(
        name="Nabolagskjøkkenet",
        focus_area=NEIGHBOURHOOD,
        kroner=None,
        external_funding="Helsedirektoratet (deler av kostnaden, tildelt i 2025)",
        text="Festiviteten får et kjøkken der naboer kan lage mat og spise sammen. Arbeidet med kjøkkenet starter i "
        "2026.",
        purpose="Festiviteten skal bli et nabolagshus der folk møtes over mat.",
        target_groups="Alle som bor i Mysen",
        phase=Phase.PREPARATION,
        meeting_place="Festiviteten",
        partners=(("Helsedirektoratet", Sector.STATE),),
        national=(1, 3),
        goals=("resident_neighbourhood",),
    ),
)

# Name, kroner, purpose, posts and percent of each salary when it is a salary share.
COMMON_LINES: tuple[tuple[str, int, str, str], ...] = (
    (
        "Kompetanseheving",
        200_000,
        LinePurpose.COMPETENCE,
        "Kurs for ansatte og frivillige om kulturforståelse, samarbeid mellom sektorer og det å oppdage og handle "
        "når noen har det vanskelig.",
    ),
    ("Åpen post", 200_000, LinePurpose.OPEN_POT, "Til gode forslag som kommer i løpet av året."),
    (
        "Administrative kostnader",
        650_000,
        LinePurpose.ADMINISTRATION,
        "Lønn til to programledere som har områdeløftet i tillegg til annet arbeid, reiser, informasjon og møter. "
        "Andelen gjelder utviklingsarbeidet, ikke ordinær drift.",
    ),
    (
        "Evaluering",
        125_000,
        LinePurpose.EVALUATION,
        "Felles følge- og sluttevaluering med Fredrikstad, Halden, Sarpsborg og fylkeskommunen.",
    ),
)

# The order of the budget table.
TABLE_ORDER: tuple[str, ...] = (
    "Ungdom i arbeid",
    "Åpen barnehage",
    "Sosionom",
    "Bydelsmødre",
    "Nærmiljøtilskudd",
    "Skolebibliotek",
    "Tidlig innsats folkebibliotek barn/unge",
    "Videreutvikling av nabolagstorg",
    "Klar for jobb – Kirkens Bymisjon",
    "Matservering i skole",
    "Boligsosial veiledning",
    "Trygghet og trivsel i Mysen – sosiale møteplasser i sentrum",
)

SECTIONS: dict[str, str] = {
    "introduction": "Indre Østfold kommune og Kommunal- og distriktsdepartementet ble i juni 2024 enige om et felles "
    "løft for Mysen. Programbeskrivelsen fra 11. februar 2025 sier hva vi vil oppnå og hvor vi setter inn kreftene.\n\n"
    "Mysen har mye å bygge på, men mange husholdninger har hatt lav inntekt lenge, flere unge fullfører ikke "
    "videregående, og mange voksne er uten arbeid. Det er bakgrunnen for prioriteringene i planen.\n\n"
    "I 2025 la vi grunnlaget: tjenestene fant måter å jobbe sammen på, og de første tiltakene kom i gang. I 2026 "
    "bygger vi videre, gjør det som virker større, og prøver noe nytt.",
    "priorities": "Prioriteringene bygger på det vi har lært i 2024 og 2025, på programbeskrivelsen og på avtalen med "
    "staten. De henger også sammen med kommunens egne mål. Alt avhenger av at mange får være med og påvirke.",
    "new_measures": "Tre tiltak er nye i 2026. De har en plass i planen og penger, men mandat og mål er ikke ferdige.",
    "administration": "To rådgivere deler ansvaret for programmet og fyller til sammen én stilling. Områdeløftet "
    "betaler 25 prosent av lønnen til hver av dem, som i 2025. I tillegg kommer reiser, informasjon og møter, kurs "
    "for ansatte og frivillige, en åpen post til forslag gjennom året, og evalueringen som begynner i 2026.",
    "budget": "Tabellen viser tilskuddet fra departementet, fordelt på tiltak. Andre statlige tilskudd må søkes om og "
    "er ikke kjent før tilsagnene kommer; de vises i årsrapporten. Anmodning om utbetaling og søknad om å overføre "
    "ubrukte midler fra 2025 sendes i egne brev.",
    "own_effort": "Ansatte i mange tjenester brukte mye arbeidstid på områdeløftet i 2025: programledelse, forprosjektet "
    "om åpen barnehage, administrasjon og ledelse av de enkelte prosjektene. Innsatsen er ikke målt i timer. Vi "
    "regner med at den øker i 2026, fordi flere deler av kommunen blir med.",
    "goal_fit": "Tiltakene skal til sammen gjøre stedet, tjenestene og fellesskapet bedre. Møteplassene og sentrum gir "
    "tryggere omgivelser, tilbudene til småbarnsfamilier og unge gir bedre tjenester, og tilskudd, nabolagstorg og "
    "bydelsmødre gir folk flere måter å delta på.",
}

FOCUS_TEXTS: dict[str, str] = {
    YOUTH: "Trygge steder å være og gode steder å lære er det som forebygger best. I 2026 åpner vi den åpne barnehagen, "
    "skolebibliotekene får mer å by på, og sosionomen på helsestasjonen har sitt første hele år. Vi fortsetter å "
    "legge vekt på språk.",
    WORK: "Arbeidserfaring, norsk og noen som følger tett opp, hjelper folk videre. Ungdom i arbeid blir større, "
    "Jobbsjansen fortsetter, og samarbeidet i Klar for jobb utvikles videre sammen med NAV, oppfølgingstjenesten og "
    "lokale arbeidsgivere.",
    NEIGHBOURHOOD: "Nærmiljøtilskuddet ga mye aktivitet for små midler og fortsetter. Festiviteten og Kulturtorget blir "
    "nabolagstorg, nabolagskjøkkenet kommer i gang, og vi ser mer på sentrum og på bolig, slik kartleggingen av Mysen "
    "anbefaler.",
}
