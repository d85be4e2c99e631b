"""From a document to what it means as a plan: year, budget, lines, totals, focus areas, texts."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext_noop as _

from samloft.core.kroner import format_kroner
from samloft.core.said import Said, SaidAbout, said
from samloft.plans.reading import vocabulary
from samloft.plans.reading.adding_up import wrong_whole
from samloft.plans.reading.candidates import Candidate, find_candidates, source_said
from samloft.plans.reading.document import Document, Heading, place, whole_file
from samloft.plans.reading.focus_areas import match_texts
from samloft.plans.reading.interpretation import Interpretation, ReadLine, Section, UnreadLine
from samloft.plans.reading.names import without_numbering
from samloft.plans.reading.rows import ReadRow
from samloft.plans.reading.sections import MeasureText, find_sections, is_generic, measure_texts
from samloft.plans.reading.tables import Choice, choose_budget
from samloft.plans.reading.text_totals import spoken_total
from samloft.plans.reading.torn_tables import whole_tables
from samloft.plans.reading.wording import key
from samloft.plans.reading.years import wanted_year

_SMALL_BUDGET = 10_000_00  # øre; a whole budget below this is probably written in thousands


def interpret(document: Document, filename: str, year: int | None = None) -> Interpretation:
    """Read the document as a plan; `year` settles which columns count when the caller knows it."""
    document = whole_tables(document)
    asked, year = year, wanted_year(document, filename, year)
    sections = find_sections(document)
    texts = measure_texts(document, sections)
    measures = frozenset(key(text.title) for text in texts if text.is_sure)
    choice = choose_budget(find_candidates(document, year, measures), year)
    reading = _Reading(document, year, sections, texts, choice)
    if asked and year and asked != year:
        message = said(
            _("The file is for %(year)d, and it is read into the plan for %(asked)d."), year=year, asked=asked
        )
        reading.notes.append(SaidAbout(whole_file(), message))
    return reading.interpretation()


class _Reading:
    """Gathers lines and remarks from the chosen tables."""

    def __init__(
        self,
        document: Document,
        year: int | None,
        sections: list[Section],
        texts: list[MeasureText],
        choice: Choice,
    ) -> None:
        self.document, self.year, self.sections, self.texts, self.choice = document, year, sections, texts, choice
        self.problems = [*document.problems, *choice.problems]
        self.notes = [*document.notes, *choice.notes]
        self.matches: dict[str, MeasureText] = {}
        self.areas = _table_areas(choice.budget)

    def interpretation(self) -> Interpretation:
        rows = [(candidate, row) for candidate in self.choice.budget for row in candidate.lines]
        self.matches = match_texts([row.name for _candidate, row in rows], self.texts)
        lines = [line for candidate, row in rows for line in self._lines(candidate, row)]
        for candidate in self.choice.budget:
            self._remarks_of(candidate)
        self._wrong_totals()
        stated = self._stated_total(lines)
        if not lines and self.choice.budget:
            self.problems.append(SaidAbout(whole_file(), said(_("The budget table has no line with an amount."))))
        self._twice(lines, stated)
        self._texts_and_lines(lines)
        self._size(lines)
        return Interpretation(
            lines=tuple(lines),
            unread=tuple(line for candidate, row in rows for line in self._unread(candidate, row)),
            stated_total=stated,
            problems=tuple(dict.fromkeys(self.problems)),
            notes=tuple(dict.fromkeys(self.notes)),
            sections=tuple(self.sections),
            year=self.year,
            title=self.document.title
            or next((b.text for b in self.document.blocks if isinstance(b, Heading)), ""),
        )

    def _lines(self, candidate: Candidate, row: ReadRow) -> list[ReadLine]:
        area = self._area(candidate, row)
        return [ReadLine(row.name, amount.ore, area, amount.source, row.number) for amount in row.amounts]

    def _unread(self, candidate: Candidate, row: ReadRow) -> list[UnreadLine]:
        area = self._area(candidate, row)
        return [UnreadLine(row.name, unread.text, area, unread.source, row.number) for unread in row.unread]

    def _area(self, candidate: Candidate, row: ReadRow) -> str | None:
        area = row.focus_area or self.areas.get(id(candidate))
        if area is None and not any(other.focus_area for other in candidate.lines):
            text = self.matches.get(row.name)
            area = text.area if text else None
        return area

    def _remarks_of(self, candidate: Candidate) -> None:
        self.problems += [*candidate.reading.problems, *candidate.sums.problems]
        self.notes += candidate.reading.notes
        layout = candidate.layout
        first = candidate.table.rows[0].number
        where = place(candidate.table, first)
        if layout.unsure:
            self.problems.append(SaidAbout(where, layout.unsure))
        if layout.left:
            message = said(
                _("Read: %(taken)s. Left: %(left)s."), taken=layout.taken or "–", left=", ".join(layout.left)
            )
            self.notes.append(SaidAbout(where, message))
        if layout.unit and layout.unit > 1:
            message = said(
                _("The table's amounts are counted in %(unit)s kroner."), unit=f"{layout.unit:,}".replace(",", " ")
            )
            self.notes.append(SaidAbout(where, message))

    # Totals

    def _wrong_totals(self) -> None:
        """Say which totals are wrong; in a budget of several tables one may state the total of them all."""
        everything = sum(candidate.ore for candidate in self.choice.budget)
        for candidate in self.choice.budget:
            wrong = candidate.sums.whole_is_wrong
            if wrong and (len(self.choice.budget) == 1 or candidate.sums.whole != everything):
                self.problems.append(wrong)

    def _stated_total(self, lines: Sequence[ReadLine]) -> int | None:
        budget = self.choice.budget
        added = sum(line.amount for line in lines)
        waits = any(row.unclear for candidate in budget for row in candidate.lines)
        if len(budget) == 1 and budget[0].sums.whole is not None:
            self._text_says_other(budget[0].sums.whole)
            return budget[0].sums.whole
        if any(row.unclear and row.total for candidate in budget for row in candidate.sums.rows):
            return None
        stated, where = self._total_elsewhere(added)
        if stated is not None and stated != added and not waits:
            self.problems.append(wrong_whole(where, stated, added))
        return stated

    def _total_elsewhere(self, added: int) -> tuple[int | None, Said]:
        for candidate in self.choice.budget:
            # Each focus area's table checks its own sum; one that states the sum of all is the plan's total.
            if candidate.sums.whole == added:
                return added, whole_file()
        if self.choice.stated:
            return self.choice.stated[0], whole_file()
        spoken = spoken_total(self.document, self.year)
        if spoken is None or not self.choice.budget:
            return None, whole_file()
        return spoken.ore, said(_("Row %(row)d"), row=spoken.row) if spoken.row else whole_file()

    def _text_says_other(self, stated: int) -> None:
        spoken = spoken_total(self.document, self.year)
        if spoken and spoken.ore != stated:
            message = said(
                _("The text states a total of %(text)s, the table %(table)s."),
                text=format_kroner(spoken.ore),
                table=format_kroner(stated),
            )
            self.notes.append(SaidAbout(said(_("Row %(row)d"), row=spoken.row), message))

    # Remarks across lines

    def _twice(self, lines: Sequence[ReadLine], stated: int | None) -> None:
        """A measure that stands twice is asked about, unless the total shows that both are meant."""
        counted = Counter((key(line.name), line.source, line.focus_area, line.amount) for line in lines)
        proven = stated is not None and stated == sum(line.amount for line in lines)
        for (name_key, source, area, amount), count in counted.items():
            if count < 2:
                continue
            twin = [
                line
                for line in lines
                if (key(line.name), line.source, line.focus_area, line.amount) == (name_key, source, area, amount)
            ][-1]
            about = SaidAbout(
                said(_("Row %(row)d"), row=twin.row),
                said(
                    _("“%(name)s” stands %(count)d times with %(amount)s. Is it one line or several?"),
                    name=twin.name,
                    count=count,
                    amount=format_kroner(twin.amount),
                ),
            )
            (self.notes if proven else self.problems).append(about)

    def _texts_and_lines(self, lines: Sequence[ReadLine]) -> None:
        """Say which measures have a text and no line, and which lines have no text."""
        matched = [self.matches[line.name] for line in lines if line.name in self.matches]
        areas = {text.area for text in matched if text.is_sure}
        if not areas:
            return
        taken = {id(text) for text in matched}
        names = {key(line.name) for line in lines}
        for text in self.texts:
            if text.is_sure and text.area in areas and id(text) not in taken and key(text.title) not in names:
                message = said(_("“%(name)s” has a text and no budget line."), name=text.title)
                self.notes.append(
                    SaidAbout(said(_("Row %(row)d"), row=text.row) if text.row else whole_file(), message)
                )
        for line in lines:
            if line.name not in self.matches:
                message = said(_("“%(name)s” has a budget line and no text of its own."), name=line.name)
                self.notes.append(SaidAbout(said(_("Row %(row)d"), row=line.row), message))

    def _size(self, lines: Sequence[ReadLine]) -> None:
        if len(lines) < 2 or any(abs(line.amount) >= _SMALL_BUDGET for line in lines):
            return
        columns = [column for candidate in self.choice.budget for column in candidate.layout.money]
        if any(column.unit for column in columns) or any(c.layout.unit for c in self.choice.budget):
            return
        message = said(
            _("Every amount is below 10 000 kr. If the table is in thousands of kroner, say so above it.")
        )
        self.notes.append(SaidAbout(whole_file(), message))


def _table_areas(budget: Sequence[Candidate]) -> dict[int, str]:
    """When every focus area has a table of its own, the heading that the table stands under is its area."""
    if len(budget) < 2:
        return {}
    areas: dict[int, str] = {}
    for candidate in budget:
        label = candidate.layout.columns.labels[candidate.layout.columns.name]
        for text in (
            candidate.around.heading,
            candidate.table.sheet,
            *candidate.preamble[-1:],
            _area_label(label),
        ):
            if text and not is_generic(text) and not source_said(text) and len(text) < 90:
                areas[id(candidate)] = without_numbering(text)
                break
    return areas


def _area_label(label: str) -> str:
    """The heading over the names, when it is a focus area's own name and not "Tiltak"."""
    return "" if vocabulary.NAME.search(label) else label
