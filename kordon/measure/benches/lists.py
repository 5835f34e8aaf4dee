"""Published lists asked for their own people: ``kordon bench lists FILE…``

FILE: the UN list (XML), a folder with OFAC's sdn.csv and alt.csv, FollowTheMoney JSON; and a CSV of
invented innocents (full_name, date_of_birth, nationality, gender), without which our own are
taken; without a list, an invented one. Trials: an alias against the primary name alone; a name
left out of all others; Latin against one other writing alone. What is asked is never on the list
of its trial.
"""

import math
from collections.abc import Sequence

from kordon.lib.screening import Index
from kordon.measure.population import HELD_OUT, Listed, Population, Traveller, innocents
from kordon.measure.population.screened import listing_of, person_of
from kordon.measure.report import Report, percentile
from kordon.measure.screening.accuracy import (
    NOTHING,
    deviation,
    measurable,
    named,
    share_above,
    threshold_for,
)
from kordon.measure.screening.asking import Answer, answer_of, timed
from kordon.measure.screening.peers import LogicV2, missing
from kordon.measure.screening.published import Unreadable, read_files
from kordon.measure.screening.trials import Trial, trials

INNOCENTS = 5_000
INVENTED = 5_000
"""Persons of the invented list, where no published one is given."""
FEWEST = 100
"""A bar is told of no fewer travellers."""
RATES = (1.0, 3.0)
FLOOR = 0.0
JUDGED = 400
"""Travellers of each side that LogicV2 judges: some ten milliseconds each."""


def measure(report: Report) -> None:
    try:
        listed, strangers = read_files(report.files)
    except Unreadable as problem:
        raise SystemExit(str(problem)) from None
    number = report.innocents or INNOCENTS
    if not listed or not strangers:
        seed = HELD_OUT if report.seed is None else report.seed
        people = Population(seed)
        if not strangers:
            strangers = list(innocents(people, number))
            report.note(f"no file of innocents given: invented ones of seed {seed} were asked")
        if not listed:
            listed = list(people.listings(0, report.usually(INVENTED)))
            report.note(f"no list given: the list is invented too, {len(listed):,} persons")
    report.look_at("listed persons", len(listed))
    report.look_at("innocent travellers", min(number, len(strangers)))
    _whole_list(report, listed, strangers[:1000])
    if word := missing("logic_v2"):
        report.note(word)
    for trial in trials(listed, strangers[:number]):
        _try(report, trial)


def _whole_list(report: Report, listed: Sequence[Listed], strangers: Sequence[Traveller]) -> None:
    """Size and speed with everything the lists have."""
    Index.warm_up()
    index = Index.build(map(listing_of, listed))
    took = timed(index, strangers).processor
    report.figure("whole_list_processor_p50_ms", percentile(took, 0.5))
    report.figure("whole_list_processor_p99_ms", percentile(took, 0.99))


def _try(report: Report, trial: Trial) -> None:
    name = trial.name
    report.progress(f"{name}: {len(trial.asked):,} listed, {len(trial.strangers):,} innocent …")
    report.look_at(name, len(trial.asked))
    if not trial.asked:
        report.note(f"{name}: nobody on these lists can be asked for")
        return
    index = Index.build(map(listing_of, trial.listed))
    meant = [answer.meant for answer in _answers(index, trial.asked)]
    best = [answer.best for answer in _answers(index, trial.strangers)]
    for rate in RATES:
        if not measurable(len(best), rate):
            report.note(f"{name}: {rate:g} per 1,000 is not told, too few innocents")
            continue
        recall = share_above(meant, threshold_for(best, rate))
        bar = trial.bar if rate == RATES[1] and len(meant) >= FEWEST else None
        report.figure(f"{name}_at_{named(rate)}", recall, at_least=bar)
        if trial.bar and rate == RATES[1]:
            error = deviation(recall, len(meant))
            report.note(f"{name}_at_{named(rate)}: of {len(meant):,}, ± {error:.3f} (1 σ)")
    report.figure(f"{name}_found_at_any_score", share_above(meant, NOTHING))
    if not missing("logic_v2"):
        _beside(report, trial, index, best)


def _answers(index: Index, travellers: Sequence[Traveller]) -> list[Answer]:
    return [answer_of(index, each, person_of(each), FLOOR) for each in travellers]


def _beside(report: Report, trial: Trial, index: Index, best: Sequence[float]) -> None:
    """LogicV2 on our fifteen best candidates, at its own threshold; and ours at its rate."""

    def candidates(traveller: Traveller, number: int) -> list[int]:
        found = index.search(person_of(traveller), limit=number, threshold=FLOOR)
        return [int(candidate.key) for candidate in found]

    judge = LogicV2(candidates)
    judge.fill({each.number: each for each in trial.listed})
    cut = LogicV2.OWN_THRESHOLD - 1e-9
    asked, strangers = trial.asked[:JUDGED], trial.strangers[: JUDGED * 2]
    recall = share_above((judge.find(each).get(each.number, NOTHING) for each in asked), cut)
    false = share_above(
        (max(judge.find(each).values(), default=NOTHING) for each in strangers), cut
    )
    report.figure(f"{trial.name}_logic_v2", recall)
    report.figure(f"{trial.name}_logic_v2_false_per_1000", false * 1000)
    if math.isfinite(false):
        same = threshold_for(best, max(false * 1000, 1000 / len(best)))
        ours = share_above((each.meant for each in _answers(index, asked)), same)
        report.figure(f"{trial.name}_kordon_at_that_rate", ours)
