"""French and English grammar that drafts need: articles, contraction, elision, agreement of what notes leave out."""

# Phrases and patterns read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from assistai.language.verbs import is_infinitive, readings
from assistai.language.words import fold

Gender = Literal["m", "f", ""]

_DETERMINER = re.compile(
    r"^(?:le|la|les|un|une|des|du|ce|cet|cette|ces|mon|ma|mes|ton|ta|tes|son|sa|ses|notre|nos|votre|vos|leur|leurs|"
    r"chaque|plusieurs|quelques|aucun|aucune|tout|toute|tous|toutes|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|\d+)\s|^l['’]",
    re.IGNORECASE,
)
_FINITE_EN = re.compile(
    r"\b(?:is|are|am|was|were|has|have|had|will|would|shall|should|can|could|may|might|must|do|does|did|won't|can't|isn't|"
    r"aren't|don't|doesn't|didn't|needs?|wants?|starts?|begins?|ends?|takes?|opens?|closes?|remains?|applies|I'm|we're|it's|"
    r"I'll|we'll|you'll)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?:je|j['’]|tu|il|elle|on|nous|vous|ils|elles|ce|c['’]|cela|ça|qui|que|merci|veuillez|voici|voilà)(?![\w-])|^j['’]",
    re.IGNORECASE,
)
_FINITE_FR = frozenset(
    """
    est sont était étaient sera seront serait a ont avait aura auront va vont doit doivent devra devront peut peuvent pourra
    pourront faut faudra fait font reste restent restera resteront devient commence commencera débute débutera
    aurait auraient seraient sommes êtes suis ai avons avez soit soient ait
    """.split()
)
_NOT_FINITE = frozenset(
    """
    note notes point points rapport rapports suite suites date dates réponse annonce demande demandes commande commandes
    relance relances copie copies visite visites place places liste listes place porte portes pause pauses salle
    facture factures attente remise réserve aide aides avance avances limite contrôle offre offres reprise adresse cause
    signature présente présent pris prise prises fin bon bonne mois jours jour semaine semaines mise offre prévue
    agents agent services service conseil objet projet projets accord budget direction rappel envoi merci relevé convoque
    travail compte comptes vote votes conférence formation besoin bureau base dépense somme cadre classe groupe marche
    charge charges poste postes équipe équipes personne personnes ferme contact contacts stage stages reste est-ce mesure
    mesures étude études enquête enquêtes table forme norme nombre tarif gare carte cartes entre contre sous sur livre
    centre recherche danse rencontre rencontres dossier message messages échange échanges montre tache tâche tâches
    complète complet pièce pièces ouvrage page pages code codes fiche fiches titre titres suivi bus rue ligne lignes
    """.split()
)


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    text = files("assistai.drafting").joinpath("lexicon", "nouns_fr.toml").read_text(encoding="utf-8")
    return {key: frozenset(words.lower().split()) for key, words in tomllib.loads(text).items()}


@dataclass(frozen=True, slots=True)
class Noun:
    """The head of a French noun phrase: its gender and number."""

    word: str
    gender: Gender
    plural: bool


def head_noun(phrase: str) -> Noun | None:
    """Return the noun that a bare French phrase starts with, where its gender is known; None otherwise."""
    first = re.match(r"[^\W\d_]+(?:-[^\W\d_]+)*", phrase.strip())
    if not first:
        return None
    word = first.group().lower()
    lexicon = _lexicon()
    genders: tuple[Gender, ...] = ("m", "f")
    for gender in genders:
        if word in lexicon[f"{gender}p"]:
            return Noun(word, gender, True)
        if word in lexicon[gender]:
            return Noun(word, gender, False)
    for gender in genders:
        if word.endswith(("s", "x")) and _singular(word) in lexicon[gender]:
            return Noun(word, gender, True)
    return None


def _singular(word: str) -> str:
    return word[:-2] + "l" if word.endswith("aux") and word not in ("tableaux", "bureaux") else word[:-1]


def is_event(phrase: str) -> bool:
    """Tell whether a French phrase, with or without article, starts with what takes place ("réunion", "comité")."""
    bare = re.sub(r"^(?:(?:le|la|les|un|une|notre|votre)\s+|l['’])", "", phrase.strip(), flags=re.IGNORECASE)
    word = re.match(r"[\w-]+", bare.lower())
    return bool(word) and word.group() in _lexicon()["events"] if word else False


def has_determiner(phrase: str) -> bool:
    """Tell whether a French phrase starts with an article or another determiner."""
    return bool(_DETERMINER.match(phrase.strip()))


def elides(word: str) -> bool:
    """Tell whether "le" and "de" lose their vowel before a word: vowels and mute h."""
    first = re.match(r"[^\W\d_]+", word.strip())
    if not first:
        return False
    start = fold(first.group())
    if start[0] == "h":
        return first.group().lower() not in _lexicon()["aspirated"]
    return (start[0] in "aeiou" and first.group().lower() not in ("onze", "oui", "onzième", "un", "une")) or (
        start[0] == "y" and len(start) > 1 and start[1] not in "aeiou"
    )


