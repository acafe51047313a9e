# ruff: noqa: E501 - word lists read better on one line
"""Whether a question asks for an older edition."""

from __future__ import annotations

import re

from assistai.documents.editions.imprint import MOST_READ, Edition, imprint_of
from assistai.documents.editions.marks import numbers_in, plain, versions_in, without_numbers, years_in

_RULE = r"(?:(?:version|edition|politique|policy|policie|reglement|regle|rule|charte|guide|procedure|circulaire|circular|bareme|grille|tarif|livret|handbook|manuel|manual|guideline|annuaire|directory|regime|plafond|montant|taux|limite|seuil|rate|limit|cap|allowance|ceiling|amount|scheme|threshold)s?|(?:note(?! de frais)|memo|document))\b"
_OLD = re.compile(
    rf"\b(?:ancien(?:ne)?s?|precedente?s?) {_RULE}|\b(?:old|older|previous|former|earlier|superseded|outdated) (?!than |is |are |was )(?:[\w-]+ ){{0,2}}?{_RULE}"
    rf"|\b{_RULE} (?:[\w-]+ ){{0,2}}?(?<!mois )(?<!annee )(?<!semestre )(?<!exercice )(?:precedente?s?|anterieure?s?|perimee?s?|abrogee?s?|remplacee?s?|obsoletes?)\b"
    r"|\b(?:l'ancienne?|les anciennes?|la precedente)(?=\s?[?.,!]|$)|\b(?:old|older|previous|former|earlier) ones?\b"
    r"|\b(?:autrefois|jadis|a l'epoque|back then|(?:i|we|you|they|he|she|it|there|that|what|who) used to|used to be|did (?:\w+ ){1,3}use to)\b"
)
_PAST = re.compile(
    r"\b(?:\w*(?:ions|iez)-[nv]ous|(?!(?:\w*fait|\w*trait|souhait|lait|plait|\w*nait|\w*parait)\b)\w*[^\Wr]ai(?:t|ent)|etait|etaient|avais|devais|pouvais|was|were|did|had|used)\b"
)
_BEFORE = re.compile(
    r"\b(?:avant|before|earlier)(?=\s?[?.,!;]|$)|\b(?:d'avant|auparavant|par le passe|previously|formerly|in the past)\b"
    rf"|\b(?:avant|before) (?:l'|l[ea] |les |cette |the |this )?(?:nouve(?:lle|au|l) |new |derniere )?(?:reforme|changement|mise a jour|revision|modification|change|reform|update|{_RULE})"
)
_BEFORE_YEAR = re.compile(r"\b(?:avant|before) (?:le 1er janvier |january |l'annee )?((?:19|20)\d\d)\b")


def may_ask_for_older(question: str) -> bool:
    """Tell whether a question is about an older edition, where one has its year, version or number, or once held."""
    asked = plain(question[:MOST_READ])
    named = without_numbers(asked)
    marked = numbers_in(asked) or years_in(named) or versions_in(named)
    return bool(marked or _OLD.search(asked) or (_PAST.search(asked) and _BEFORE.search(asked)))


def asks_for(question: str, edition: Edition) -> bool:
    """Tell whether a question is about this older edition: its year, version or number, or the rules that once were."""
    read, asked = imprint_of(edition), plain(question[:MOST_READ])
    named = without_numbers(asked)
    if (
        read.numbers & numbers_in(asked).keys()
        or set(read.years) & set(years_in(named))
        or (read.version and read.version in versions_in(named))
        or _OLD.search(asked)
    ):
        return True
    changed = any(own < int(year) for own in read.years for year in _BEFORE_YEAR.findall(asked))
    return bool(_PAST.search(asked)) and (changed or bool(_BEFORE.search(asked)))
