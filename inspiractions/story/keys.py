"""On what each batch of the site depends: the keys under which its bytes may be kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import attrgetter

from inspiractions.base.digests import digest
from inspiractions.base.memo import Memo
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.vocabulaire import VOCABULAIRE_DE
from inspiractions.story.recit import Recits, dossier_images
from inspiractions.story.review import Gist, gists_of

_ID = attrgetter("id")


class Keys:
    """Digests of actions, as the batches of a bank see them. ``base``: of what they all depend upon, ``docs/`` apart."""

    def __init__(self, banque: Banque, base: bytes, memo: Memo | None = None) -> None:
        self._banque, self._base, self._memo = banque, base, memo or Memo(None, b"")
        # A private attribute of a model is slow to reach, and lists ask for it some twenty times an action.
        self._fronts = {a.id: a.source.front_digest for a in (*banque.actions, *banque.retirees)}
        self._whole: dict[str, bytes] = {}

    def key(self, *parts: str | bytes) -> bytes:
        """The key of a batch that depends on these, and on the base."""
        return digest(self._base, *parts)

    def front_matters(self, actions: Iterable[Action]) -> bytes:
        """What lists show of these actions, in this order: their ids and front matters."""
        return digest(b"".join(map(self._fronts.__getitem__, map(_ID, actions))))

    def whole(self, actions: Iterable[Action]) -> bytes:
        """All that these actions tell, in this order, with their images."""
        return digest(b"".join(map(self.fiche, actions)))

    def rubriques(self, actions: Sequence[Action], identifiant: str) -> bytes:
        """What lists show of these actions, and what each tells under one heading."""
        rank = list(VOCABULAIRE_DE).index(identifiant)
        quoted = (self.gists[action.id].quoted[rank] for action in actions)
        return digest(self.front_matters(actions), " ".join(quoted))

    def fiche(self, action: Action) -> bytes:
        """All that an action tells, with its images."""
        if action.id not in self._whole:
            self._whole[action.id] = digest(action.source.digest, *self._images(action))
        return self._whole[action.id]

    @cached_property
    def gists(self) -> Mapping[str, Gist]:
        """By id of action, what pages on the whole bank ask of its text."""
        return gists_of(self._banque, self._memo)

    @property
    def told(self) -> Sequence[Sequence[str]]:
        """The ids of ``review.TOLD`` of each action, in the order of the bank."""
        return [gist.told for gist in self.gists.values()]

    def illustrations(self, action: Action) -> bytes:
        """The images of an action, and what is said of them."""
        return digest(action.source.front_digest, *self._images(action))

    def recit(self, action: Action, recits: Recits) -> bytes:
        """All that an action tells, and what its récit shows of others."""
        proches = recits.proches(action)
        return digest(
            self.fiche(action),
            self.front_matters(recits.inspirations(action)),
            self.front_matters(recits.reprises(action)),
            self.front_matters(proche.action for proche in proches),
            *(proche.raison for proche in proches),
        )

    @cached_property
    def all_front_matters(self) -> bytes:
        """What lists show of every action, published or withdrawn, and the dossiers, which select by it."""
        banque = self._banque
        return digest(self.front_matters(banque.actions), self.front_matters(banque.retirees), self.dossiers)

    @cached_property
    def all_whole(self) -> bytes:
        """All that the bank tells."""
        return digest(self.all_front_matters, self.whole(self._banque.actions))

    @cached_property
    def dossiers(self) -> bytes:
        """The dossiers, and the actions that each shows."""
        dossiers = self._banque.dossiers
        return digest(*(digest(d.source.digest, *(a.id for a in d.actions)) for d in dossiers))

    def _images(self, action: Action) -> Iterable[bytes]:
        folder = self._banque.root / dossier_images(action)
        return (
            digest((folder / illustration.fichier).read_bytes())
            for illustration in action.illustrations
            if (folder / illustration.fichier).is_file()
        )