def with_article(phrase: str) -> str | None:
    """Return a French phrase with the definite article that its first noun asks for; None where that is not known."""
    phrase = phrase.strip()
    if has_determiner(phrase):
        return lower_first(phrase)
    noun = head_noun(phrase)
    if noun is None:
        return None
    bare = lower_first(phrase)
    if noun.plural:
        return f"les {bare}"
    if elides(bare):
        return f"l’{bare}"
    return f"{'le' if noun.gender == 'm' else 'la'} {bare}"


def with_de(phrase: str) -> str:
    """Return "de" and a French phrase: "du budget", "de la salle", "d’Alain", "de Marie"."""
    return _contracted(phrase, "de", "du", "des")


def with_a(phrase: str) -> str:
    """Return "à" and a French phrase: "au budget", "à la salle", "aux agents"."""
    return _contracted(phrase, "à", "au", "aux")


def _contracted(phrase: str, word: str, singular: str, plural: str) -> str:
    phrase = phrase.strip()
    if match := re.match(r"(le|les)\s+", phrase, re.IGNORECASE):
        return f"{singular if match.group(1).lower() == 'le' else plural} {phrase[match.end() :]}"
    if word == "de" and elides(phrase):
        return f"d’{phrase}"
    return f"{word} {phrase}"


def lower_first(text: str) -> str:
    """Return `text` with its first letter in lower case, unless it starts a name or an acronym."""
    first = re.match(r"[^\W_]+(?:['’-][^\W_]+)*", text)
    if not first or not first.group()[0].isupper():
        return text
    word = first.group()
    if re.match(r"\s+[A-ZÀ-ÖØ-Þ][^\W\d_]", text[first.end() :]) and head_noun(word) is None:
        return text
    if re.search(r"[A-ZÀ-ÖØ-Þ\d]", word[1:]) or not _is_common(word):
        return text
    return text[0].lower() + text[1:]


def upper_first(text: str) -> str:
    """Return `text` with its first letter as a capital; addresses stay as they are."""
    first = re.search(r"[^\W_]", text)
    if not first or re.match(r"\S*(?:@|://)|www\.", text[first.start() :]):
        return text
    return text[: first.start()] + text[first.start()].upper() + text[first.start() + 1 :]


def _is_common(word: str) -> bool:
    low = word.lower()
    if re.match(r"[ldcnjmst]['’]|qu['’]", low):
        return True
    if head_noun(low) or low in _SMALL or low in _lexicon()["events"]:
        return True
    return (low.endswith(("er", "ir", "re")) and is_infinitive(low)) or has_determiner(f"{low} x")


_SMALL = frozenset(
    """
    à au aux avec avant après pour par sur sous sans dans en de du des dès chez vers selon suite si le la les un une
    and at for with on in to from the a an by of about our your my this that please thank thanks we you they it
    pas plus tout tous toute toutes bon bonne merci voir penser avis ne je nous vous il elle on ce cette ces mon ma mes notre
    nos votre vos leur leurs son sa ses point points rappel urgent urgente prévoir meeting budget agenda room lunch
    annual weekly monthly new next final draft report invoice training workshop visit interview quarterly payment
    """.split()
)


