"""The configuration of the example: `crm.yml`, `tags.yml`, `source.yml` and `mkdocs.yml`."""

from __future__ import annotations

CRM = """\
# Ginnel is invented, and so is everybody in it. `example: true` says so to the program as well:
# a workspace of real people belongs in a private repository.
community:
  name: Ginnel
  timezone: Europe/London
  example: true
  repository: https://github.example.org/ginnel/people

# Who may own a relationship, be given a task, be a steward. Not a rank.
team: [ottoline-brackwater, dov-halpernik, ines-quintarola, kwabena-asare-fio, rosalind-tveit]

# Parts that live by rhythms of their own; the whole community is always there as well.
subprojects:
  engine: {title: The engine, sources: [core-git, hub], tags: [engine], thresholds: {core: 10}}
  bench: {title: The Bench, sources: [forum], tags: [help], thresholds: {core: 5}}
  walks: {title: Walks and local groups, sources: [meetups], tags: [walks], thresholds: {core: 3}}

engagement:
  model: orbit-v2
  weights: {default: 1, review: 2, answer: 2, event-organised: 3, talk: 3, release: 3, like: 0.1}
  window: 365d

# A first question is answered within two days. It is the one figure that we look at every Monday.
response: {first: 48h}

sync:
  create: {contributions: 2}
  order: [github, discourse, csv, git]

privacy:
  emails: hmac
  text: 280
  contact: plain
  retention: {note: 3y, person: 2y}
  audiences: {stewards: [ottoline-brackwater, rosalind-tveit]}

fields:
  tshirt: {type: text, purpose: sending a shirt, audience: team}
  word: {type: text, purpose: the list of words for a narrow lane on our pages, audience: public}
  availability: {type: text, purpose: whom to ask for help and when, audience: team}

check: {severity: {overdue-task: info}}
bots: [ginnel-bot, bench-keeper]
layout: {people: flat}
"""

TAGS = """\
# What we call things. A tag is for finding people again, never for ranking them.
tags:
  # What somebody does with us
  maintainer: {about: Reviews and merges, applies_to: [person]}
  release: {about: Makes releases or is about one, applies_to: [person, note]}
  mentor: {about: Takes newcomers by the hand, applies_to: [person]}
  mentee: {about: Was in the summer mentoring, applies_to: [person]}
  organiser: {about: Organises walks or events, applies_to: [person]}
  speaker: {about: Gives talks or would like to, applies_to: [person]}
  translator: {about: Translates the program or the manual, applies_to: [person]}
  packager: {about: Packages Ginnel for a distribution, applies_to: [person]}
  volunteer: {about: Has offered time and said when, applies_to: [person]}
  newcomer: {about: Arrived in the last half year; somebody keeps an eye out, applies_to: [person]}
  alumni: {about: Left a role well and is always welcome, applies_to: [person]}
  waymarker: {about: "Recognised by us: a carved peg and our thanks", applies_to: [person]}
  # What somebody knows
  expert/labels: {about: Where names go, applies_to: [person]}
  expert/paths: {about: Geometry of paths, applies_to: [person]}
  expert/print: {about: "Paper, folds, presses and PDF", applies_to: [person]}
  expert/relief: {about: Contours and hill shading, applies_to: [person]}
  expert/styles: {about: "Colours, symbols, contrast", applies_to: [person]}
  expert/text: {about: Scripts and shaping, applies_to: [person]}
  # Who somebody is to us
  press: {about: Writes about us, applies_to: [person, note]}
  production-user: {about: Prints maps that others rely on, applies_to: [person, note]}
  sponsor: {about: Gives money or paper, applies_to: [person, note]}
  # What something is about
  booth: {about: Being there with a table and maps, applies_to: [note]}
  docs: {about: The manual and the examples, applies_to: [person, note, source]}
  engine: {about: The renderer itself, applies_to: [note, source, subproject]}
  help: {about: Questions and answers, applies_to: [person, note, source, subproject]}
  print: {about: Paper and everything that lands on it, applies_to: [note]}
  styles: {about: How a map looks, applies_to: [note]}
  walks: {about: Local groups and map walks, applies_to: [note, source, subproject]}
  words: {about: Words for a narrow lane, applies_to: [note]}

keywords:
  manual: {tag: docs, words: [manual, tutorial, handbook, chapter]}
  paper: {tag: print, words: [printer, paper, fold, folded, A3, margin, ink]}
  looks: {tag: styles, words: [colour, contrast, symbol, legend]}
  outdoors: {tag: walks, words: [map walk, local group, meeting point]}
  lanes: {tag: words, words: [my word for it, ginnel or snicket]}

segments:
  quiet-maintainers:
    title: Maintainers we have not heard from for two months
    where: "list_contains(tags, 'maintainer') AND last_seen < current_date - INTERVAL 60 DAY"
  new-faces:
    title: Arrived in the last three months
    where: "kind = 'person' AND NOT staff AND first_seen >= current_date - INTERVAL 90 DAY"
  bridges:
    title: At home in the code and on the Bench
    where: "kind = 'person' AND NOT staff AND contributions >= 50 AND conversations >= 100"
  next-waymarkers:
    title: Could be thanked with a peg
    where: "level <= 2 AND kind = 'person' AND NOT staff AND NOT list_contains(tags, 'waymarker')"
  speakers:
    title: Would give a talk
    where: "list_contains(tags, 'speaker')"
  nobody-looks-after:
    title: Active and without an owner
    where: "owner IS NULL AND NOT staff AND kind = 'person' AND contributions >= 10"
"""

