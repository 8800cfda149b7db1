"""What stands behind the events on a page: who is named, which questions are answered, what is cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.answers.history import of_place, of_source, of_topic
from timeline_tui.exchange import report_text as telling
from timeline_tui.exchange.html.events import items_of, more
from timeline_tui.exchange.html.prose import line, link, prose_line

if TYPE_CHECKING:
    from timeline_tui.exchange.html.events import Story
    from timeline_tui.exchange.numbered_sources import Cited


def actors(story: Story) -> str:
    """A section on everybody who is named in an event."""
    ids = telling.actors_in(story.view)
    return items_of("actors", "Who is named", (_actor(story, id_) for id_ in ids))


def questions(story: Story) -> str:
    """A section on the topics that there are claims on."""
    ids = telling.topics_in(story.view)
    return items_of("questions", "Questions on which claims are made", (_question(story, id_) for id_ in ids))


def sources(story: Story) -> str:
    """A section with every source that is cited, each with links back to what cites it."""
    items = (_source(story, cited) for cited in story.sources.values())
    return items_of("sources", "Sources", items, ordered=True)


def places(story: Story) -> str:
    """A section on the places of the events that the timeline describes."""
    ids = telling.places_in(story.view)
    return items_of("places", "Places", (_place(story, id_) for id_ in ids))


def _place(story: Story, id_: str) -> str:
    place = story.view.place(id_)
    facts = line("; ".join(of_place(story.view, place))) if place is not None else ""
    said = f"<strong{story.own}>{line(story.view.place_name(id_))}</strong>" + (f": {facts}" if facts else "")
    return f"<li>{said}{more(place) if place is not None else ''}</li>"


def _actor(story: Story, id_: str) -> str:
    actor = story.view.actor(id_)
    facts = line("; ".join(telling.actor_facts(story.view, id_)))
    said = f'<strong dir="auto">{line(story.view.actor_name(id_))}</strong>' + (f": {facts}" if facts else "")
    if actor is None:
        return f"<li>{said}</li>"
    return f"<li>{said}{_note(story, actor.description)}{more(actor)}</li>"


def _question(story: Story, id_: str) -> str:
    topic = story.view.topic(id_)
    said = f"<span{story.own}>{line(telling.question(story.view, id_))}</span>"
    if topic is None:
        return f"<li>{said}</li>"
    unit = f" (counted in {line(topic.unit)})" if topic.unit else ""
    told = "".join(f'<p class="detail">{line(each)}</p>' for each in of_topic(story.view, topic))
    return f"<li>{said}{unit}{_note(story, topic.description)}{told}{more(topic)}</li>"


def _source(story: Story, cited: Cited) -> str:
    return f'<li id="source_{cited.number}">{_told(story, cited)}{_back(story, cited)}</li>'


def _told(story: Story, cited: Cited) -> str:
    source = cited.source
    if source is None:
        return f"{line(cited.id)} (the timeline says nothing else of this source)"
    language = telling.language_tag(source.language)
    spoken = f' lang="{language}"' if language else ""
    facts = line(", ".join(telling.source_facts(story.view, source)))
    said = f'<cite{spoken} dir="auto">{line(source.title)}</cite>, {facts}.'
    if source.url:
        said += f' <span class="address">{link(source.url)}</span>'
    if source.archive_url:
        said += f' <span class="address">Archived copy: {link(source.archive_url)}</span>'
    if repeats := telling.repeats(story.view, source):
        said += f'<p class="detail">{line(repeats)}</p>'
    said += "".join(f'<p class="detail">{line(each)}</p>' for each in of_source(story.view, source))
    return f"{said}{_note(story, source.note)}{more(source)}"


def _back(story: Story, cited: Cited) -> str:
    links = (
        f'<a href="#{story.anchor(key)}"{story.own}>{line(story.view.event(key).title)}</a>'
        for key in cited.keys
    )
    return f'<p class="back">Cited in: {" · ".join(links)}</p>'


def _note(story: Story, text: str) -> str:
    return f'<p class="note"{story.own}>{prose_line(text)}</p>' if text else ""
