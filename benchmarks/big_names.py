"""Plain invented names, as many as wanted."""

from __future__ import annotations

from collections.abc import Iterator

_FIRST = (
    "Abel Brisa Cato Delia Edda Finn Greta Hugo Isla Jonas Kaja Lars Mina Nils Orla Pavel Quinn"
    " Rhea Soren Tilda Ugo Vera Wim Xenia Yara Zeno Alma Bruno Cora Dario Elin Fabio Gwen Henk"
    " Ilse Joris Karla Leon Mara Noel Oda Piet Rosa Sven Thea Uma Viktor Wanda Yves Zita"
)
_STEMS = (
    "Alder Birch Cedar Dell Elm Fern Gorse Heath Ivy Juniper Knoll Linden Moss Nettle Oak Pine"
    " Quarry Reed Sedge Thorn Under Vale Willow Yarrow Ash Brook Cliff Dale Ember Field"
)
_ENDS = (
    "berg brook by croft dahl feld ford gard ham holm hurst land ley lund mark mere moor nes"
    " ridge sen shaw son stad strom thorpe ton vik ward well wick"
)


FIRST, STEMS, ENDS = _FIRST.split(), _STEMS.split(), _ENDS.split()


def full_name(number: int) -> str:
    """Return the name of one person; it comes again after 45,000 others."""
    first = FIRST[number % len(FIRST)]
    rest = number // len(FIRST)
    return f"{first} {STEMS[rest % len(STEMS)]}{ENDS[rest // len(STEMS) % len(ENDS)]}"


def slugs(count: int) -> Iterator[str]:
    """Yield one slug a person; who has somebody's name has a number behind it."""
    several = len(FIRST) * len(STEMS) * len(ENDS)
    for number in range(count):
        slug = full_name(number).lower().replace(" ", "-")
        yield slug if number < several else f"{slug}-{number // several + 1}"
