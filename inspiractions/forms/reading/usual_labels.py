"""How people write a label when they type a form anew, whatever the form: by where the answer goes.

A form may add its own under ``variantes``. These count as shortened labels do: a « : », a tab or the end of the line follows
them, or they are no label.
"""

from __future__ import annotations

from collections.abc import Mapping

from inspiractions.model.questionnaire import FormBlock

_NAME = ("Nom", "Nom prénom", "Prénom et nom", "Nom du contact", "Nom du référent", "Référent(e)", "Interlocuteur")
_EMAIL = ("Courriel", "E-mail", "Mail", "Mél", "Adresse mail", "Adresse électronique", "Adresse e-mail", "Messagerie")
_PHONE = ("Téléphone", "Tél", "N° de tél", "Numéro de téléphone", "Tél. direct", "Portable", "Mobile")
_ROLE = ("Fonction", "Poste", "Qualité", "Titre et fonction", "Fonction occupée")
_CITY = ("Ville", "Commune", "Collectivité", "Ville ou EPCI", "Nom de la ville", "Nom de la collectivité", "EPCI")
# By ``sous_titre``, else by ``vers``, else by ``rubrique``.
USUAL: Mapping[str, tuple[str, ...]] = {
    "titre": ("Titre", "Titre de l’action", "Intitulé", "Intitulé de l’action", "Nom de l’action", "Nom du projet", "Action"),
    "ville": _CITY,
    "date_redaction": ("Date", "Date de rédaction", "Fait le", "Rédigé le", "Rempli le", "Fiche rédigée le"),
    "nom": _NAME,
    "email": _EMAIL,
    "tel": _PHONE,
    "fonction": _ROLE,
    "delegation": ("Délégation", "Mandat"),
    "contact.nom": _NAME,
    "contact.fonction": _ROLE,
    "contact.service": ("Service", "Direction", "Service ou direction", "Direction / service", "Pôle"),
    "contact.email": _EMAIL,
    "contact.telephone": _PHONE,
    "periode": ("Période", "Durée", "Dates", "Calendrier", "Dates de l’action", "Durée du projet", "Date de début", "Quand"),
    "echelle": ("Échelle", "Territoire", "Territoire concerné", "Périmètre", "Échelle géographique", "Lieu", "Où", "Secteur"),
    "porteur": (
        "Porteur",
        "Pilote",
        "Porteur du projet",
        "Pilote du projet",
        "Structure porteuse",
        "Porteur et pilote",
        "Porté par",
        "Pilotage",
    ),
    "service_pilote": ("Service pilote", "Direction pilote", "Service porteur"),
    "role_collectivite": ("Rôle", "Rôle de la ville", "Rôle de la commune", "Rôle de l’EPCI", "Rôle de la mairie"),
    "services_elus": ("Services et élus", "Services impliqués", "Élus impliqués", "Services mobilisés", "Élus et services"),
    "role_service_sante": ("Rôle du service santé", "Rôle de la direction santé", "Rôle du service de santé"),
    "population_cible": ("Population", "Public", "Public cible", "Publics", "Public visé", "Bénéficiaires", "Pour qui"),
    "partenaires": ("Partenaires", "Partenariats", "Partenaires de l’action", "Principaux partenaires", "Avec qui"),
    "budget": ("Budget total", "Budget global", "Coût", "Coût de l’action", "Montant"),
    "budget.texte": ("Budget total", "Budget global", "Coût", "Coût de l’action", "Montant"),
    "budget.fonctionnement": ("Fonctionnement", "Budget de fonctionnement", "Dépenses de fonctionnement"),
    "budget.investissement": ("Investissement", "Budget d’investissement", "Dépenses d’investissement"),
    "budget.contribution": ("Contribution", "Part de la ville", "Contribution de la ville", "Contribution de la collectivité"),
    "budget.financeurs": ("Financeurs", "Cofinanceurs", "Financements", "Financement", "Partenaires financeurs"),
    "ages": ("Public concerné", "Tranches d’âge", "Âges", "Âge du public", "Public"),
    "types_action": ("Type d’action", "Type de démarche", "Type de projet", "Types d’action"),
    "determinants": ("Déterminants", "Déterminants de santé", "Déterminants concernés"),
    "specificites_territoire": ("Spécificités du territoire", "Territoires prioritaires"),
    "cible": ("Cible", "Cible de l’action"),
    "contexte": ("Contexte", "Contexte et enjeux", "Contexte de l’action", "Constat", "Constats", "Diagnostic", "Enjeux"),
    "objectifs": ("Objectifs", "But", "Buts", "Finalité(s)", "Objectifs de l’action", "Objectifs visés"),
    "Objectif général": ("Objectif principal", "But", "Finalité"),
    "Objectifs opérationnels": ("Objectifs spécifiques", "Sous-objectifs"),
    "deroule": (
        "Déroulé",
        "Déroulement",
        "Description",
        "Descriptif",
        "Description de l’action",
        "Descriptif de l’action",
        "Mise en œuvre",
    ),
    "Élaboration du projet": ("Élaboration", "Construction du projet"),
    "Descriptif de l’action": ("Descriptif", "Description", "Description de l’action", "Déroulé", "Déroulement"),
    "Stratégies de mise en œuvre": ("Mise en œuvre", "Stratégie", "Stratégies"),
    "Mobilisation du public": ("Mobilisation", "Mobilisation des habitants"),
    "Compétences mobilisées": ("Compétences",),
    "Données et outils utilisés": ("Outils", "Données", "Données et outils", "Outils utilisés"),
    "facteurs-favorables": (
        "Facteurs favorables",
        "Facteurs de réussite",
        "Facteurs facilitants",
        "Leviers",
        "Points forts",
        "Points positifs",
        "Réussites",
        "Atouts",
        "Ce qui a aidé",
        "Ce qui a bien fonctionné",
    ),
    "difficultes": (
        "Difficultés",
        "Difficultés rencontrées",
        "Freins",
        "Freins rencontrés",
        "Obstacles",
        "Obstacles rencontrés",
        "Freins et difficultés",
        "Difficultés et freins",
        "Points faibles",
        "Limites",
        "Points de vigilance",
        "Ce qui a freiné",
    ),
    "inegalites": (
        "Inégalités",
        "Réduction des inégalités",
        "Inégalités sociales de santé",
        "Inégalités sociales et territoriales de santé",
        "Lutte contre les inégalités",
        "Inégalités de santé",
    ),
    "enseignements": (
        "Enseignements",
        "Apprentissages",
        "Principaux enseignements",
        "Bilan",
        "Bilan et apprentissages",
        "Bilan et enseignements",
        "Résultats",
        "Résultats et enseignements",
    ),
    "evaluation": ("Évaluation", "Évaluation de l’action", "Résultats de l’évaluation"),
    "ressources": ("Ressources", "Liens", "Documents", "Publications", "Liens utiles", "Pour en savoir plus", "Documents utiles"),
    "sante-dans-toutes-les-politiques": ("Santé dans toutes les politiques", "SdTP"),
}  # fmt: skip


def usual_labels(bloc: FormBlock) -> tuple[str, ...]:
    """The usual labels of a question; none where the form asks what no other form does."""
    key = bloc.sous_titre or bloc.vers or bloc.rubrique
    return USUAL.get(key, ()) if bloc.genre in ("ligne", "question", "nom", "choix") else ()
