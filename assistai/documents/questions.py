# ruff: noqa: E501 - word lists read better on one line
"""Questions: which of their words ask, and what kind of answer they ask for."""

from __future__ import annotations

import re
from typing import Literal

from assistai.language.sentences import sentence_spans
from assistai.language.words import fold, fold_in_place

QuestionType = Literal["number", "when", "who", "name", "where", "contact", "whether", "why", "meaning", "other"]
"""What the answer must hold: a number, a date or time, a person, a proper name, a place, a phone or address, a yes or no
(what is allowed or not), a reason, what a word stands for, or nothing special."""

_LONGEST = 600
_POLITE = re.compile(
    r"\b(?:bonjour|bonsoir|madame|monsieur|merci(?: beaucoup| bien)?(?: (?:d['’]avance|par avance|pour votre (?:aide|reponse)))?|cordialement|bien [aà] vous|s['’]il (?:vous|te) pla[iî]t|svp|hello|hi there|dear (?:all|colleagues?)|many thanks|thanks(?: a lot| in advance)?|thank you(?: very much| in advance)?|kind regards|please)\b[ \u00a0\u202f]*[,.!;:]*",
    re.IGNORECASE,
)
_LEADS_IN = re.compile(
    r"(?:^|.*?[\s,;.:])(?:(?:pourri(?:ez|ons)-vous|pourrais-tu|peux-tu|pouvez-vous|aur(?:ais|iez)-(?:vous|tu) (?:la gentillesse|l'amabilite) de|sauri(?:ez|ons)-vous|savez-vous|sais-tu|je (?:voudrais|souhaiterais|souhaite|veux|cherche a|dois|aimerais)(?: bien)?|j'aimerais(?: bien)?|(?:could|can|would|will) you(?: kindly)?|i (?:would|'d) (?:like|need|be (?:most |very )?grateful if you could)(?: to)?|i (?:want|need) to|do you)\s+)(?:me (?:dire|preciser|confirmer|rappeler|indiquer|donner)|m'(?:indiquer|informer)|savoir|nous (?:dire|indiquer|preciser)|tell (?:me|us)|let (?:me|us) know|know|remind me|find out)\b(?:\s(?:de|d'|of))?[\s,:]*(?P<whether>(?:si|s'|whether|if)\b\s?)?"
)
_WHO = r"(?:(?:a|de|par|pour|avec|chez|vers|selon|sur|to|for|by|with|from) )?(?:qui|who|whom|whose)\b"
_NUMBERED = "limite|maximum|minimum|montant|plafond|prix|cout|nombre|taux|delai|preavis|seuil|budget|tarif|duree|capacite|somme|indemnite|distance|valeur|prime|remboursement|quota|franchise|loyer|forfait|gratification|pourcentage|part|age|vitesse|poids|quantite|surface|puissance|superficie|solde|salaire"
_NUMBERED_EN = "limit|amount|ceiling|price|rate|budget|maximum|minimum|cap|value|fee|rent|cost|number|percentage|share|age|speed|charge|salary|deductible|notice(?: period)?"
_IS = "(?:est|sont|etait|etaient|sera|seront|serait|is|are|was|were|will be)"
_ASKS: tuple[tuple[QuestionType, re.Pattern[str]], ...] = (
    (
        "why",
        re.compile(
            r"\b(?:pourquoi|(?:pour|a cause de) quelles? raisons?|quelles? (?:est|etait|sont) (?:la|les) (?:raison|cause)s?|quel (?:est|etait) le motif|a cause de quoi|why|what(?:'s| is| was) the reason|for (?:what|which) reason|how come)\b"
        ),
    ),
    (
        "meaning",
        re.compile(
            r"\b(?:qu(?:e|') ?(?:veut|veulent|voulait) dire|que? (?:signifie|designe)|qu'entend-on par|a quoi correspond|que recouvre|c'est quoi|qu'est-ce que? c'est|quelle est la (?:signification|definition)|what (?:does|do) .{1,60} (?:mean|stand for)|what (?:is|are) meant by|what counts as|what is the (?:meaning|definition))\b"
        ),
    ),
    (
        "contact",
        re.compile(
            r"^(?:le |la |l')?(?:telephone|tel|numero(?: de (?:tel\w*|portable|mobile|poste|ligne))?|portable|courriel|e-?mail|mail|mel|adresse|phone(?: number)?|extension|address)\b(?! (?:du |de |d'|des )?(?:dossier|facture|commande|article|chambre|salle|bureau|compte|contrat))"
            r"|\b(?:quel(?:le)?s? (?:est|sont|etait) (?:le |la |les |l'|son |sa |leur )?(?:nouve(?:au|lle) )?(?:numero de (?:tel\w*|portable|poste|mobile|ligne)|numero d(?:e |u |es |')(?!dossier|facture|commande|article|salle)|telephone|portable|mobile|courriel|e-?mail|mail|adresse)|numero de (?:tel\w*|portable|mobile|poste)|adresse (?:mail|e-?mail|electronique|postale)|comment (?:joindre|contacter|appeler)|sur quel(?:le)? (?:numero|ligne|adresse)|a quel(?:le)? (?:numero|adresse)"
            r"|(?:phone|telephone|direct|mobile) (?:number|line)|(?:e-?mail|postal|street) address|what(?:'s| is| are) (?:the |his |her |their )?(?:new )?(?:address|e-?mail|extension|phone|number (?:of|for))|which (?:number|extension|address)|(?:phone|e-?mail|address|extension) (?:of|for)|how (?:do i|can i|to) (?:reach|contact))\b"
        ),
    ),
    (
        "number",
        re.compile(
            rf"\b(?:combien|quel(?:le)?s? (?:{_IS} )?(?:le |la |les |l')?(?:nouve(?:au|lle)s? |meme )?(?:{_NUMBERED})s?|(?:a|de|dans|sous|jusqu'a|au bout de|quel) quel(?:le)?s? (?:{_NUMBERED})s?|how (?:many|much|long|far|often|big|quickly|soon|fast|old|late|high|heavy|early)|what(?:'s| {_IS})? (?:the )?(?:\w+ )?(?:{_NUMBERED_EN})s?)\b"
            rf"|^(?:le |la |les |l')?(?:{_NUMBERED})s?\b|^(?:the )?(?:\w+ ){{0,2}}(?:{_NUMBERED_EN})\b|\b(?:nombre|combien)$|\b(?:{_NUMBERED}) (?:maxi(?:mum|mal)?|mini(?:mum)?)\b"
        ),
    ),
    (
        "when",
        re.compile(
            r"(?:^|[,;:–—-] |\b(?:et|depuis|jusqu'a|a partir de|pour|des|c'est|since|until|till|by|from|and) )(?:quand|when)\b"
            r"|\bquand (?:est-ce|\w+-(?:t-)?(?:il|elle|on|ils|elles|je|nous|vous)\b)|\bquand$"
            r"|\b(?:(?:a|jusqu'a|vers|avant|des|pour|de|entre) quel(?:le)?s? (?:heure|date|jour|moi|anne)(?:s|e|es)?|quel(?:le)?s? (?:est |sont |etait |etaient )?(?:le |la |les |l')?(?:jour|horaire|date|heure|periode|echeance)s?|date limite|what time|what (?:is |are |was )?(?:the )?(?:closing |exact |opening )?(?:dates?|hours|deadline)|(?:on )?(?:which|what) (?:days?|dates?|months?)|deadline|closing date|opening hours)\b"
            r"|^(?:horaires?|dates?|heures?)\b"
        ),
    ),
    (
        "name",
        re.compile(
            r"\b(?:quelle (?:est |etait )?(?:l')?(?:la )?(?:entreprise|societe|agence|compagnie|banque|association|firme)|quel (?:est |etait )?(?:le )?(?:cabinet|fournisseur|prestataire|organisme|logiciel|outil|editeur|courtier|assureur|transporteur)|which (?:company|firm|supplier|agency|provider|contractor|bank|insurer|software|tool)|what (?:company|firm|software))\b"
        ),
    ),
    (
        "who",
        re.compile(
            rf"(?:^|[,;:–—-] |\b(?:et|c'est|and|is it) ){_WHO}|\b(?:a|de|par|avec|chez|aupres de|to|by) (?:qui|whom?)\b|\b(?:comment s'appelle(?:nt)?|quel(?:le)? (?:est|etait) le nom|what(?:'s| is| was) the name|who (?:is|are|was|do|does|should|can|must|has|have|to))\b|\bqui (?:est-ce|dois-je|peut-on|contacter|joindre|appeler|prevenir)\b"
        ),
    ),
    (
        "where",
        re.compile(
            r"\b(?:d'ou|(?:dans|par|a|en|sur|de) quel(?:le)?s? (?:ville|salle|site|lieu|batiment|bureau|etage|rue|endroit|adresse|porte|entree|pays|armoire|dossier)|quelle? (?:est la |est le |est l')?(?:salle|lieu|batiment|etage|endroit)|where|(?:in |on )?(?:which|what) (?:room|site|city|building|floor|street|office|entrance)|room number)\b"
        ),
    ),
)
_YES_OR_NO = re.compile(
    r"(?:\w+-(?:t-)?(?:je|on|il|elle|ils|elles|nous|vous|ce)\b|est-ce\b|(?:can|could|may|must|should|shall|do|does|did|is|are|am|will|would|has|have)\b)"
)
_INVERTED = re.compile(
    r"^(?!.*\b(?:quel|quelle|quels|quelles|quoi|comment|what|which|how)\b).*(?:\w-(?:t-)?(?:je|il|elle|on|ils|elles)\b|(?<!qu')(?<!quand )est-ce\b|[,;:–—-] (?:can|may|must|should|do|does|is|are|will)\b)"
)
_OR = re.compile(r"\bou\b")
_WHERE = re.compile(r"(?:^|[,;:–—-] |\b(?:et|savoir|dire|c'est) )ou\b(?! (?:non|pas|bien)\b)")
QUOTED = re.compile(r"[«“\"]\s?([^»”\"]{2,40}?)\s?[»”\"]")
"""What a question puts in quotation marks."""
NAME = re.compile(r"(?<![.!?:]\s)(?<!^)\b[A-ZÀ-Þ][\w’'-]+")
"""A word with a capital that does not begin a sentence."""


