"""What the pages are made with: templates, Markdown, and the page itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from crmtool.model.community import Record
from crmtool.model.figures import Moment
from crmtool.model.records import Audience, Note, Person, Task
from crmtool.publish import words
from crmtool.publish.charts import meter
from crmtool.publish.contribute import contribute
from crmtool.publish.identities import Account
from crmtool.publish.index import Doing, Site, Who, note_title, subproject_title
from crmtool.publish.markdown import Linked, Markdown, excerpt, is_web
from crmtool.publish.paths import (
    kind_path,
    note_path,
    report_path,
    subproject_path,
    tag_path,
    task_path,
)

_TEMPLATES: Final = Path(__file__).parent / "templates"
_NAME: Final = 80
_LINK: Final = Markup('<a href="{}{}" dir="auto">{}</a>')
_OUTSIDE: Final = Markup('<a href="{}" rel="noopener noreferrer nofollow" dir="auto">{}</a>')
_UNNAMED: Final = Markup('<span dir="auto">{}</span>')
_UNKNOWN: Final = Markup('<span class="crm-muted" dir="auto">{}</span>')
_TAG: Final = Markup('<a class="crm-tag" href="{}{}">{}</a>')
_AVATAR: Final = Markup('<span class="crm-avatar {}" aria-hidden="true">{}</span>')


@dataclass(frozen=True, slots=True)
class Entry:
    """What the search knows of a page: plain text, escaped when the index is written."""

    title: str
    text: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page, ready to be stamped. `body` is HTML."""

    path: str
    section: str
    title: str
    body: str
    search: Entry | None = None


class Kit:
    """Templates for one site at the two depths that its pages lie at."""

    def __init__(self, site: Site) -> None:
        self.site = site
        is_public = site.view.audience is Audience.PUBLIC
        info = site.view.config.community
        self._contribute = None if is_public else contribute(info, site.as_of)
        self._environments = {base: _environment(site, base) for base in ("", "../")}
        self._markdown = {base: self._parser(base) for base in ("", "../")}

    def _parser(self, base: str) -> Markdown:
        return Markdown(lambda slug: self.site.linked(slug, base))

    def page(
        self,
        path: str,
        title: str,
        template: str,
        *,
        search: Entry | None = None,
        **data: Any,  # noqa: ANN401 (whatever the template names)
    ) -> Page:
        """Render a page. Its first folder is its section."""
        section, slash, _ = path.partition("/")
        base = "../" if slash else ""
        environment = self._environments[base]
        body = environment.get_template(template).render(title=title, **data)
        if self._contribute:
            links = self._contribute.links(*_subject(data.get("record")))
            body += environment.get_template("contribute.html").render(links=list(links))
        # Once for a page is much cheaper than for each of its hundreds of texts; what is taken
        # out is nowhere part of markup, and every text was escaped before.
        return Page(path, section if slash else "home", title, words.clean(body), search)

    def html(self, body: str, base: str = "../") -> Markup:
        """What somebody wrote in Markdown, for a page at that depth."""
        return self._markdown[base].html(body)

    def note_lines(self, records: list[Record[Note]], length: int = 180) -> list[NoteLine]:
        """Notes as a list shows them."""
        return [self._note_line(record, length) for record in records]

    def _note_line(self, record: Record[Note], length: int) -> NoteLine:
        def resolve(slug: str) -> Linked | None:
            return self.site.linked(slug, "")

        return NoteLine(
            record,
            note_title(record),
            note_path(record.slug),
            self.site.who(record.data.author),
            self.site.whos(dict.fromkeys((*record.data.about, *record.data.roles))),
            excerpt(record.body, resolve, length) if length else "",
        )

    def task_lines(self, records: list[Record[Task]]) -> list[TaskLine]:
        """Tasks as a list shows them."""
        return [self._task_line(record) for record in records]

    def _task_line(self, record: Record[Task]) -> TaskLine:
        task, today = record.data, self.site.as_of
        return TaskLine(
            record,
            task_path(record.slug),
            self.site.who(task.assignee) if task.assignee else None,
            self.site.whos(task.about),
            words.until(task.due, today) if task.due and task.is_open else "",
            task.is_overdue(today),
        )

    def doings(self, moments: tuple[Moment, ...]) -> list[Doing]:
        """Activities as a list shows them."""
        found = (self.site.doing(moment) for moment in moments)
        return [doing for doing in found if self.site.may_list(doing.who)]


def _subject(record: Record[Any] | None) -> tuple[str | None, str | None]:
    """Whom a page is about, and the file that it was made from."""
    if record is None:
        return None, None
    return (record.slug if isinstance(record.data, Person) else None), record.path


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note in a list."""

    record: Record[Note]
    title: str
    path: str
    author: Who
    about: list[Who]
    excerpt: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task in a list. `due` is in words, empty where nothing is due any more."""

    record: Record[Task]
    path: str
    assignee: Who | None
    about: list[Who]
    due: str
    is_overdue: bool


def _environment(site: Site, base: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "ago": lambda day: words.ago(day, site.as_of),
        "cut": words.cut,
        "day": words.day_words,
        "month": words.month_words,
        "number": words.number,
    }
    environment.globals |= _globals(site, base)
    return environment


def _links(base: str) -> Mapping[str, Callable[..., Markup]]:
    """The smallest pieces, which a large site repeats by the hundred thousand."""

    @cache
    def link_to(who: Who) -> Markup:
        name = words.cut(who.name, _NAME)
        if who.path:
            return _LINK.format(base, who.path, name)
        if who.url:
            return _OUTSIDE.format(who.url, name)
        return _UNNAMED.format(name) if who.is_known else _UNKNOWN.format(name)

    @cache
    def avatar(name: str, slug: str, size: str = "") -> Markup:
        style = f"crm-hue-{words.hue(slug)}" + (f" crm-avatar--{size}" if size else "")
        return _AVATAR.format(style, words.initials(name))

    @cache
    def tag(name: str) -> Markup:
        return _TAG.format(base, tag_path(name), name)

    return {"avatar": avatar, "link_to": link_to, "tag": tag}


def _globals(site: Site, base: str) -> Mapping[str, Any]:
    def account_of(identity: str) -> Account:
        return site.accounts(identity)

    return {
        **_links(base),
        "account_of": account_of,
        "base": base,
        "is_web": is_web,
        "kind_path": kind_path,
        "meter": meter,
        "plural": words.plural,
        "report_path": report_path,
        "site": site,
        "subproject_path": subproject_path,
        "subproject_title": lambda name: subproject_title(site.view, name),
        "tag_path": tag_path,
    }
