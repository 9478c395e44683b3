"""Pages made up for training: repeatable, true to their roles, and with wordings kept aside."""

from intake.extraction.roles_of_words import PAGE_ROLES, WORD_ROLES
from intake.training.dice import Dice, split
from intake.training.pages import samples
from intake.training.tables import table


def words_of(seed, **options):
    return [(page.role, page.words, page.word_roles) for page in samples(seed, **options)]


def test_the_same_seed_makes_the_same_pages():
    assert words_of("one") == words_of("one")
    assert words_of("one") != words_of("two")


def test_every_word_and_page_has_a_known_role():
    pages = [page for seed in range(40) for page in samples(seed)]
    assert {role for page in pages for role in page.word_roles} <= set(WORD_ROLES)
    assert {page.role for page in pages} <= set(PAGE_ROLES)


def test_every_role_occurs():
    pages = [page for seed in range(150) for page in samples(seed)]
    assert {role for page in pages for role in page.word_roles} == set(WORD_ROLES)
    assert {page.role for page in pages} == set(PAGE_ROLES)


def test_training_never_uses_a_wording_that_is_kept_aside():
    words = table("labels")["reason"]["own"]
    usual, kept = split(tuple(words))
    dice = Dice(1)
    assert kept
    assert {dice.wording(words) for _ in range(500)} == set(usual)


def test_pages_kept_aside_use_such_wordings():
    words = table("labels")["reason"]["own"]
    dice = Dice(1, aside=True)
    assert {dice.wording(words) for _ in range(500)} & set(split(tuple(words))[1])
