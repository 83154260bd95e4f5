"""Names of many scripts and habits, in one alphabet."""

from __future__ import annotations

import pytest

from crmtool.identity.names import Rarity, read, related, sound

READ = {
    "Ada Lovelace": "ada lovelace",
    "LOVELACE, Ada": "lovelace ada",
    "Dr. Łukasz Żółw (Acme)": "lukasz zolw",
    "WillTirone": "will tirone",
    "kai-striega": "kai striega",
    "Ronald McDonald": "ronald mcdonald",
    "RonaldMcDonald": "ronald mcdonald",
    "Conan O'Brien": "conan obrien",
    "王伟": "wang wei",
    "Борис Верховский": "boris verkhovskiy",
    "Jón Jónsson": "jon jonsson",
    "राम कुमार": "ram kumar",
    "ada@example.org": "ada",
    "Ada Lovelace via lists": "ada lovelace",
    "(hidden)": "hidden",
    "": "",
    "!?": "",
}


@pytest.mark.parametrize("text", READ)
def test_a_name_is_read(text: str) -> None:
    assert " ".join(read(text).words) == READ[text]


@pytest.mark.parametrize(
    ("a", "b"),
    [("Ada Lovelace", "lovelace ADA"), ("Jürgen Groß", "Jurgen Gross"), ("王伟", "Wei Wang"),
     ("Kai-Striega", "kai striega")],
)  # fmt: skip
def test_one_full_name_has_one_key(a: str, b: str) -> None:
    assert read(a).key == read(b).key != ""


@pytest.mark.parametrize("text", ["Ada", "ada_", "A B", "", "root"])
def test_what_is_no_full_name_has_none(text: str) -> None:
    assert read(text).key == ""


@pytest.mark.parametrize(
    ("a", "b"),
    [("juergen", "jurgen"), ("verkhovskiy", "verhovsky"), ("zhukov", "jukov"), ("phillip", "filip"),
     ("yulia", "iulia"), ("schmidt", "shmidt")],
)  # fmt: skip
def test_spellings_of_one_sound(a: str, b: str) -> None:
    assert sound(a) == sound(b)


@pytest.mark.parametrize(("a", "b", "may_be"), [
    ("Ada Lovelace", "Ada King", True), ("M Bussonnier", "Matthias B", True),
    ("Ada Lovelace", "adalovelace", True), ("Ada Lovelace", "Charles Babbage", False),
    ("Борис Петров", "Boris Petroff", True),
])  # fmt: skip
def test_whose_names_may_be_one_human_s(a: str, b: str, may_be: bool) -> None:
    assert related(read(a), read(b)) is may_be


def test_a_name_is_rare_by_what_others_are_called() -> None:
    crowd = [read(f"Ada Number{n:03}") for n in range(200)] + [read("Grace Hopper")]
    rarity = Rarity(crowd)
    assert rarity.namesakes(["ada", "king"]) > 10 * rarity.namesakes(["grace", "hopper"])


def test_a_name_of_many_countries_is_common_among_few_people_too() -> None:
    rarity = Rarity([read("Grace Hopper")])
    assert rarity.namesakes(["wei", "wang"]) > 100 * rarity.namesakes(["ada", "lovelace"])
