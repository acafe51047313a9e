# ruff: noqa: E501 - word lists read better on one line
"""Whether a question leans on the one before: what it begins with, what it leaves out, whom its pronouns mean."""

from __future__ import annotations

import re

from assistai.documents.phrases import Phrase, phrases
from assistai.documents.questions import names_in, question_type
from assistai.language.words import content_stems, detect_language, fold, fold_in_place

_LEAD = re.compile(
    r"^(?:(?:et|mais|alors|donc|and|but|so)\b[\s,]*|ou\s+(?=(?:pour|chez|dans|en|à|a|au|aux|avec|sans|le|la|les|un|une)\b))*"
    r"(?:(?:sinon|par ailleurs|autre (?:question|chose)|rien à voir|otherwise|by the way|(?:on )?another (?:question|thing|subject))\b[\s,:;–—-]*)?"
    r"(?:(?:what|how) about\b[\s,]*|quid (?:de\s|du\s|des\s|d[’'])(?=\w))?",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:(?:a|de|en|par|pour|avec|dans|depuis|jusqu'a|a partir de|chez|sur|sous|at|by|in|for|with|since|until|from|to) )?"
    r"(?:ou\b(?! (?:pour|chez|dans|en|a|au|aux|avec|sans|le|la|les|un|une)\b)|quand|qui|comment|combien|quel(?:le)?s?|le(?:quel|squels)|la(?:quelle)|lesquelles|quoi|pourquoi"
    r"|qu'est-ce|where|when|who|whom|(?:how|what)(?! about)|which|why)\b"
)
_ASKED_THING = re.compile(
    r"\b(?:(?:quel(?:le)?s?|which|what)(?! (?:est|sont|is|are|was|were|do|does|did|can|to)\b) \w+|(?:combien d(?:e |')|how many )\w+"
    r"|how (?:much|long|far|often|soon|late|early|many|quickly))"
)
_YES_OR_NO = re.compile(
    r"\w+-(?:t-)?(?:je|on|il|elle|ils|elles|nous|vous|ce|tu)\b|est-ce\b|(?:can|could|may|must|should|do|does|did|is|are|am|will|would|has|have)\b"
)
_CLAUSE = re.compile(
    r"\w-(?:t-)?(?:je|on|il|elle|ils|elles|nous|vous|tu)\b|(?<!qu')est-ce\b|\b(?:c'est|ca|cela|il faut|il y a|on (?:peut|doit|a|y|n'|en))\b|\b(?:qui|comment|ou|quand|combien) [a-z]+(?:er|ir|re)\b|, (?:combien|quel\w*|quand|qui|comment|how|what|when|who|where|why|which)\b"
)
_FRAGMENT = re.compile(
    r"(?:si|s'(?:il|ils|elle|elles|on)|meme|sauf|seulement|uniquement|if|even|except|only|unless|lorsque|quand (?:il|elle|on|je|c'est))\b"
)
_BY_PREPOSITION = re.compile(
    r"(?:(?P<often>pour|avec|sans|dans|a|en|chez|for|in|with|without|at)|par|sur|sous|depuis|avant|apres|pendant|vers|per|on|by|from|before|after|since|son|sa|ses|leurs?|his|her|its|their)\b"
)
_ADVERB = re.compile(r"avance|maximum|minimum|max|min|plus|moins|advance|most|least|juste|total")
_DOES = re.compile(r"quel(?:le)?s? (?:est|sont)|(?:what|which|where|who) (?:is|are)|(?:ou|qui) (?:est|sont)")
_IMPERSONAL = re.compile(
    r"\bil (?:y a|faut|faudra|est (?:possible|permis|interdit|obligatoire|necessaire|utile)|existe|reste)|\by a-t-il|\bfaut-il|\bfaudra-t-il|\bexiste-t-il|\breste-t-il"
    r"|\best-il (?:possible|permis|interdit|obligatoire|necessaire|autorise) (?:de|d')|\b(?:is|was) (?:it|there)\b(?=.*\b(?:to|that)\b)|\b(?:is|are|was|were) there|\bquelqu'un|\best-ce\b"
)
_SUBJECT = re.compile(
    r"(?:^|[\s'-])(?:il|elle|ils|elles|it|they|them|celui-ci|celle-ci|ceux-ci|this|that|those|these|ones?)(?=$|[\s?,.])"
)
_OBJECT = re.compile(
    r"\b(?:qui|comment|quand|ou|pourquoi|quoi|dois-je|puis-je|peut-on|doit-on|faut-il|pouvons-nous|devons-nous|peut|doit|peuvent|doivent|faut|pour|sans|de|a)\s+"
    r"(?:(?:les?|lui|leur|y|en)\s+|l')[a-z]+(?:er|ir|re)\b"
    r"|\b(?:qui|comment|quand|ou|pourquoi|dois-je|puis-je|peut-on|doit-on|faut-il|peut|doit|faut)\s+la\s+[a-z]+(?:er|ir|re)\b"
    r"|\b(?:de|a|pour|sans)\s+la\s+(?!mer\b)[a-z]+(?:er|ir|uire|endre|ondre)\b|\bqui\s+(?:(?:les?|la)\s+|l')[a-z]+$"
    r"|\by\s+[a-z]+(?:er|ir|re|t-on)\b|\b[smt]'(?:en|y)\b|\ben\s+[a-z]+-(?:t-)?(?:il|on|je)\b"
)
_NO_NOUN = re.compile(r"(?:^|\s)(?:(?:les?|la)\s+|l')[a-z]+(?:er|ir|re)\b")
_OF_SOMEBODY = re.compile(r"\b(?:son|sa|ses|leurs?|its|their|his|her)\s+\w")
_IT_IS = re.compile(r"\b(?:c'est|ca|cela|ce sera|cette|cet|ces|celles?|ceux|this|that|it's)\b")
_NEED = re.compile(
    r"(?:est-ce qu'il (?:faut|faudra)|faut-il|il faut|faudra-t-il|dois-je (?:avoir|fournir|joindre|donner)|(?:is|are) .*\b(?:needed|required|necessary|mandatory)|do (?:i|we|you) need)\b"
)
_IS_THERE = re.compile(r"(?:y a-t-il|est-ce qu'il y a|il y a|is there|are there)\b")
_ASPECT = re.compile(
    r"exceptions?|conditions?|derogations?|limites?|limits?|restrictions?|supplements?|justificatifs?|formulaires?|forms?|procedures?"
)
_LACKS_OBJECT = re.compile(
    r"(?:s'adresser|s'inscrire|s'y prendre|(?:contacter|prevenir|appeler|joindre|demander|faire|proceder|envoyer|aller|obtenir|commander|reserver"
    r"|deposer|remettre|rendre|valider|signer|payer|declarer|remplir|trouver|recuperer|avertir|informer|acheter|annuler|modifier|adherer))"
    r"|(?:(?:do|does|can|should|must|to|will|would) ?)?(?:i|we|you)? ?(?:contact|call|ask|apply|book|send|claim|sign up|register|pay|do|go|tell|inform|order|cancel|submit)"
)
_WHO_DOES = re.compile(r"(?:qui|who) [a-z]+")
_EMPTY = frozenset(
    content_stems(
        "pourquoi why heure date jour salle lieu prix montant combien raison time room price long much many often far soon"
        " chez soi faut prendre cas exactement exactly else autre sous depuis jusqu selon vers partir avance advance maximum minimum plus",
        "fr",
    )
)
_WORD = re.compile(r"[^\W\d_]{2}")


def without_lead(question: str) -> str:
    """Return a question without "et", "mais", "what about" and the like that it begins with."""
    return _LEAD.sub("", question, count=1)


def asks_itself(text: str) -> bool:
    """Tell whether a text begins with what asks: "où", "combien", "peut-on"."""
    folded = fold(text)
    return bool(text.lower().startswith("où") or _ASKS.match(folded) or _YES_OR_NO.match(folded))


def is_clause(text: str) -> bool:
    """Tell whether a text has a verb that asks, further on: "c'est obligatoire", "les cadres peuvent-ils"."""
    folded = fold(text)
    return _CLAUSE.search(folded) is not None or re.match(r"(?:ils?|elles?|it|they)\b", folded) is not None


def is_fragment(text: str) -> bool:
    """Tell whether a text is a condition or exception: "si le train est annulé", "même le week-end"."""
    return _FRAGMENT.match(fold(text)) is not None


def is_follow_up(question: str) -> bool:
    """Tell whether a question takes something from the one before."""
    if not _WORD.search(question):
        return False
    new = without_lead(question)
    led, folded = new != question, fold_in_place(new).strip(" ?.!\u00a0\u202f")
    if not folded:
        return False
    if _FRAGMENT.match(folded):
        return True
    if asks_itself(new) or _CLAUSE.search(folded):
        return _leaves_out(new, folded, led=led)
    if led:
        return True
    words = content_stems(question, detect_language(question))
    if (begins := _BY_PREPOSITION.match(folded)) is not None:
        return len(words) <= (4 if begins["often"] else 2)
    return len(words) <= 2 and bool(_SUBJECT.search(folded)) and not names_in(question) and not _nouns(new, folded)


def _leaves_out(new: str, folded: str, *, led: bool) -> bool:
    """Tell whether a whole clause leaves out what it speaks of, or has a pronoun for it."""
    nouns = _nouns(new, folded)
    first = min((noun.start for noun in nouns), default=len(new))
    if not names_in(new) and _OBJECT.search(folded):
        return True
    if any(match.end() <= first + 1 for match in _SUBJECT.finditer(_IMPERSONAL.sub(lambda m: " " * len(m[0]), folded))):
        return True
    if _OF_SOMEBODY.search(folded) and len(nouns) == 1 and not re.search(r"\b(?:on|je|i|you|vous|quelqu'un)\b", folded):
        return True
    if nouns or names_in(new):
        return (
            len(nouns) == 1
            and not names_in(new)
            and (_asks_of(nouns[0], folded) or _is_said_before(nouns[0], folded, led=led))
        )
    if _IT_IS.search(folded):
        return True
    asked = _ASKS.match(folded)
    rest = _ASKS.sub("", _ASKED_THING.sub("", folded)) if asked else folded
    rest = _NEED.sub("", rest).strip()
    own = {*content_stems(rest, detect_language(new))} - _EMPTY
    return not own or (
        len(own) == 1 and (led or _LACKS_OBJECT.fullmatch(rest) is not None or _WHO_DOES.fullmatch(folded) is not None)
    )


def _is_said_before(noun: Phrase, folded: str, *, led: bool) -> bool:
    """Tell whether the one noun of a clause is known from before: "quel est le délai ?", "et quand les travaux commencent-ils ?"."""
    if noun.article not in ("le", "la", "les", "l'", "the") or len(noun.text.split()) > 1 or noun.text[0].isupper():
        return False
    if noun.kind == "attribute":
        return not folded[noun.end :].strip() and _DOES.match(folded) is not None
    return led and noun.end < len(folded) and _ASKS.match(folded) is not None


def _asks_of(noun: Phrase, folded: str) -> bool:
    """Tell whether a clause asks whether something needs, or has, one thing more: "faut-il un justificatif ?"."""
    if noun.article not in ("un", "une", "des", "a", "an", "any", "") or len(noun.text.split()) > 1 or noun.named:
        return False
    if not re.fullmatch(r"\s*(?:\w+ed|necessary|mandatory)?", folded[noun.end :]):
        return False
    if _IS_THERE.match(folded):
        return question_type(f"le {noun.text}") == "number" or _ASPECT.fullmatch(fold(noun.text)) is not None
    return _NEED.match(folded) is not None


def _nouns(new: str, folded: str) -> list[Phrase]:
    """Return the phrases of a clause that may be what it speaks of."""
    pronouns = [match.span() for match in _NO_NOUN.finditer(folded)]
    return [
        phrase
        for phrase in phrases(new)
        if phrase.kind not in ("time", "rate", "amount", "counted", "manner")
        and not _ADVERB.fullmatch(fold(phrase.text))
        and not any(
            begin <= phrase.start <= end and _OBJECT.search(folded[max(0, begin - 20) : end]) for begin, end in pronouns
        )
        and not _ASKED_THING.search(folded[max(0, phrase.start - 12) : phrase.end])
    ]
