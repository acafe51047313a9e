"""What tells a first row of values from names of columns where nothing marks these: its cells are like those below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistai.documents.reading.column_names import has_category, has_figure, is_category, is_only_category
from assistai.language.calendar_names import ALL_MONTHS, ALL_WEEKDAYS
from assistai.language.words import fold

_TITLED = re.compile(
    r"(?:M|Mr|Mrs|Ms|Dr|Pr|Me|MM|Mme|Mlle|Mmes|Monsieur|Madame|Maître|Docteur|Miss)\b\.?\s+[^\W\d_a-z]"
)
_FULL_NAME = re.compile(r"[A-ZÀ-Þ][\w'’]+(?:-\w+)*(?:\s+(?:de |du |von |van |d['’])?[A-ZÀ-Þ][\w'’]*(?:-\w+)*\.?){1,2}")
_NUMBERED = re.compile(r"([^\W\d_]{2,})\s+(?:n[°o]\s*)?\d[\d\s.]*")
_FIGURES = re.compile(r"\d+")
_QUANTITY = re.compile(r"\d[\d\s.,]*([^\W\d_]+|[€$£%])(?:\s.*)?")
_DAY, _MONTH = (re.compile(rf"(?:{'|'.join(names)})s?\b.*") for names in (ALL_WEEKDAYS, ALL_MONTHS))
_KNOWN = re.compile(
    r"(?:(?:entrée |prix |accès |tarif )?(?:gratuite?|libre)|offerte?|fermée?|ouverte?|néant|aucune?|oui|non|illimitée?"
    r"|sur (?:devis|demande|rendez-vous)|inclus(?:e)?|compris(?:e)?|non comprise?|vacante?|indisponible|à définir"
    r"|free|closed|open|none|yes|no|unlimited|included|on request|n/?a)s?",
    re.I,
)


def is_form(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether rows are labels each with its value at the right: "Nom : | Dupont | Prénom : | Alice".

    Without colons, the labels are words that name kinds of values, in the row and in most rows below it.
    """
    labels = [column for column, cell in enumerate(first) if is_label(cell)]
    if labels:
        values = any(cell and not is_label(cell) for cell in first[labels[0] :])
        return values or any(is_label(cell) for column in labels for cell in _column(below, column))
    pairs = [(first[column], first[column + 1]) for column in range(0, len(first) - 1, 2)]
    if not all(is_category(label) and value and not has_category(value) for label, value in pairs) or len(first) % 2:
        return False
    return all(_most(is_category(cell) for cell in _column(below, column)) for column in range(0, len(first), 2))


def is_label(cell: str) -> bool:
    """Tell whether a cell names the cell at its right: "Nom :"."""
    return cell.endswith(":") and any(map(str.isalpha, cell))


def is_of_values(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether a first row is a row of values: "M. Durand | poste 12" over "Mme Petit | poste 14".

    Weaker signs ("gratuit", "Anne Faure", "2 jours") count only where no cell is a word for a kind of things.
    """
    for column, cell in enumerate(first):
        under = _column(below, column)
        if (kind := _kind(cell)) and _most(_kind(other) == kind for other in under):
            return True
        if (shape := _shape(cell)) and under and all(_shape(other) == shape for other in under):
            return True
    if any(map(is_only_category, first)):
        return False
    if comes_again(first, below):
        return True
    for column, cell in enumerate(first):
        under = _column(below, column)
        if (kind := _weak_kind(cell)) and len(under) > 1 and _most(_weak_kind(other) == kind for other in under):
            return True
    known = sum(map(is_known_value, first[1:]))
    return bool(first[0]) and known == 1 and not any(has_category(cell) and not is_known_value(cell) for cell in first)


def comes_again(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row below has cells of just the kinds of the first: cards of persons in a grid begin so."""
    kinds = [_kind(cell) or _weak_kind(cell) for cell in first if cell]
    if len(kinds) < 2 or not all(kinds):
        return False
    return any(kinds == [_kind(cell) or _weak_kind(cell) for cell in row if cell] for row in below)


def is_known_value(cell: str) -> bool:
    """Tell whether a cell says a value in a word, as "gratuit" or "fermé"."""
    return _KNOWN.fullmatch(cell) is not None


def _kind(cell: str) -> str:
    """Return what a cell is, where its kind is plain: a person with a title, a day, a month, a thing with a number."""
    if _TITLED.match(cell):
        return "person"
    for kind, known in (("day", _DAY), ("month", _MONTH)):
        if known.match(fold(cell)):
            return kind
    numbered = _NUMBERED.fullmatch(cell)
    return numbered[1].casefold() if numbered else ""


def _shape(cell: str) -> str | None:
    """Return a cell with all its figures alike, "Case 1-2" as "Case 3-4"; None where it has none but a year."""
    return _FIGURES.sub("0", fold(cell)) if has_figure(cell) else None


def _weak_kind(cell: str) -> str:
    """Return what a cell may be: a person without title or a quantity of one unit."""
    if quantity := _QUANTITY.fullmatch(cell):
        return "of " + quantity[1].casefold().removesuffix("s")
    return "name" if _FULL_NAME.fullmatch(cell) and not has_category(cell) else ""


def _column(rows: Sequence[Sequence[str]], column: int) -> list[str]:
    return [row[column] for row in rows if len(row) > column and row[column]]


def _most(told: Iterable[bool]) -> bool:
    answers = list(told)
    return bool(answers) and 2 * sum(answers) >= len(answers)
