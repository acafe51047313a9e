"""French acts: who is told, asked, promises or has to do what, in one readable sentence."""

# Phrases read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistai.language.verbs import Reading, is_infinitive, reading
from assistai.meetings.extraction.acts import ADDRESSEE, NOBODY, SPEAKER, Act, Kind
from assistai.meetings.extraction.predicates import Predicate, french_predicate, is_task_verb, needs_more
from assistai.meetings.people import Mention

_B = r"(?<![\w'-])"
_SUBJECT = re.compile(rf"{_B}(?P<subject>je\s|j'|tu\s|t'|vous\s|on\s|nous\s|quelqu'un\s)")
_INVERTED = re.compile(
    rf"{_B}(?P<modal>peux|pourrais|veux|voudrais|pouvez|pourriez|voulez|voudriez|vas|allez|peut|pourrait|doit)-(?:t-)?"
    r"(?P<subject>tu|vous|on|il|elle)(?!\w)(?:\s(?:bien|donc|aussi|s'il te plaît|s'il vous plaît|peut-être|juste|rapidement))?,?\s"
)
_IMPERSONAL = re.compile(
    rf"{_B}(?:(?:il|y|i')\s)?(?P<modal>(?:ne\s)?(?:va(?:\svraiment)?\sfalloir|faut|faudra|faudrait|faudrais)"
    r"|(?:il\s)?(?:ne\s)?(?:nous\s)?reste(?:ra)?(?:\s(?:plus|encore|maintenant|juste|donc))*(?:\squ')?(?=\sà\s)"
    r"|(?:est|sera|serait)\s(?:nécessaire|indispensable|impératif|urgent|convenu|prévu)(?=\s(?:de\s|d'|que\s|qu'))"
    r"|convient(?=\sde\s))"
    r"(?P<adverbs>(?:\s(?:pas|plus|jamais|absolument|impérativement|vraiment|aussi|donc|alors|encore|juste|quand même|"
    r"bien|rapidement|vite|également|peut-être|éventuellement|toujours|surtout|d'abord|maintenant|ensuite|vite fait|"
    r"(?:avant|d'ici|pour|dès)\s(?:le\s|la\s)?[^\W_]+))*),?\s"
    r"(?:à\s|de\s|d'|(?P<que>que\s|qu'))?(?P<than>l')?"
)
_PHRASES: tuple[tuple[re.Pattern[str], Kind, str, bool], ...] = (
    (re.compile(rf"{_B}(?:je|on|nous)\s(?:te|vous)\s(?:laisse|laisserai|demande|demanderai|demanderais|invite|propose|charge|prie|remercie)(?:\s(?:donc|alors|de bien vouloir))*\s(?:de\s|d'|à\s)?(?:bien vouloir\s)?"), "request", ADDRESSEE, True),
    (re.compile(rf"{_B}(?:je\s|on\s)(?:compte|compterai)\ssur\s(?P<who>toi|vous|NAME)\spour\s"), "assignment", ADDRESSEE, True),
    (re.compile(rf"{_B}(?:ça|cela)\s(?:t'|te\s|vous\s)(?:embête|dérange|ennuie|embêterait|dérangerait|ennuierait|va|irait)\s(?:pas\s)?(?:de\s|d'|si\s(?:tu|vous)\s)"), "request", ADDRESSEE, False),
    (re.compile(rf"{_B}(?:merci|prière)\s(?:à\stous\s|d'avance\s)?(?:de\s|d')(?:bien vouloir\s)?"), "request", ADDRESSEE, True),
    (re.compile(rf"{_B}veuillez\s"), "request", ADDRESSEE, True),
    (re.compile(rf"{_B}(?:ce\s)?(?:sera|serait|c'est)\sà\s(?P<who>toi|vous|moi|NAME)\s(?:de\s|d')"), "assignment", ADDRESSEE, True),
    (re.compile(rf"{_B}(?:on|nous|je)\s(?:confie|confions|confierai|délègue|déléguons|laisse|laissons|attribue|demande|demandons|demandera|demanderai|va\s(?:confier|laisser|demander|déléguer)|vais\s(?:confier|laisser|demander|déléguer))\sà\s(?P<who>NAME)\s(?:le\ssoin\s|la\stâche\s|la\smission\s)?(?:de\s|d')"), "assignment", "", True),
    (re.compile(rf"{_B}(?:on|nous|je)\s(?:laisse|laissons|charge|chargeons)\s(?P<who>NAME)\s(?:de\s|d')?"), "assignment", "", True),
    (re.compile(rf"{_B}(?P<who>NAME)\s(?:est|sera|serait)\s(?:chargée?\s|responsable\s|en charge\s)(?:de\s|d')"), "assignment", "", True),
    (re.compile(rf"{_B}(?:à|pour)\s(?P<who>NAME)\s(?:de|d')\s?"), "assignment", "", True),
    (re.compile(rf"{_B}(?:l'|une\s)?action(?:\sest)?\s(?:pour|à|de)\s(?P<who>NAME)\s?[:,–—-]?\s(?:de\s|d')?"), "assignment", "", True),
    (re.compile(rf"{_B}(?:(?:il|lui)\s(?:te|vous)\sreste|tu as|vous avez)\sà\s"), "assignment", ADDRESSEE, True),
    (re.compile(rf"{_B}(?:à faire|todo|to do|prochaines?\sétapes?|étapes?\ssuivantes?|actions?|points?\sd'action|reste à faire)\s?(?::|,|c'est|est|sera|–|—|-)\s?(?:c'est\s)?(?:de\s|d')?(?:(?P<who>NAME)\s?[:,–—-]?\s(?:de\s|d')?)?"), "duty", NOBODY, True),
    (re.compile(rf"{_B}qui\s(?:peut|pourrait|veut|veut bien|voudrait|va|est-ce qui\speut)\s(?:bien\s)?"), "call", NOBODY, False),
    (re.compile(rf"{_B}qui\s(?:se\scharge|s'occupe|se\schargerait|s'occuperait|se\schargera|s'occupera)\s(?:de\s|d')"), "call", NOBODY, False),
    (re.compile(rf"{_B}(?:je\sproposerais|je\spropose|je\ssuggère|ce\sserait\sbien|l'idéal\sserait|il\svaudrait\smieux)\s(?:de\s|d')"), "proposal", NOBODY, False),
)  # fmt: skip
_IMPERATIVE_LEAD = re.compile(
    r"(?:^|[.!?;:…]\s*|,\s|(?<![\w'-])(?:et|puis|donc|alors|ensuite|mais|ok|oui|bon|stp|svp|surtout|plaît)\s)"
    r"(?:(?:et|puis|donc|alors|ensuite|mais|ok|oui|bon|surtout|s'il (?:te|vous) plaît|stp|svp|par contre|du coup|merci)[\s,]+){0,3}"
)
_NOT_IMPERATIVE_AFTER = re.compile(r"\s(?:ça|cela|pas\sde|que\sça)(?!\w)")
_SAID = frozenset(
    "écoute écoutez attends attendez regarde regardez tiens tenez dis dites voyons voyez vois allez va imagine imaginez "
    "excuse excusez désolé disons attention rappelle rappelez sache sachez note allons viens venez vas entre bonne reste "
    "bonjour parle parlez continue continuez commence commencez commençons passe passez passons arrête arrêtez laisse laissez montre "
    "compte mets personne marche joue porte crois croyez pardonne suppose supposons admettons reprends prends tourne "
    "rassure rassurez précise donne voilà demande merci repose calme revenons reprenons "
    "entrons voyons avançons parlons terminons finissons faisons soyons sois soyez aie ayez veuillez soit sauf excepté".split()
)


