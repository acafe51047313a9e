"""Names: which capitalised words are ordinary words of French or English."""

from __future__ import annotations

from functools import lru_cache

import simplemma

_FIRST_NAMES = frozenset(
    """
    pierre marc paul jean claire rose marie max luc léo leo théo denis mark bill will grace jack rob sue pat ray frank
    art dean drew grant guy chase lane mason page parker taylor walter rich ken dan ben sam tom tim jim bob ann anne
    alice aude blanche colette eve fleur florent florence gilles guy ivan jade laure laurent lilas martial modeste
    olive pascal patrice prudence rémi rémy sylvestre valentin victor victoire violette clément constant désiré franck
    françois gérard benoît bertrand honoré karim nadia john david peter nick mike steve karen linda laura julie
    """.split()
)


def is_first_name(word: str) -> bool:
    """Tell whether a word is a usual French or English first name, however it is capitalised."""
    return word.lower() in _FIRST_NAMES


@lru_cache(maxsize=20_000)
def is_common_word(word: str) -> bool:
    """Tell whether a word is in the dictionaries (simplemma's) with a small letter, and is no usual first name."""
    lower = word.lower()
    if lower in _FIRST_NAMES:
        return False
    return any(
        simplemma.is_known(lower, lang=language) and simplemma.lemmatize(lower, lang=language)[:1].islower()
        for language in ("fr", "en")
    )
