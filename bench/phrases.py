"""The words of the generated actions. ``{…}`` are filled by ``corpus.py``; nothing here tells of a real city."""

from __future__ import annotations

DISPOSITIFS = (
    "Ateliers hebdomadaires", "Permanences de proximité", "Parcours de découverte", "Bus itinérant", "Café des parents",
    "Groupe d’habitants relais", "Journées de sensibilisation", "Marches collectives", "Formation croisée", "Lieu d’accueil",
    "Jardin partagé", "Consultations avancées", "Rencontres de quartier", "Plan d’actions concerté", "Cellule de coordination",
    "Équipe mobile", "Chantier participatif", "Espace d’écoute", "Programme de soutien", "Médiation à domicile",
)  # fmt: skip

PUBLICS = (
    "les familles", "les jeunes", "les personnes âgées", "les habitants", "les parents", "les femmes", "les aidants",
    "les élèves", "les jeunes adultes", "les personnes isolées", "les jeunes parents", "les nouveaux arrivants",
)  # fmt: skip

QUARTIERS = (
    "des Tilleuls", "de la Gare", "des Coteaux", "du Moulin", "des Peupliers", "du Vieux-Port", "de la Fontaine", "des Ormes",
    "du Canal", "de Bellevue", "des Jardins", "de la Prairie", "du Stade", "des Acacias", "de la Halle", "des Rives",
    "du Lavoir", "de la Garenne", "des Vignes", "du Belvédère",
)  # fmt: skip

PARTENAIRES = (
    "Centre communal d’action sociale", "Agence régionale de santé", "Caisse d’allocations familiales", "Assurance maladie",
    "Centre hospitalier", "Maison de quartier", "Éducation nationale", "Protection maternelle et infantile", "Mission locale",
    "Bailleur social", "Association sportive", "Association de médiation", "Communauté professionnelle territoriale de santé",
    "Conseil départemental", "Médiathèque", "Régie de quartier",
)  # fmt: skip

SERVICES = ("Direction de la santé", "Service enfance et éducation", "Direction de la cohésion sociale", "Service des sports",
    "Direction des espaces verts", "Service habitat", "Mission développement durable", "Direction de la culture")  # fmt: skip

OBJECTIFS = (
    "Donner à chacun l’information utile pour prendre soin de sa santé",
    "Rapprocher {public} des services qui existent déjà dans le quartier {quartier}",
    "Repérer plus tôt les situations de fragilité et proposer un accompagnement adapté",
    "Former les professionnels de terrain à parler simplement de {theme}",
    "Réduire les écarts d’accès entre les quartiers de {commune}",
    "Faire participer {public} au choix et à la conduite des actions",
    "Créer un réseau durable entre la ville, l’hôpital et les associations",
    "Rompre l’isolement en créant des occasions régulières de rencontre",
)

CONTEXTE = (
    "En {debut}, le diagnostic local de santé a montré que {public} du quartier {quartier} connaissaient mal les services existants et y recouraient tard.",
    "À {commune}, une personne sur {petit} déclarait avoir renoncé à une démarche de santé dans l’année, le plus souvent par manque d’information ou de temps.",
    "La question de {theme} revenait dans chaque réunion publique, sans qu’aucun service ne la prenne entièrement à sa charge.",
    "Les équipes de terrain constataient des demandes répétées, auxquelles chacune répondait de son côté, avec ses propres outils.",
    "Le quartier {quartier} a été construit dans les années soixante-dix ; il compte aujourd’hui {grand} habitants et peu de commerces.",
    "Le contrat local de santé, renouvelé en {debut}, a fait de ce sujet une de ses priorités, avec un budget propre et un comité de suivi.",
    "Les élus souhaitaient une action visible, simple à comprendre, qui puisse commencer sans attendre la construction d’un équipement.",
    "Plusieurs associations proposaient déjà des activités, mais leurs horaires et leurs lieux ne convenaient pas à celles et ceux qui en avaient le plus besoin.",
)

DEROULE = (
    "Un comité de pilotage réunit {n} partenaires trois fois par an ; un groupe technique, plus restreint, se retrouve chaque mois.",
    "La première étape a duré six mois : entretiens avec {public}, visites d’autres villes, choix des lieux et des horaires.",
    "Les séances ont lieu le mercredi après-midi et le samedi matin, dans une salle que la maison de quartier prête gratuitement.",
    "Chaque séance est animée par deux personnes, l’une pour le contenu, l’autre pour l’accueil et la relation avec les participants.",
    "Les agents d’accueil, les gardiens et les enseignants ont reçu une formation de deux jours, complétée par un guide de douze pages.",
    "Un document simple, relu par un groupe d’habitants, présente l’action en une page ; il existe en {petit} langues et en facile à lire.",
    "L’inscription n’est pas obligatoire : on peut venir une fois, revenir, amener une voisine ou un collègue.",
    "Une médiatrice va à la rencontre des habitants au pied des immeubles, sur le marché et à la sortie des écoles.",
    "À partir de {milieu}, l’action a été étendue à deux autres quartiers, avec des horaires différents et une équipe renforcée.",
    "Les partenaires ont adopté une fiche de liaison commune, qui évite aux personnes de raconter plusieurs fois leur situation.",
    "La direction des systèmes d’information a fourni un outil de suivi simple, sans donnée nominative, tenu à jour par la coordinatrice.",
    "Pendant l’été, les séances se tiennent dehors, dans le parc, avec un goûter préparé par les participants.",
    "Un bilan est présenté chaque année au conseil municipal et aux conseils citoyens, puis publié sur le site de la ville.",
    "Les supports ont été conçus avec les professionnels de santé du territoire, qui orientent vers l’action et en parlent à leurs patients.",
    "Trois temps forts rythment l’année : une rentrée en septembre, une semaine thématique en mars, une fête de quartier en juin.",
    "La ville prend à sa charge la coordination, les locaux et la communication ; les partenaires apportent du temps de professionnels.",
)