def french_acts(text: str, lower: str, people: Sequence[Mention]) -> Iterator[Act]:
    """Yield the acts of a readable French sentence; `lower` is `text` in lower case, `people` who is named in it."""
    yield from _phrase_acts(lower, people)
    yield from _named_acts(text, lower, people)
    for match in _IMPERSONAL.finditer(lower):
        yield from _impersonal_act(match, lower, people)
    for match in _INVERTED.finditer(lower):
        predicate = french_predicate(lower, match.end(), "infinitive")
        if predicate:
            subject, conditional = match.group("subject"), match.group("modal").endswith("ait")
            kind: Kind = "request" if subject in ("tu", "vous") else "proposal"
            doer = ADDRESSEE if subject in ("tu", "vous") else NOBODY
            yield _act(kind, doer, predicate, match.start(), weak=conditional)
    for match in _SUBJECT.finditer(lower):
        yield from _subject_act(match, lower)
    yield from _imperatives(lower, people)
    yield from _passives(lower)
    yield from _wanted(lower)
    yield from _planned(lower)
    yield from _units(text, lower)


def _act(kind: Kind, doer: str, predicate: Predicate, start: int, *, weak: bool = False, explicit: bool = False) -> Act:
    return Act(kind, "fr", doer, predicate, start, predicate.end, weak=weak, explicit=explicit)


