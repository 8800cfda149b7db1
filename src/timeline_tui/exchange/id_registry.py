"""Ids for the actors, sources and events of an imported file; each actor and source is recorded once."""

from __future__ import annotations

from timeline_tui.text.ids import UniqueIds, id_from_title, is_id


class Register:
    """The actors or the sources of a timeline, in the order in which they first appear.

    Args:
        field: The field that names a record: `name` or `title`.
    """

    def __init__(self, field: str) -> None:
        self.records: dict[str, dict[str, object]] = {}
        """Records by id, as in the header."""
        self.new: list[str] = []
        """The ids of the records that were added last, for who takes them away from here."""
        self._field = field
        self._ids: dict[tuple[str, ...], str] = {}
        self._slugs = UniqueIds()

    def id_of(self, title: str, id_: str = "", **fields: str) -> str:
        """The id of a record, which is added if it is new.

        Two records are the same if they have the same `url` or, without one, the same name and fields.

        Args:
            title: Its name or title.
            id_: Its id in the file, which it keeps if no other record has it.
            fields: Its other fields; empty ones are left out.
        """
        known = {name: value for name, value in fields.items() if value}
        same = ("url", known["url"]) if "url" in known else (title, *known.values())
        if same not in self._ids:
            slug = id_ if id_ and is_id(id_) else id_from_title(title)
            slug = (
                self._field.replace("name", "actor").replace("title", "source") if slug == "event" else slug
            )
            self._ids[same] = new = self._slugs.unique(slug)
            self.records[new] = {self._field: title, **known}
            self.new.append(new)
        return self._ids[same]


class EventIds:
    """Ids for events: those of the file if they are valid and unused, otherwise made from the titles."""

    def __init__(self) -> None:
        self._slugs = UniqueIds()

    def id_for(self, title: str, given: str = "") -> str:
        """An id that no other event has."""
        return self._slugs.unique(given if given and is_id(given) else id_from_title(title))