def without_courtesy(question: str) -> str:
    """Return a question without "Bonjour", "pourriez-vous me dire" and thanks, itself where nothing else is left."""
    kept = " ".join(_POLITE.sub(" ", question).split())
    return kept if re.search(r"\w{2}", kept) else question


def asking_clause(question: str) -> tuple[str, bool]:
    """Return the folded part of a question that asks, and whether it begins as an indirect yes or no ("me dire si").

    What is told before ("Je prépare une mission. Pourriez-vous me dire …") is left out.
    """
    text = fold_in_place(without_courtesy(question[:_LONGEST])).strip(" .!")
    led = _LEADS_IN.match(text)
    if led is not None and led.end() < len(text):
        return text[led.end() :].rstrip(" ?"), led["whether"] is not None
    sentences = [text[begin:end] for begin, end in sentence_spans(text)]
    asking = [sentence for sentence in sentences if sentence.endswith("?")]
    return (asking[-1] if asking else text).rstrip(" ?"), False


def question_type(question: str) -> QuestionType:
    """Return what kind of answer a French or English question asks for."""
    clause, indirect = asking_clause(question)
    if indirect:
        return "whether"
    meant = "où" in question.lower() or not _OR.search(question.lower()[3:])
    where = _WHERE.search(clause) if meant else None
    found = [(match.start(), kind) for kind, pattern in _ASKS if (match := pattern.search(clause))]
    if where is not None:
        found.append((where.start(), "where"))
    if _YES_OR_NO.match(clause):
        found.append((0, "whether"))
    elif not found and _INVERTED.search(clause):
        return "whether"
    return min(found, key=lambda item: item[0], default=(0, "other"))[1]


def names_in(question: str) -> list[str]:
    """Return the folded names and references of a question: capitals inside it, what it quotes, and words with digits."""
    names = [fold(match.group()).rstrip("'’s") for match in NAME.finditer(question)]
    names += [fold(match[1]) for match in QUOTED.finditer(question)]
    references = [fold(word) for word in re.findall(r"[\w./-]*\d[\w./-]*\w|\d", question)]
    return list(dict.fromkeys(name for name in [*names, *references] if len(name) > 1))