def _phrase_acts(lower: str, people: Sequence[Mention]) -> Iterator[Act]:
    for pattern, kind, doer, explicit in _PHRASES:
        for match in _with_name(pattern, lower, people):
            who = match.groupdict().get("who")
            if who == "moi":
                kind_here, doer_here = "commitment", SPEAKER
            elif who in ("toi", "vous"):
                kind_here, doer_here = "assignment", ADDRESSEE
            elif who:
                kind_here, doer_here = "assignment", lower[match.start("who") : match.end("who")]
            else:
                kind_here, doer_here = kind, doer
            predicate = french_predicate(lower, match.end(), "infinitive")
            if predicate is None and kind == "duty" and explicit:
                predicate = french_predicate(lower, match.end(), "imperative")
            if predicate is None and "(?:tu|vous)" in pattern.pattern:
                predicate = french_predicate(lower, match.end(), "present")
            if predicate:
                yield _act(kind_here, doer_here, predicate, match.start(), explicit=explicit)  # type: ignore[arg-type]
            elif kind == "duty" and explicit and len(lower) - match.end() > 3:
                yield Act("duty" if doer_here == NOBODY else "assignment", "fr", doer_here, _nominal(match.end()),
                          match.start(), match.end(), explicit=True)  # fmt: skip


def _nominal(at: int) -> Predicate:
    """Return the empty verb group of a task that is only named ("à faire : le budget")."""
    return Predicate((Reading("", "infinitive"),), (), (), False, at, at)


