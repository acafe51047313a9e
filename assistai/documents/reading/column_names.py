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

_CATEGORIES = _NAMES | frozenset(
    """
    action activité affectation agence agent âge année antenne appareil article assureur astreinte auteur bâtiment
    bénéficiaire bureau cas catégorie chef civilité client collaborateur collège colonne compte congé contrat création
    critère cycle demande demandeur département désignation destination diplôme direction document dossier
    échelon effet élément emploi employeur employé entité entrée entreprise équipe équipement espace étage étape
    événement fichier filière formation formule fournisseur gamme grade groupe identifiant immatriculation indice
    intitulé jour kilomètre langue libellé ligne local logiciel marque matériel matricule matière membre ministère mois
    moment motif moyen naissance nature niveau nom nuit nuitée objet opération organisme origine outil participant
    pays personne période pièce population poste prénom prestation prestataire procédure produit profession profil
    projet public quartier question rayon référence région réponse risque rôle rubrique salarié salaire salle secteur
    section semaine service sexe site société solde sortie source spécialité sujet support surface tâche thème titre
    trajet tranche type unité usage utilisateur véhicule version ville visa zone qté tél fax mail mobile
    qui quoi quand où combien raison étiquette

    account action activity age agent area article author bank benefit building category city class client code company
    contract country course customer day department desk destination document employee entry equipment event file
    floor format function grade group head holiday id item job label language lead leave level line location mail
    member model month name nature note notice office operation option order organisation organization origin
    participant people period person plan population position post product profile project provider purpose question
    reason reference region request room sector service site size source staff step subject supplier surname task team
    salary title tool topic type unit use user vehicle vendor version week year zip zone
    who what when where
    """.split()
)
_LINKS = _MORE | frozenset("à au aux l la le les ou et sur and or on to no id".split())
_LONGEST_CATEGORY = 5


def has_figure(text: str) -> bool:
    """Tell whether a cell has a figure other than a year: "Budget 2026" names a column, "poste 12" does not."""
    return _FIGURE.search(_YEAR.sub("", text)) is not None


def is_category(text: str) -> bool:
    """Tell whether a cell says what kind of things stand below or beside it: "Nom", "Date d'entrée", "First name"."""
    words = _WORD.findall(text.casefold())
    if not 0 < len(words) <= _LONGEST_CATEGORY or has_figure(text) or text.rstrip().endswith("."):
        return False
    if _is_one(words[0]) and (len(words) == 1 or words[1] in _LINKS or f"({words[1]}" in text.casefold()):
        return True
    return len(words) in (2, 3) and text.isascii() and words[-1] in _ENGLISH_ENDS


_ROLES = frozenset("agent chef responsable correspondant employé employee head manager member membre owner".split())
_ENGLISH_ENDS = frozenset(
    "address amount city code cost count date day description email hours id lead limit location manager name number "
    "owner phone price rate role status team time title type unit value".split()
)


def has_category(text: str) -> bool:
    """Tell whether a cell holds a word of such names anywhere, so that it may be one: "Budget prévu"."""
    return not has_figure(text) and any(map(_is_one, _WORD.findall(text.casefold())))


def is_only_category(text: str) -> bool:
    """Tell whether a cell is one word that names a kind of things, and no role that a person may have ("Manager")."""
    words = _WORD.findall(text.casefold())
    return len(words) == 1 and is_category(text) and words[0] not in _ROLES


def _is_one(word: str) -> bool:
    return bool({word, word.removesuffix("s"), word.removesuffix("x")} & _CATEGORIES)


def names_values(text: str) -> bool:
    """Tell whether a cell is the name of a column of values: "Plafond de remboursement (2026)", not "M. Durand"."""
    words = _WORD.findall(text.casefold())
    if not 0 < len(words) <= _LONGEST or has_figure(text) or text.rstrip().endswith((":", ".")):
        return False
    named = words[0] in _NAMES or words[0].removesuffix("s") in _NAMES
    return named and (len(words) == 1 or words[1] in _MORE or f"({words[1]}" in text.casefold())
