"""Words that name what a column of values holds ("Plafond", "Téléphone", "Price"): a first row tells itself by them."""

from __future__ import annotations

import re

_LONGEST = 3
_WORD = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
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