def _with_name(pattern: re.Pattern[str], lower: str, people: Sequence[Mention]) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern in which NAME stands for one of the people of this sentence."""
    if "NAME" not in pattern.pattern:
        yield from pattern.finditer(lower)
        return
    names = "|".join(sorted({re.escape(lower[one.start : one.end]) for one in people}, key=len, reverse=True))
    if names or "toi" in pattern.pattern or "(?P<who>NAME)\\s?[" in pattern.pattern:
        yield from re.compile(pattern.pattern.replace("NAME", names or "(?!)")).finditer(lower)


def _named_acts(text: str, lower: str, people: Sequence[Mention]) -> Iterator[Act]:
    for position, mention in enumerate(people):
        name = text[mention.start : mention.end]
        start = mention.start
        before = lower[: mention.start].rstrip()
        joint = re.search(r"(?:,|\set)$", before)
        if joint and position and not lower[people[position - 1].end : mention.start].strip(" ,").replace("et", ""):
            name = text[people[position - 1].start : mention.end]
            start = people[position - 1].start
        plural = start != mention.start
        after = re.compile(
            r"(?P<that>\s?,?\s?(?:c'est\s(?:lui|elle)\s)?qui)?,?\s(?:(?:il|elle|eux|tous les deux),?\s(?=\w))?|(?P<label>\s?:\s)"
        ).match(lower, mention.end)
        if after is None:
            continue
        cleft = (
            re.search(r"(?:c'est|ce sera|ça sera|ce serait|sera)(?:\splutôt|\sdonc|\sfinalement)?$", before) is not None
        )
        if after.group("that") and not cleft:
            continue
        if after.group("label"):
            predicate = french_predicate(lower, after.end(), "infinitive")
            if predicate:
                yield _act("assignment", name, predicate, start, explicit=True)
            continue
        person = "3p" if plural else "3s"
        that = re.search(
            r"(?:faut|faudra|faudrait|voudrais|veux|aimerais|souhaite|demande|serait bien|attends)\s(?:donc\s)?(?:que|qu')$",
            before,
        )
        if that:
            predicate = french_predicate(lower, after.end(), "subjunctive", "present", person=person)
            if predicate:
                yield _act("assignment", name, predicate, that.start(), explicit=True)
            continue
        predicate = french_predicate(lower, after.end(), "present", "future", person=person)
        if predicate is None:
            predicate = french_predicate(lower, after.end(), "conditional", person=person)
            if predicate is None or predicate.verbs[0].infinitive not in ("devoir", "pouvoir"):
                continue
        first = predicate.verbs[0]
        modal = first.infinitive
        if {"se", "s'"} & set(predicate.clitics) and predicate.verbs[0].infinitive not in ("occuper", "charger"):
            continue
        if len(predicate.verbs) > 1 and modal == "pouvoir":
            yield _act("request", name, predicate, start, explicit=True)
        elif (
            len(predicate.verbs) > 1
            and modal == "être"
            and not lower[predicate.start :].startswith(("est à", "sont à"))
        ):
            yield _act("assignment", name, predicate, start, explicit=True)
        elif modal in ("aller", "devoir") and len(predicate.verbs) > 1:
            yield _act("assignment", name, predicate, start, weak=first.tense == "conditional", explicit=cleft)
        elif first.tense == "future" or modal in ("occuper", "charger"):
            yield _act("assignment", name, predicate, start, explicit=cleft or modal in ("occuper", "charger"))
        elif first.tense == "present" and modal not in ("aller", "devoir", "pouvoir", "vouloir", "être", "avoir"):
            yield _act("assignment", name, predicate, start, weak=needs_more(modal, "fr") and not cleft, explicit=cleft)


def _impersonal_act(match: re.Match[str], lower: str, people: Sequence[Mention]) -> Iterator[Act]:
    adverbs = tuple((match.group("adverbs") or "").split())
    negated = bool({"pas", "jamais", "plus"} & set(adverbs)) or match.group("modal").startswith("ne ")
    if "qu'" in match.group("modal"):
        negated = False
    weak = match.group("modal").endswith("ait") or bool({"peut-être", "éventuellement"} & set(adverbs))
    if {"toujours", "jamais"} & set(adverbs):
        return
    if match.group("que"):
        subject = re.compile(r"(?:l')?(?P<who>je\s|j'|tu\s|t'|vous\s|on\s|nous\s|quelqu'un\s)").match(
            lower, match.start("than") if match.group("than") else match.end()
        )
        if subject is None:
            return
        predicate = french_predicate(lower, subject.end(), "subjunctive", "present")
        who = subject.group("who").strip()
        doer = {"je": SPEAKER, "j'": SPEAKER, "tu": ADDRESSEE, "t'": ADDRESSEE, "vous": ADDRESSEE}.get(who, NOBODY)
    else:
        predicate = french_predicate(lower, match.start("than") if match.group("than") else match.end(), "infinitive")
        doer = NOBODY
    if predicate is None:
        return
    oublier = predicate.verbs[0].infinitive == "oublier"
    if negated and not oublier:
        predicate = replace(predicate, negated=True)
    elif oublier and len(predicate.verbs) > 1:
        if not negated:
            return
        predicate = replace(predicate, negated=False)
    kind: Kind = {SPEAKER: "commitment", ADDRESSEE: "request"}.get(doer, "duty")  # type: ignore[assignment]
    if doer == ADDRESSEE:
        yield _act("request", doer, predicate, match.start(), weak=False, explicit=not weak)
    elif weak and doer == NOBODY:
        yield _act("duty", doer, predicate, match.start(), weak=True)
    else:
        yield _act(kind, doer, predicate, match.start())


def _subject_act(match: re.Match[str], lower: str) -> Iterator[Act]:
    subject = match.group("subject").strip()
    at = match.end()
    if subject == "t'":
        at, subject = match.end(), "tu"
    before = lower[: match.start()]
    if re.search(r"(?:faut|faudra|faudrait|nécessaire|important|urgent)\s(?:pas\s)?(?:que|qu')(?:\sl')?\s?$", before):
        return
    wish = re.search(
        r"(?:j'aimerais|je\svoudrais|je\ssouhaite|je\ssouhaiterais|je\sveux|ce\sserait\sbien|ça\sserait\sbien|j'apprécierais|on\sdemande|je\sdemande)\s(?:bien\s)?(?:que|qu')\s?$",
        before,
    )
    person = {"je": "1s", "j'": "1s", "tu": "2s", "vous": "2p", "on": "3s", "nous": "1p", "quelqu'un": "3s"}[subject]
    if wish and subject in ("tu", "vous"):
        predicate = french_predicate(lower, at, "subjunctive", "present", person=person)
        if predicate:
            yield _act("request", ADDRESSEE, predicate, wish.start(), explicit=True)
        return
    predicate = french_predicate(lower, at, "present", "future", "conditional", person=person)
    if predicate is None and subject == "nous":
        predicate = french_predicate(lower, at, "present", "future", person="1p")
    if predicate is None:
        return
    first, chain = predicate.verbs[0], len(predicate.verbs) > 1
    if subject in ("je", "j'"):
        yield from _first_person(predicate, match.start(), first, chain)
    elif subject in ("tu", "vous"):
        yield from _second_person(predicate, match.start(), first, chain, before)
    elif subject == "quelqu'un":
        if chain and first.infinitive in ("pouvoir", "vouloir"):
            yield _act("call", NOBODY, predicate, match.start())
        elif chain or first.tense == "future":
            yield _act("duty", NOBODY, predicate, match.start(), weak=False)
    else:
        yield from _collective(predicate, match.start(), first, chain)


def _first_person(predicate: Predicate, start: int, first: Reading, chain: bool) -> Iterator[Act]:
    verb = first.infinitive
    if first.tense == "conditional":
        if chain and verb in ("devoir", "pouvoir"):
            yield _act("offer", SPEAKER, predicate, start, weak=True)
        return
    if verb == "pouvoir":
        yield _act("offer", SPEAKER, predicate, start)
    elif verb == "vouloir" and chain:
        if "bien" in predicate.adverbs:
            yield _act("commitment", SPEAKER, predicate, start, explicit=True)
    elif verb in ("proposer", "suggérer"):
        return
    elif first.tense == "future" and not chain:
        yield _act("commitment", SPEAKER, predicate, start)
    elif chain and verb in ("laisser", "demander"):
        return
    elif chain:
        unsure = verb in ("penser", "compter", "venir", "passer", "faire") and not is_task_verb(predicate.deed, "fr")
        yield _act("commitment", SPEAKER, predicate, start, weak=unsure)
    elif verb not in ("aller", "devoir", "être", "avoir", "vouloir"):
        deictic = bool(
            {"te", "t'", "vous", "leur", "lui", "le", "la", "les", "l'", "m'", "me"} & set(predicate.clitics)
        )
        yield _act("commitment", SPEAKER, predicate, start, weak=needs_more(verb, "fr") and not deictic)


def _second_person(predicate: Predicate, start: int, first: Reading, chain: bool, before: str) -> Iterator[Act]:
    verb = first.infinitive
    if chain and verb in ("pouvoir", "vouloir"):
        yield _act("request", ADDRESSEE, predicate, start)
    elif first.tense == "conditional":
        if chain and verb == "devoir":
            yield _act("request", ADDRESSEE, predicate, start, weak=True)
    elif (
        first.tense == "future"
        or (chain and verb in ("aller", "devoir", "avoir"))
        or (chain and verb not in ("laisser", "demander", "venir", "compter"))
    ):
        yield _act("assignment", ADDRESSEE, predicate, start)
    elif not chain and verb not in ("aller", "devoir", "être", "avoir", "vouloir", "pouvoir"):
        explicit = bool(re.search(r"c'est\s(?:toi|vous)\squi\s$", before))
        yield _act("assignment", ADDRESSEE, predicate, start, weak=needs_more(verb, "fr"), explicit=explicit)


def _collective(predicate: Predicate, start: int, first: Reading, chain: bool) -> Iterator[Act]:
    verb = first.infinitive
    if chain and (verb == "pouvoir" or first.tense == "conditional"):
        kind: Kind = "duty" if verb == "devoir" else "proposal"
        yield _act(kind, NOBODY, predicate, start, weak=True)
    elif first.tense == "conditional":
        return
    elif chain and verb in ("devoir", "avoir"):
        yield _act("duty", NOBODY, predicate, start)
    elif (chain and verb in ("aller", "essayer", "charger", "occuper", "engager")) or first.tense == "future":
        yield _act("duty", NOBODY, predicate, start, weak=needs_more(predicate.deed, "fr"))
    elif not chain and is_task_verb(verb, "fr"):
        yield _act("duty", NOBODY, predicate, start, weak=True)


def _imperatives(lower: str, people: Sequence[Mention]) -> Iterator[Act]:
    starts = {match.end() for match in _IMPERATIVE_LEAD.finditer(lower)}
    for mention in people:
        after = re.compile(r"\s?,?\s").match(lower, mention.end)
        if after:
            starts.add(after.end())
    for at in sorted(starts):
        predicate = french_predicate(lower, at, "imperative")
        if predicate is None or not _is_imperative(predicate, lower):
            continue
        first = predicate.verbs[0]
        if first.person == "1p":
            yield _act("duty", NOBODY, predicate, at, weak=first.infinitive not in ("penser", "oublier", "prévoir"))
        elif first.infinitive == "oublier":
            if len(predicate.verbs) > 1:
                yield _act("request", ADDRESSEE, predicate, at, explicit=True)
        else:
            yield _act("request", ADDRESSEE, predicate, at, explicit=True)


def _is_imperative(predicate: Predicate, lower: str) -> bool:
    form = re.match(r"(?:n'|ne\s)?(?P<verb>[^\W\d_]+)", lower[predicate.start : predicate.end])
    if form is None or (
        predicate.clitics[:1] and not predicate.clitics[0].startswith("-") and len(predicate.verbs) == 1
    ):
        return False
    verb = form.group("verb")
    deed = predicate.deed
    if len(predicate.verbs) > 1:
        return predicate.verbs[0].infinitive in (
            "penser",
            "oublier",
            "essayer",
            "veiller",
            "tâcher",
            "prévoir",
            "arranger",
        )
    if verb in _SAID and not any(
        clitic in ("-moi", "-lui", "-leur", "-nous", "-le", "-la", "-les") for clitic in predicate.clitics
    ):
        return False
    if not is_task_verb(deed, "fr") or _NOT_IMPERATIVE_AFTER.match(lower, predicate.end):
        return False
    rest = lower[predicate.end :].lstrip()
    if predicate.clitics:
        return True
    return bool(re.match(r"(?:-|le\s|la\s|les\s|l'|un\s|une\s|des\s|du\s|de\s|d'|mon\s|ma\s|mes\s|ton\s|ta\s|tes\s|son\s|sa\s|"
                         r"ses\s|notre\s|nos\s|votre\s|vos\s|leur\s|ce\s|cet\s|cette\s|ces\s|tout|à\s|au\s|aux\s|bien\s|avec\s|"
                         r"sur\s|plutôt|aussi|donc)", rest))  # fmt: skip


_UNIT = re.compile(
    r"(?:^|[,.;]\s|(?<!\w)(?:et|donc|alors|c'est)\s)(?P<who>(?:le\s|la\s|les\s|l')(?:service|équipe|équipes|responsable|direction|département|pôle|"
    r"secrétariat|comptabilité|mairie|informatique|dsi|drh|communication|bureau|prestataire|accueil)(?:\s(?:des?\s|du\s|de\sla\s|de\sl'|d')?[^\W\d_]+){0,2}?)"
    r"\s(?:qui\s)?(?=[^\W\d_]+(?:ra|ront)\s)"
)


def _units(text: str, lower: str) -> Iterator[Act]:
    """Yield "le service informatique installera les écrans"."""
    for match in _UNIT.finditer(lower):
        predicate = french_predicate(lower, match.end(), "future")
        if predicate and is_task_verb(predicate.deed, "fr"):
            who = text[match.start("who") : match.end("who")]
            yield _act("assignment", who, predicate, match.start("who"), explicit=True)


_PLANNED = re.compile(rf"{_B}j'ai\s(?:bien\s|déjà\s)?(?:prévu|promis|accepté|prévue)\s(?:de\s|d')")


def _planned(lower: str) -> Iterator[Act]:
    """Yield "j'ai prévu de trier la cave"."""
    for match in _PLANNED.finditer(lower):
        predicate = french_predicate(lower, match.end(), "infinitive")
        if predicate:
            yield _act("commitment", SPEAKER, predicate, match.start())


_PASSIVE = re.compile(
    rf"{_B}(?P<object>(?:le|la|les|l'|ce|cette|ces|cet|un|une|mon|ma|mes|notre|nos|votre|vos|son|sa|ses|leur|leurs|tout|tous\sles|toutes\sles)\s?"
    r"[^\W\d_][^,.;:!?]{1,60}?)\s(?P<modal>doit|doivent|devra|devront)\s(?P<adverb>(?:absolument|impérativement|donc|aussi|encore|"
    r"également)\s)?être\s(?P<verb>[^\W\d_]+)(?!\w)"
    r"|(?P<lead>(?:il y a|j'ai|on a|nous avons|reste)\s(?:encore\s|aussi\s|toujours\s)?)(?P<object2>(?:le|la|les|l'|ce|cette|ces|un|une|des|mon|ma|mes|notre|nos)\s?"
    r"[^\W\d_][^,.;:!?]{1,50}?)\sà\s(?P<verb2>[^\W\d_]+)(?!\w)"
)


_WANTED = re.compile(
    rf"{_B}(?:il\s)?(?:faut|faudra|faudrait)\s(?:absolument\s|aussi\s|donc\s)?(?:que\s|qu')(?P<object>(?:le|la|les|l'|ce|cette|ces|un|une|notre|nos|votre|mon|ma|mes)\s?"
    r"[^\W\d_][^,.;:!?]{1,60}?)\s(?:soit|soient)\s(?P<verb>[^\W\d_]+)(?!\w)"
)


def _wanted(lower: str) -> Iterator[Act]:
    """Yield "il faut que le rapport soit imprimé"."""
    for match in _WANTED.finditer(lower):
        found = reading(match["verb"], "participle")
        if found and is_task_verb(found.infinitive, "fr"):
            predicate = Predicate(
                (Reading(found.infinitive, "infinitive"),), (), (), False, match.start("verb"), match.end()
            )
            yield Act("duty", "fr", NOBODY, predicate, match.start(), match.end(), object_span=match.span("object"))


def _passives(lower: str) -> Iterator[Act]:
    """Yield "le devis doit être signé" and "il y a le contrat à relire"."""
    for match in _PASSIVE.finditer(lower):
        if match.group("verb"):
            found = reading(match.group("verb"), "participle")
            infinitive = found.infinitive if found else None
            span, end = match.span("object"), match.end("verb")
            start = match.start("verb")
        else:
            infinitive = match.group("verb2") if is_infinitive(match.group("verb2")) else None
            span, end, start = match.span("object2"), match.end("verb2"), match.start("verb2")
        if infinitive is None or not is_task_verb(infinitive, "fr"):
            continue
        if re.search(r"\b(?:qui|que|je|tu|il|elle|on|nous|vous)\b", lower[span[0] : span[1]]):
            continue
        predicate = Predicate((Reading(infinitive, "infinitive"),), (), (), False, start, end)
        doer = SPEAKER if (match.group("lead") or "").startswith("j'ai") else NOBODY
        kind: Kind = "commitment" if doer == SPEAKER else "duty"
        yield Act(kind, "fr", doer, predicate, match.start(), end, object_span=span)