MKDOCS = """\
site_name: Ginnel
site_description: Walking maps for paper, and the people who make them
site_dir: build/site
docs_dir: site/docs
use_directory_urls: true
theme:
  name: material
  language: en
  font: false
  icon:
    logo: material/map-marker-path
  palette:
    - media: "(prefers-color-scheme: light)"
      scheme: default
      primary: custom  # crmtool's own colours; any of Material's would do
      accent: custom
      toggle: {icon: material/weather-night, name: Dark}
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      primary: custom
      accent: custom
      toggle: {icon: material/weather-sunny, name: Light}
  features:
    - content.code.copy
    - navigation.footer
    - navigation.tabs
    - navigation.top
    - search.highlight
    - search.suggest
    - toc.follow
"""

SOURCES = {
    "core-git": """\
type: git
target: https://git.example.org/ginnel/engine.git
branch: main
subproject: engine
tags: [engine]
""",
    "hub": """\
type: github
target: ginnel-example/ginnel
subproject: engine
tags: [docs, engine]
""",
    "forum": """\
type: discourse
target: https://forum.example.org
subproject: bench
tags: [help]
""",
    "meetups": """\
type: csv
target: attendance.csv
subproject: walks
tags: [walks]
weights: {event-attended: 2}
""",
}

INDEX = """\
# Ginnel

A *ginnel* is a narrow path between houses: made by everybody who ever walked it, owned by nobody
in particular, and the quickest way to the other side.

Ginnel draws walking maps for paper from open data. It began in 2019, when a librarian in Leeds
wanted a map that her walking group could print and scribble on. Since then mountain teams carry
our sheets in their jackets, a hostel warden pins them up in his hall, and in Kotagede a map of the
lanes hangs at the corner where people used to get lost.

These are the people behind it. Look around, see who is new, and say hello before you need us:

- **New here?** Tell us [your word for a narrow lane](how-we-work.md#bring-a-word).
- **Stuck?** Ask on the Bench. A first question is answered within two days, usually by tea-time.
- **Want to help?** Walk somewhere with one of our sheets and tell us where it was wrong.

*Everyone on these pages is invented. The warmth is meant.*
"""

HOW_WE_WORK = """\
# How we work

## Bring a word

Snicket, vennel, σοκάκι, 巷子, zaułek, زقاق: whoever joins brings a word for a narrow lane. It is
an easy first post, nobody can get it wrong, and every release is named after one of the words. The
last was *Sund*; the next, in December, will be *Gang*, which is Indonesian for exactly that.

## Talk first, then write it down

After a good conversation, write a note: what was said, in two or three sentences, in words that the
person could read over your shoulder. If it needs doing, add a task with a date. What has no date is
a wish.

## Days, weeks, months

- **Every morning:** what is due, and who is waiting for a first answer.
- **Every Monday:** who is new, whom we should thank, which two accounts may be one person. Look at
  more than the name before you join them; ask Ana and Anna.
- **Every month:** the report. How we did against last month and last year, who has become quiet,
  and which two parts of us are held together by a single person.

## Thank people

A thank-you names the thing: not "great work" but "the springs on the Ötztal sheet". Once a year
the *waymarkers* get a peg of ash wood, carved in Machynlleth, with their word burnt into it.

## When somebody leaves

People may stop, for any reason or none. Whoever looks after them writes once, kindly, and
then waits. Roles are
handed over on paper: what, where, who is counting on it, and what has never worked.

## What we keep of people

As little as serves them. How to reach somebody stands here only if they agreed, and for what.
Anything can be read, corrected or taken out: ask Ottoline or Rosalind.
"""
