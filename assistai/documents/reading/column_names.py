"""Words that name what a column of values holds ("Plafond", "Téléphone", "Price"): a first row tells itself by them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistai.language.calendar_names import ALL_WEEKDAYS
from assistai.language.words import fold

_LONGEST = 3
_WORD = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PERSON = re.compile(r"(?:M\.|MM\.|Mme|Mmes|Mlle|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Me)[ \u00a0\u202f]+[A-ZÀ-Ý]")
_INSTEAD_OF_FIGURES = frozenset(
    "gratuit gratuite gratuits offert offerte inclus incluse compris comprise neant illimite illimitee aucun aucune "
    "oui non ferme fermee ouvert ouverte devis free included none unlimited closed open yes no".split()
)
_MORE = frozenset(
    "annuel annuelle de des du d en par pour ht ttc net brut max maximal maximum min minimum mensuel mensuelle moyen "
    "unitaire at by for in of per".split()
)
"""What may follow such a word in a name: "Plafond de remboursement", but "Durée indéterminée" is a value."""

_NAMES = frozenset(
    """
    adresse barème budget capacité caution code commentaire condition consigne contact coordonnée correspondant courriel
    coût date définition délai description destinataire durée échéance effectif email fonction forfait fréquence
    heure horaire indemnité interlocuteur lieu localisation maximum mél mission modalité montant nombre numéro
    observation périodicité place plafond prime prix quantité quota référent remarque responsable seuil signification
    statut suppléant tarif taux téléphone titulaire valeur validité

    address allowance amount cap capacity comment cost date deadline definition description duration fee frequency
    headcount hour limit location manager maximum number owner phone price quantity rate remark responsible role status
    telephone threshold time value
    """.split()
)


def names_values(text: str) -> bool:
    """Tell whether a cell is the name of a column of values: "Plafond de remboursement (2026)", not "M. Durand"."""
    words = _WORD.findall(text.casefold())
    if not 0 < len(words) <= _LONGEST or _FIGURE.search(_YEAR.sub("", text)) or text.rstrip().endswith((":", ".")):
        return False
    named = words[0] in _NAMES or words[0].removesuffix("s") in _NAMES
    return named and (len(words) == 1 or words[1] in _MORE or f"({words[1]}" in text.casefold())


def is_value(text: str, below: Sequence[str]) -> bool:
    """Tell whether a cell of a first row is a value as those below in its column are, or a label of the cell beside.

    A person ("Mme Petit"), a label ("Nom :"), a weekday above weekdays, "poste 12" above "poste 14".
    """
    if text.rstrip().endswith(":") or _PERSON.match(text):
        return True
    if fold(text) in ALL_WEEKDAYS:
        return any(fold(cell) in ALL_WEEKDAYS for cell in below)
    shape, shapes = _shape(text), {_shape(cell) for cell in below if cell}
    return shape is not None and not _YEAR.search(text) and shapes == {shape}


def stands_for_figure(text: str) -> bool:
    """Tell whether a cell says in words what others give as a figure ("gratuit", "sur devis")."""
    return not _INSTEAD_OF_FIGURES.isdisjoint(fold(text).split())


def _shape(text: str) -> str | None:
    """Return a text with all its figures alike, None where it has none."""
    return re.sub(r"\d+", "0", fold(text)) if _FIGURE.search(text) else None
