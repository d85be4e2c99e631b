"""An action plan of our own making with every kind of block; measures and amounts are those of Mysen 2026."""

from samloft.core.documents.blocks import (
    Block,
    BulletList,
    Cell,
    Column,
    Contents,
    Document,
    Facts,
    Figure,
    Heading,
    Language,
    Logo,
    Note,
    NumberedList,
    PageBreak,
    Paragraph,
    Row,
    Run,
    Table,
)

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><rect width="300" height="100" fill="#fff"/>'
    b'<rect x="20" y="20" width="200" height="20" fill="#0b3f5c"/></svg>'
)
HOSTILE = "#let x = 1; $x^2$ *stjerner* _strek_ @ref <merke> \\ // {{ navn }} <script>alert(1)</script> & [a]"
AREAS = {
    "Oppvekst og utdanning": {
        "Åpen barnehage": 1_300_000,
        "Sosionom": 1_000_000,
        "Bydelsmødre": 120_000,
        "Skolebibliotek": 200_000,
        "Tidlig innsats folkebibliotek barn/unge": 400_000,
        "Matservering i skole": 200_000,
    },
    "Arbeid": {"Ungdom i arbeid": 800_000, "Klar for jobb – Kirkens Bymisjon": 500_000},
    "Bo- og nærmiljø": {
        "Nærmiljøtilskudd": 400_000,
        "Videreutvikling av nabolagstorg": 500_000,
        "Boligsosial veiledning": 400_000,
        "Trygghet og trivsel i Mysen – sosiale møteplasser i sentrum": 800_000,
    },
    "Drift av programmet": {
        "Kompetanseheving": 200_000,
        "Åpen post": 200_000,
        "Administrative kostnader": 650_000,
        "Evaluering": 125_000,
    },
}


def kroner(amount: int) -> str:
    return f"{amount:,}".replace(",", "\u00a0") + "\u00a0kr"


def budget(*, times: int = 1) -> Table:
    rows: list[Row] = []
    for area, measures in AREAS.items():
        rows.append(Row.of(area, kind="group"))
        for _ in range(times):
            rows += [
                Row.of(Cell(name, source=f"measure:{name}"), "Programtilskudd", kroner(amount))
                for name, amount in measures.items()
            ]
        rows.append(Row.of("Sum", "", kroner(sum(measures.values()) * times), kind="subtotal"))
    total = sum(sum(measures.values()) for measures in AREAS.values()) * times
    rows.append(Row.of("Sum i alt", "", kroner(total), kind="total"))
    return Table(
        (Column("Tiltak"), Column("Kilde"), Column("Beløp", "end")),
        tuple(rows),
        caption="Tilskuddet fordelt på tiltak",
        note="Ukjent er ikke det samme som null.",
    )


def measures(*, times: int = 1) -> list[Block]:
    blocks: list[Block] = []
    for _ in range(times):
        for area, of_area in AREAS.items():
            blocks.append(Heading(2, area))
            for name, amount in of_area.items():
                blocks += [
                    Heading(3, name),
                    Paragraph.of(
                        "Tiltaket har et fast tilbud hele året, ", Run("uten egenandel", strong=True), "."
                    ),
                    Facts.of(("Målgruppe", "barn og unge"), ("Fase", "drift"), ("Budsjett", kroner(amount))),
                ]
    return blocks


def plan(*, language: Language = "nb", times: int = 1, contents: bool = True, mark: str = "Utkast") -> Document:
    blocks: list[Block] = [Contents(), PageBreak()] if contents else []
    blocks += [
        Heading(1, "Innledning", numbered=False),
        Paragraph.of(
            "Planen viser hva kommunen og partnerne vil gjøre, og ", Run("hvem", emphasis=True), " som betaler."
        ),
        Facts.of(
            ("Program", "Områdeløft Mysen"),
            ("Vedtatt av", "ukjent"),
            ("Saksnummer i kommunens arkivsystem", "ukjent"),
        ),
        Note("assumed", "Rammen er antatt lik summen av linjene."),
        BulletList.of("oppvekst og utdanning", "arbeid", "bo- og nærmiljø"),
        Heading(1, "Handlingsdel"),
        *measures(times=times),
        NumberedList.of("vedtak i programstyret", "oversendelse"),
        Heading(1, "Budsjett"),
        Paragraph.of("Til sammen 7 795 000 kr."),
        budget(times=times),
        Table(
            (Column("Tiltak"), Column("2026", "end"), Column("2027", "end")),
            (Row.of("Sosionom", kroner(1_000_000), "ukjent"),),
        ),
        Figure(SVG, "image/svg+xml", "En søyle som når to tredeler av bredden.", "Beløp per område", 0.5),
        Note("warning", "Fristen for innspill til økonomiplanen nærmer seg."),
        Paragraph.of(HOSTILE),
    ]
    return Document(
        "Handlingsplan og budsjett 2026",
        language,
        tuple(blocks),
        subtitle="Områdeløft Mysen",
        issuer="Indre Østfold kommune",
        issued="2026-02-10",
        mark=mark,
        number="Utgave 1",
        keywords=("områdesatsing", "handlingsplan"),
        logo=Logo(SVG, "image/svg+xml", "Kommunens våpen"),
        numbered=True,
    )