def is_sentence(text: str, english: bool = False) -> bool:
    """Tell whether a note is a sentence of its own: it has a finite verb and says something of a subject."""
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*['’]?", text)
    if len(words) < 2:
        return False
    if english:
        if re.match(r"(?:I|we|you|they|he|she|it)\s+\w+", text, re.IGNORECASE) and len(words) > 2:
            return True
        return bool(_FINITE_EN.search(text)) and not re.match(r"(?:is|are|will|can|do|does|to)\b", text, re.IGNORECASE)
    if re.match(r"(?:que|qu['’]|si|dont|où)\b", text.strip(), re.IGNORECASE):
        return False
    if _SUBJECT.match(text.strip()) and len(words) > 2:
        return True
    if re.search(r"\w-(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles)\b", text):
        return True
    before = ""
    for number, raw in enumerate(words):
        word = re.sub(r"^(?:[ldjnmstc]|qu)['’]", "", raw.lower())
        if word in ("qui", "que", "dont", "où", "lorsque", "quand") and number:
            return _has_main_verb_before(words[:number])
        if number and raw[0].islower() and before not in _BEFORE_NOUN and _is_finite(word):
            return True
        before = raw.lower()
    return False


def is_verb_form(word: str) -> bool:
    """Tell whether a French word is a finite verb, as one after a subject is."""
    return word[:1].islower() and _is_finite(re.sub(r"^(?:[ldnjmst]|qu)['’]", "", word.lower()))


def is_english_verb(word: str) -> bool:
    """Tell whether an English word is an auxiliary or another verb that only follows a subject."""
    return bool(_FINITE_EN.fullmatch(word))


_BEFORE_NOUN = frozenset(
    "le la les l' un une des du de d' au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs"
    " à en sans par pour avec sur sous vers et ou".split()
)


def _has_main_verb_before(words: list[str]) -> bool:
    return any(_is_finite(word.lower()) and number for number, word in enumerate(words))


def _is_finite(word: str) -> bool:
    if word in _FINITE_FR:
        return True
    if word in _NOT_FINITE or head_noun(word) is not None or len(word) < 4:
        return False
    return any(
        reading.tense in ("present", "future", "conditional", "imperfect")
        and reading.person in ("3s", "3p", "1p", "2p")
        for reading in readings(word)
    ) and not any(reading.tense == "participle" for reading in readings(word))


_ADJECTIVES: dict[str, tuple[str, str]] = {
    base: (base, f"{base}s")
    for base in (
        "obligatoire nécessaire possible disponible indispensable facultatif facultative gratuit gratuite payant payante "
        "complet complète ouvert ouverte fermé fermée prêt prête libre urgent urgente confidentiel confidentielle souhaitable "
        "impossible interdit interdite définitif définitive provisoire absent absente présent présente indisponible"
    ).split()
}


def predicate(note: str) -> str | None:
    """Return a telegraphic French note made a sentence by its missing article and verb, or None.

    "budget validé" gives "le budget est validé", "présence obligatoire" "la présence est obligatoire"; only where the
    gender is known and the participle or adjective agrees, so that nothing is read into the note.
    """
    negated = re.match(r"^(.+?)\s+(?:pas|non)\s+(encore\s+)?(\S+.*)$", note)
    whole = re.match(
        r"^(?P<subject>(?:l['’])?[^\W\d_]+(?:[ '’-][\w°-]+)*?)\s+(?P<word>[^\W\d_]+)(?P<rest>(?:\s+.*)?)$", note
    )
    if negated:
        made = predicate(f"{negated.group(1)} {negated.group(3)}")
        yet = negated.group(2) or ""
        said = {"est": f" n’est pas {yet}", "sont": f" ne sont pas {yet}"}
        return re.sub(r" (est|sont) ", lambda m: said[m.group(1)], made, count=1) if made else None
    if pending := _TO_DO.match(note):
        noun = head_noun(pending["subject"])
        phrase = with_article(pending["subject"])
        if noun and phrase and not has_determiner(pending["subject"]) and is_infinitive(pending["verb"].lower()):
            return f"{phrase} {'sont' if noun.plural else 'est'} {note[pending.start('todo') :]}"
    tokens = note.split()
    for position in range(1, min(len(tokens), 6)):
        word = tokens[position].rstrip(",;")
        subject, rest = " ".join(tokens[:position]), " ".join(tokens[position + 1 :])
        bare = re.sub(r"^(?:(?:le|la|les)\s+|l['’])", "", subject, flags=re.IGNORECASE)
        noun = head_noun(bare)
        if noun is None:
            continue
        if not _agrees(word.lower(), noun) or (rest and not _follows(rest)) or tokens[position].endswith((",", ";")):
            continue
        while position > 1 and tokens[position - 1].lower() in _ADVERBS:
            position -= 1
            subject = " ".join(tokens[:position])
        phrase = with_article(subject)
        if phrase and whole:
            return f"{phrase} {'sont' if noun.plural else 'est'} {' '.join(tokens[position:])}"
    return None


_TO_DO = re.compile(
    r"(?P<subject>[^\W\d_]+(?: [^\W\d_]+)?) (?P<todo>à (?!manger|laver|écrire|coucher|repasser)(?P<verb>[^\W\d_]+(?:er|ir|re|oir)))(?=$| (?:avant|pour|auprès|dès|au plus tard|d['’]ici|par|sur)\b)",
    re.IGNORECASE,
)
"""What is to be done: "congés à poser avant le 5"; no "salle à manger"."""
_ADVERBS = frozenset("très bien déjà presque tout peu assez trop toujours encore désormais enfin vraiment".split())


def _follows(rest: str) -> bool:
    return bool(
        re.match(
            r"(?:de (?=lundi|mardi|mercredi|jeudi|vendredi)|du (?=lundi|mardi|mercredi|jeudi|vendredi|\d)|à|au|aux|en|par|pour|sur|dans|dès|depuis|jusqu['’]\w*|avant|après|avec|sans|sous|chez|vers|entre|pendant)\b",
            rest,
            re.IGNORECASE,
        )
    )


def _agrees(word: str, noun: Noun) -> bool:
    forms = (word, re.sub(r"es?$", "", word))
    participle = head_noun(word) is None and (
        bool(re.search(r"ée?s?$", word))
        or any(reading.tense == "participle" for form in forms for reading in readings(form))
    )
    base = word[:-1] if word.endswith("s") and noun.plural else word
    if not participle and base not in _ADJECTIVES:
        return False
    if noun.plural != (word.endswith("s") or (not participle and word.endswith("x"))):
        return False
    stem = word.removesuffix("s") if noun.plural else word
    if participle or (stem in _ADJECTIVES and re.search(r"(?:é|i|u|f|t|l|is)e?$", stem)):
        feminine = stem.endswith(("ée", "ie", "ue", "te", "se", "ve", "le"))
        masculine_only = stem.endswith(("é", "i", "u", "t", "s", "f", "l"))
        return feminine if noun.gender == "f" else masculine_only
    return True
