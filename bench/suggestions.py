"""How often a storyline is suggested rightly for a story, and two numbers are rightly called the same thing.

Run apart as `python -m bench.suggestions -v`, it prints what was missed in practice. What
was missed in the test set is never shown: whoever looked would begin to write for the test.
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from bench.figures import Figure, Stopwatch
from bench.ground import Ground
from nutgraf.storylines import corpus, likeness
from nutgraf.storylines.corpus.scoring import PRECISION_AIM, RECALL_AIM, Tally, score_numbers, score_stories
from nutgraf.storylines.likeness import Commonness, Profile, Trait, TraitKind

STORYLINES, NAMES_EACH, ROUNDS = 300, 400, 30


def measure(ground: Ground) -> Iterator[Figure]:
    """Score practice and test, then time a suggestion among many storylines."""
    for part, aims in (("practice", ""), ("test", f"{PRECISION_AIM}, {RECALL_AIM}")):
        stories, numbers = scores(part)
        for name, tally in (("storyline for a story", stories), ("number is the same thing", numbers)):
            is_met = tally.precision >= PRECISION_AIM and tally.recall >= RECALL_AIM
            yield Figure(f"{name}, {part}: precision, recall", _told(tally), aims, is_met if aims else None)
    yield _speed()


def scores(part: str) -> tuple[Tally, Tally]:
    """Return the score of stories and that of numbers; stories of the test are told among those of practice."""
    told = corpus.stories("practice")
    if part == "test":
        told = sorted([*told, *corpus.stories("test")], key=lambda story: (story.on, story.headline))
    return score_stories(told, part=part), score_numbers(corpus.numbers(part))


def _told(tally: Tally) -> str:
    return (
        f"{tally.precision:.3f}, {tally.recall:.3f}; {tally.right + len(tally.missed)} due,"
        f" asked rightly {tally.asked_rightly}, wrongly {tally.asked_wrongly}"
    )


def _speed() -> Figure:
    traits = [Trait(TraitKind.PERSON, f"name {number}", f"Name {number}") for number in range(60)]
    counts = {f"name {number}": 2 for number in range(NAMES_EACH)}
    profiles = {number: Profile(20, counts) for number in range(STORYLINES)}
    watch = Stopwatch()
    for _ in range(ROUNDS):
        with watch.running():
            likeness.suggest(traits, profiles, Commonness(100_000, counts))
    return Figure(f"a suggestion among {STORYLINES} storylines that share everything", f"{watch.median:.1f} ms")


@click.command(help=__doc__)
@click.option("-v", "is_verbose", is_flag=True, help="Say what was wrong and what was missed in practice.")
def main(is_verbose: bool) -> None:
    for tally in scores("practice"):
        click.echo(_told(tally))
        if is_verbose:
            for line in tally.wrong:
                click.echo(f"  wrong: {line}")
            for line in tally.missed:
                click.echo(f"  missed: {line}")


if __name__ == "__main__":
    main()
