"""The bench of pages, as small as it can be: every kind of damage once, nothing silently wrong."""

from kordon.measure.benches import pages
from kordon.measure.report import Report


def test_pages_are_drawn_read_and_counted():
    report = Report(name="bench pages", count=9, seed=1)
    pages.measure(report)
    assert report.examined == {"pages": 9}
    assert report.figures["silently_wrong"] == 0
    outcomes = [value for name, value in report.figures.items() if name.startswith("outcome_")]
    assert sum(outcomes) == 9
    assert report.figures["exact_share"] > 0.5
    assert {"exact_share", "silently_wrong", "page_s_p95"} <= set(report.bars)


def test_a_seed_draws_the_same_page_again():
    assert pages.drawn(3, 4) == pages.drawn(3, 4)
    assert pages.drawn(3, 4).lines != pages.drawn(4, 4).lines
