"""Words of offices that mean nearly the same, in French and English: people ask in other words than rules use."""

from __future__ import annotations

from functools import cache

from assistai.language.words import stem
from assistai.records import Language

_GROUPS: tuple[tuple[str, str], ...] = (
    ("congé congés vacances repos", "leave holiday holidays vacation"),
    ("voiture véhicule automobile", "car vehicle"),
    ("cantine restaurant restauration cafétéria réfectoire", "canteen restaurant cafeteria"),
    ("salaire rémunération paie paye traitement", "salary pay wage wages payroll"),
    ("coût coûter coûte prix tarif montant", "cost costs price fee charge amount"),
    ("plafond limite maximum maximal", "limit ceiling cap maximum"),
    ("chef cheffe responsable directeur directrice dirigeant patron", "head manager boss director"),
    ("courriel mail email mél", "email mail"),
    ("téléphone mobile", "phone telephone mobile"),
    ("garer parking stationner stationnement", "park parking"),
    ("télétravail télétravailler distance domicile", "remote remotely home hybrid telework"),
    ("ordinateur portable", "laptop computer"),
    ("tenue vêtement habiller habillement", "dress clothes clothing wear"),
    ("frais dépense dépenses", "expense expenses"),
    ("indemnité allocation prime forfait", "allowance bonus compensation"),
    ("débuter commencer démarrer début", "start begin beginning"),
    ("finir terminer achever fin", "end finish"),
    ("réunion séance rencontre", "meeting session"),
    ("malade maladie souffrant arrêt", "sick sickness illness ill"),
    ("employé salarié agent collaborateur personnel", "employee staff worker colleague"),
    ("entreprise société prestataire fournisseur", "company firm supplier contractor provider"),
    ("rembourser remboursement", "reimburse reimbursement refund"),
    ("interdire interdit défendu", "forbidden prohibited banned"),
    ("autoriser permettre permis", "allow permit allowed"),
    ("obligatoire exiger imposer", "compulsory mandatory required"),
    ("délai échéance", "deadline"),
    ("repas déjeuner dîner", "meal lunch dinner"),
    ("avion vol", "flight plane"),
    ("hôtel hébergement nuitée nuit", "hotel accommodation night"),
    ("bâtiment locaux immeuble", "building premises"),
    ("augmenter augmentation hausse", "increase rise raise"),
    ("diminuer diminution baisser baisse réduire", "decrease reduce reduction cut"),
    ("garder conserver conservation", "keep retain retention"),
    ("déclarer signaler signalement prévenir", "report declare notify"),
    ("acheter achat commander commande", "buy purchase order"),
    ("formation stage", "training course"),
    ("embauche embaucher recrutement recruter", "hire hiring recruit recruitment"),
    ("démission démissionner départ quitter", "resign resignation leave"),
    ("décès mort", "death bereavement"),
    ("mariage marier noces", "marriage wedding"),
    ("vélo bicyclette", "bike bicycle"),
    ("chien chat animal animaux", "dog cat pet animal"),
    ("fumer cigarette tabac vapoter", "smoke smoking cigarette"),
    ("incendie feu", "fire"),
    ("ouvrir ouverture", "open opening"),
    ("fermer fermeture", "close closing closure"),
    ("médecin docteur", "doctor physician"),
    ("semestriel semestre", "semester"),
    ("valider approuver approbation validation", "approve approval"),
    ("remplacer remplacement", "replace replacement"),
    ("envoyer transmettre adresser", "send forward"),
    ("reporter repousser décaler différer ajourner report", "postpone postponement defer reschedule"),
    ("annuler annulation", "cancel cancellation"),
    ("motif cause raison", "reason cause"),
    ("partir départ levée expédition", "depart departure dispatch collection"),
    ("signer signature signataire", "sign signature signatory"),
    ("livrer livraison", "deliver delivery"),
    ("recevoir réception", "receive receipt reception"),
    ("réparer réparation dépannage", "repair fix"),
    ("panne dysfonctionnement", "failure breakdown outage"),
    ("facture facturation", "invoice bill"),
    ("inviter convier invitation", "invite invitation"),
    ("inscrire inscription", "register registration enrol"),
    ("perdre perte égarer", "lose loss lost"),
    ("clé clef", "key"),
    ("élire élection désigner nommer nomination", "elect appoint appointment"),
    ("direction département", "department division"),
    ("justificatif attestation certificat", "proof certificate"),
)


@cache
def _related() -> dict[str, frozenset[str]]:
    related: dict[str, frozenset[str]] = {}
    languages: tuple[Language, Language] = ("fr", "en")
    for group in _GROUPS:
        stems = frozenset(
            stem(word, language) for language, words in zip(languages, group, strict=True) for word in words.split()
        )
        for one in stems:
            related[one] = related.get(one, frozenset()) | stems - {one}
    return related


def related_stems(one: str) -> frozenset[str]:
    """Return the stems, in both languages, of words that mean nearly the same as the word of a stem."""
    return _related().get(one, frozenset())
