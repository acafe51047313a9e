"""Pseudonyms: what names a person is replaced before a text leaves the machine, and put back in what returns.

Replaced are mail addresses, telephone numbers, IBAN, personal numbers (matricule, staff id, French social security
number) wherever they stand, and names of people. A name is what follows a title, stands before a colon at the head of
a line, is a usual first name or its neighbour, or any capitalised word that is no ordinary word of French or English,
or that is one but stands inside a sentence without an article. Places, firms and products that look alike are replaced
too: that costs nothing, since they come back. What can escape is a surname that is an ordinary word and stands only at
the head of sentences or in small letters, far from a first name or title.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from assistai.language.names import is_common_word, is_first_name
from assistai.language.words import fold
from assistai.models.chat import ChatModel, Heard, Message, Reply, Schema
from assistai.models.replies import json_object
from assistai.records import Language

_SPACE = r"[ \u00a0\u202f]"
_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(rf"\b[A-Z]{{2}}\d{{2}}(?:{_SPACE}?[A-Z0-9]{{4}}){{2,7}}(?:{_SPACE}?[A-Z0-9]{{1,4}})?\b")
_PHONE = re.compile(
    rf"(?<![\w+])(?:(?:\+|00)\d{{1,3}}{_SPACE}?(?:\(0\))?(?:[\s.\-\u00a0\u202f]?\d{{1,4}}){{3,6}}"
    r"|0[1-9](?:[\s.\-\u00a0\u202f]?\d{2}){4}"
    r"|0\d{2,4}[\s\-\u00a0]\d{3,4}[\s\-\u00a0]\d{3,4}"
    r"|\(?\d{3}\)?[\s.\-]\d{3}[\s.\-]\d{4})(?![\w])"
)
_SOCIAL_SECURITY = re.compile(
    rf"\b[12]{_SPACE}?\d{{2}}{_SPACE}?(?:0[1-9]|1[0-2]|[2-9]\d){_SPACE}?(?:\d{{2}}|2[AB]){_SPACE}?\d{{3}}{_SPACE}?\d{{3}}"
    rf"(?:{_SPACE}?\d{{2}})?\b"
)
_PERSONAL_NUMBER = re.compile(
    r"\b(?:matricules?|badges?|(?:n°|no\.?|numéro)\s*(?:d['’]|de\s+|du\s+)?(?:salariée?|agente?|employée?|matricule|badge)"
    r"|identifiant\s+(?:salarié|agent|employé)|(?:employee|staff|personnel|payroll)\s+(?:number|no\.?|id|code))"
    rf"(?:\s*(?:est|is|n°|no\.?|:|=|#|est\s+le))*\s*(?P<number>[A-Z]{{0,4}}[-/]?\d[\w/-]*(?:{_SPACE}\d{{2,}})*)",
    re.IGNORECASE,
)
_LETTERS = r"[^\W\d_]"
_NAME = rf"(?:[A-ZÀ-ÖØ-Þ]['’])?[A-ZÀ-ÖØ-Þ]{_LETTERS}+(?:[-'’][A-ZÀ-ÖØ-Þ]?{_LETTERS}+)*"
_WORD = re.compile(rf"(?<![\w@]){_NAME}(?!\w)")
_TITLED = re.compile(
    rf"(?<!\w)(?:M\.|MM\.|Mme|Mmes|Mlle|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?|Pr\.?|Me|Maître|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle"
    rf"|[Dd]octeur|[Pp]rofesseur|Sir){_SPACE}+(?P<names>{_NAME}(?:{_SPACE}(?:(?:de|du|des|la|le|van|von|der){_SPACE}){{0,2}}{_NAME}){{0,3}})"
)
_SPEAKER = re.compile(
    rf"^[\W\d_]*(?P<names>{_NAME}(?:{_SPACE}{_NAME}){{0,3}})[^\S\n]*(?:\([^)\n]{{0,40}}\))?[^\S\n]*[:>]", re.MULTILINE
)
_HEAD = re.compile(r"(?:^|[.!?…:;«»\"“”•–—*\n\t>|\[\](){}-])[\s\d.\"'«“(\[\u00a0*-]*\Z")
_ACRONYM = re.compile(r"[A-Z0-9&-]{2,4}")
_ARTICLE = re.compile(
    r"(?<!\w)(?:l[ea]s?|l['’]|d[ue]s|du|une?|aux?|ces?|cett?e|nos|notre|vos|votre|leurs?|the|an?|this|our|your|their"
    r"|chaque|each|every)[ \u00a0\u202f]*\Z",
    re.IGNORECASE,
)
_OURS = frozenset(
    """json monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december french english français francais anglais data
    m mm mme mmes mlle mr mrs ms miss dr pr me maitre monsieur madame mademoiselle docteur professeur sir
    oui non bonjour merci volontiers combien voilà voila ok okay alors donc yes no hello thanks please
    courriel courriels email""".split()
)
_LABELS = frozenset(
    """date lieu heure objet sujet titre action actions decision decisions question questions reponse reponses document
    documents passage passages extrait extraits note notes tour tours turn turns exemple example examples answer answers
    subject title place time participants presents absents excuses from to cc de copie attention important tache tasks
    task rappel resume summary reunion meeting langue language source sources regle regles rule rules consigne consignes
    contexte context point points ordre suite fin debut page annexe piece pieces total montant budget prix tel telephone
    mail courriel email phone""".split()
)
_TOKEN = re.compile(r"(NAMEX|MAILX|PHONEX|IBANX|NUMBERX)[ _-]?(\d+)([a-z]?)(?![a-z0-9])", re.IGNORECASE)
_CUT_TOKEN = re.compile(r"(?<!\w)[A-Z]{1,7}[ _-]?\d*[a-z]?\Z")
_KEPT_IN_SCHEMA = frozenset({"$ref", "$schema", "$id", "type", "format", "pattern", "required"})


class Pseudonyms:
    """The pseudonyms of one exchange: the same name, however written, has the same number in all its messages.

    `NAMEX3` stands for a word of a name, `NAMEX3b` for the same word written otherwise (MARTIN for Martin), so that
    each comes back as it was.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._forms: dict[tuple[str, int], list[str]] = {}
        self._taken = {(match[1].upper(), int(match[2])) for text in texts for match in _TOKEN.finditer(text)}
        self._names = {fold(name) for text in texts for name in _names(text)}

    def replaced(self, text: str) -> str:
        """Return a text without what names people."""
        kept: list[str] = []
        position = 0
        for start, end, kind in self._spans(text):
            if start < position:
                continue
            kept += [text[position:start], self._pseudonym(kind, text[start:end])]
            position = end
        return "".join([*kept, text[position:]])

    def restored(self, text: str, *, whole: bool = True) -> str:
        """Return a text with what the pseudonyms stand for; where it is not `whole`, a cut one at its end is not."""
        if not whole:
            text = _CUT_TOKEN.sub("", text)
        return _TOKEN.sub(self._original, text)

    def schema(self, schema: Schema) -> Schema:
        """Return a JSON schema whose texts (descriptions, enumerated names) have pseudonyms; keys stay."""
        changed: dict[str, Any] = {
            key: value if key in _KEPT_IN_SCHEMA else self._changed(value) for key, value in schema.items()
        }
        return changed

    def _changed(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.replaced(value)
        if isinstance(value, Mapping):
            return self.schema(value)
        return [self._changed(item) for item in value] if isinstance(value, list) else value

    def _spans(self, text: str) -> list[tuple[int, int, str]]:
        found: list[tuple[int, int, str]] = []
        for kind, pattern in (("MAILX", _MAIL), ("IBANX", _IBAN), ("NUMBERX", _SOCIAL_SECURITY), ("PHONEX", _PHONE)):
            found += [(match.start(), match.end(), kind) for match in pattern.finditer(text)]
        found += [(*match.span("number"), "NUMBERX") for match in _PERSONAL_NUMBER.finditer(text)]
        for match in _WORD.finditer(text):
            found += [(start, end, "NAMEX") for start, end, word in _parts(match) if fold(word) in self._names]
        return sorted(found, key=lambda span: (span[0], -span[1]))

    def _pseudonym(self, kind: str, original: str) -> str:
        key = (kind, fold(original) if kind == "NAMEX" else re.sub(r"[\W_]", "", original).lower())
        if key not in self._numbers:
            self._numbers[key] = next(number for number in count(1) if (kind, number) not in self._taken)
            self._taken.add((kind, self._numbers[key]))
        number = self._numbers[key]
        forms = self._forms.setdefault((kind, number), [])
        if original not in forms:
            forms.append(original)
        place = forms.index(original)
        return f"{kind}{number}" + ("" if place == 0 else chr(ord("a") + min(place, 25)))

    def _original(self, match: re.Match[str]) -> str:
        forms = self._forms.get((match[1].upper(), int(match[2])))
        if forms is None:
            return match[0]
        place = ord(match[3].lower()) - ord("a") if match[3] else 0
        return forms[place] if place < len(forms) else forms[0]


class PseudonymousChatModel:
    """Another chat model that sees pseudonyms; who asks and hears it sees the names."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model

    @property
    def name(self) -> str:
        """What the settings call it."""
        return self._model.name

    @property
    def remote(self) -> bool:
        """Whether texts leave this machine."""
        return self._model.remote

    @property
    def context_tokens(self) -> int:
        """How many tokens messages and reply may have together."""
        return self._model.context_tokens

    def reply(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Schema | None = None,
        language: Language | None = None,
        heard: Heard | None = None,
    ) -> Reply:
        """Return the reply with the names put back. See `ChatModel.reply`."""
        about = [json.dumps(schema, ensure_ascii=False)] if schema is not None else []
        pseudonyms = Pseudonyms([message.text for message in messages] + about)
        sent = [Message(message.role, pseudonyms.replaced(message.text)) for message in messages]
        asked = pseudonyms.schema(schema) if schema is not None else None

        def heard_names(text: str) -> None:
            if heard is not None:
                heard(pseudonyms.restored(text, whole=False))

        reply = self._model.reply(
            sent, max_tokens=max_tokens, schema=asked, language=language, heard=heard_names if heard else None
        )
        if schema is None:
            text = pseudonyms.restored(reply.text)
        else:
            text = json_object(json.dumps(_restored(json.loads(reply.text), pseudonyms), ensure_ascii=False), schema)
        return Reply(text, reply.model, reply.usage)

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the model reads for a text."""
        return self._model.count_tokens(text)


def _restored(value: Any, pseudonyms: Pseudonyms) -> Any:
    if isinstance(value, str):
        return pseudonyms.restored(value)
    if isinstance(value, dict):
        return {key: _restored(item, pseudonyms) for key, item in value.items()}
    return [_restored(item, pseudonyms) for item in value] if isinstance(value, list) else value


def _names(text: str) -> Iterator[str]:
    """Yield the words of a text that name people, or may."""
    spoken = [match["names"] for match in _SPEAKER.finditer(text)]
    labels = [names for names in spoken if not is_common_word(names) or _is_speaker(names, spoken.count(names))]
    for names in [match["names"] for match in _TITLED.finditer(text)] + labels:
        for match in _WORD.finditer(names):
            yield from (part for _, _, part in _parts(match) if not _is_ours(part))
    last, end = "", 0
    for start, stop, word in (part for match in _WORD.finditer(text) for part in _parts(match)):
        ahead = text[max(0, start - 40) : start]
        if last and text[end:start] in (" ", "\u00a0", "\u202f"):
            yield from _neighbours(last, word)
        if _may_name(word, at_head=bool(_HEAD.search(ahead)), with_article=bool(_ARTICLE.search(ahead))):
            yield word
        last, end = word, stop


def _is_speaker(label: str, times: int) -> bool:
    """Tell whether an ordinary word before a colon is someone who speaks: it comes again and heads no form."""
    return times > 1 and fold(label) not in _LABELS


def _neighbours(one: str, other: str) -> Iterator[str]:
    """Yield which of two capitalised words side by side is a name because the other is."""
    for word, beside in ((one, other), (other, one)):
        certain = is_first_name(beside) or not (beside.isupper() or is_common_word(beside))
        if certain and not _is_ours(word) and (word is other or word.isupper()):
            yield word


def _may_name(word: str, *, at_head: bool, with_article: bool) -> bool:
    if _is_ours(word) or _ACRONYM.fullmatch(word):
        return False
    if is_first_name(word):
        return True
    return not is_common_word(word) or not (at_head or with_article or word.isupper())


def _is_ours(word: str) -> bool:
    return fold(word) in _OURS or bool(_TOKEN.fullmatch(word))


def _parts(match: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """Yield a name and its place without the article that is elided before it (`L’Anglais`, `D'Artagnan` are whole)."""
    word, start = match[0], match.start()
    if word[:2].casefold() in (
        "l'",
        "l’",
        "d'",
        "d’",
        "j'",
        "j’",
        "c'",
        "c’",
        "s'",
        "s’",
        "n'",
        "n’",
        "m'",
        "m’",
        "t'",
        "t’",
    ):
        yield start + 2, match.end(), word[2:]
    else:
        yield start, match.end(), word