RESULTATS = (
    "En {petit} ans, {grand} personnes ont participé au moins une fois, dont une majorité venait pour la première fois dans la structure.",
    "Sept participants sur dix disent mieux savoir à qui s’adresser et avoir parlé de {theme} autour d’eux.",
    "La part des habitants du quartier {quartier} parmi les participants est passée de {n} % à {moitie} %.",
    "Des liens se sont créés entre des personnes qui se croisaient sans se parler ; un groupe se réunit désormais sans la ville.",
    "Les demandes arrivent plus tôt, ce qui permet des réponses plus légères et moins d’urgences.",
    "Une enquête courte, remplie en fin de séance, montre une satisfaction élevée et des attentes nouvelles sur les horaires.",
)

PROFESSIONNELS = (
    "Les professionnels formés, au nombre de {moitie}, déclarent se sentir plus légitimes pour aborder le sujet et mieux connaître leurs relais.",
    "Les équipes de la ville et de l’hôpital se connaissent ; elles s’appellent avant qu’une situation ne se complique.",
    "Le temps passé en réunion a d’abord augmenté, puis diminué quand la fiche de liaison a remplacé les échanges au cas par cas.",
)

POLITIQUES = (
    "Le plan local d’urbanisme et le projet éducatif de la ville citent désormais cette action parmi leurs moyens.",
    "Un poste de coordination, d’abord financé pour un an, a été pérennisé par le conseil municipal en {milieu}.",
    "Deux communes voisines ont repris la démarche, avec l’appui de l’équipe de {commune}.",
)

LEVIERS = (
    "L’engagement constant de la collectivité a permis de tenir dans la durée malgré les changements d’équipe",
    "Une réunion mensuelle courte, toujours le même jour, où chacun apporte une situation et repart avec une réponse",
    "Un lieu connu de tous, facile d’accès, où {public} viennent déjà pour autre chose",
    "La présence régulière des mêmes personnes, qui a créé la confiance en quelques mois",
    "Des outils simples, construits avec les participants et corrigés après chaque séance",
    "Un démarrage à petite échelle, dans le quartier {quartier}, avant d’étendre l’action",
)

FREINS = (
    "Peu de participants les premiers mois ; le bouche-à-oreille et une présence au marché ont fait doubler la fréquentation",
    "Les horaires ne convenaient pas aux personnes qui travaillent ; une séance le samedi matin a été ajoutée en {milieu}",
    "Deux départs dans l’équipe ont interrompu l’action pendant un trimestre ; un binôme assure maintenant chaque séance",
    "Le financement annuel empêchait de prévoir ; une convention de trois ans a été signée avec les partenaires",
    "Chaque institution avait ses règles de partage d’information ; une charte d’une page a été écrite et signée",
    "La salle était trop petite et mal signalée ; les séances ont rejoint la médiathèque, au rez-de-chaussée",
)

INEGALITES = (
    "L’action est ouverte à tous, mais ses moyens sont concentrés là où les besoins sont les plus grands : deux séances sur trois ont lieu dans le quartier {quartier}.",
    "La gratuité, la garde d’enfants et les horaires élargis lèvent les principaux obstacles cités par {public}.",
    "Les personnes les plus éloignées de l’écrit et du numérique restent difficiles à joindre : un travail est engagé avec les associations de langue.",
)

ENSEIGNEMENTS = (
    "Il faut prévoir plusieurs mois de présence avant de compter les participants : la confiance précède la fréquentation.",
    "Confier une place réelle aux habitants change le contenu de l’action, ses mots et ses horaires ; c’est inconfortable et utile.",
    "Une coordination identifiée, avec du temps dédié, vaut mieux qu’un grand nombre de partenaires sans pilote.",
    "Dire ce qui ne marche pas, dès la première année, a permis d’ajuster l’action sans attendre son évaluation.",
)

EVALUATION = (
    "L’évaluation suit {petit} indicateurs : fréquentation, provenance, première venue, orientation, satisfaction et retour des partenaires.",
    "Un questionnaire anonyme est proposé deux fois par an ; {moitie} % des participants y répondent.",
    "Des entretiens menés par des étudiants en santé publique ont complété les chiffres en {milieu}.",
)

PERSPECTIVES = (
    "La ville prévoit d’ouvrir un deuxième lieu, de former de nouveaux relais et de publier les outils sous licence libre.",
    "Une réflexion est engagée avec l’intercommunalité pour proposer la même offre aux communes voisines.",
    "Le comité de pilotage souhaite mieux associer les médecins généralistes et les pharmacies.",
)

REPRENDRE = (
    "Compter un mi-temps de coordination, une salle, un budget de {budget} € par an et six mois de préparation.",
    "Commencer par écouter {public}, choisir un seul quartier, tenir un an avant d’étendre.",
    "Prévoir dès le départ une convention entre les partenaires et un outil de suivi sans donnée nominative.",
)
