"""The bench of the registry, as small as it can be: that it asks everything and takes back."""

from kordon.measure.benches import registry
from kordon.measure.report import Report


def test_every_question_is_asked_and_every_stay_is_paired_as_the_rule_says():
    report = Report(name="bench registry", count=2000, only="sqlite")
    registry.measure(report)
    assert report.examined["border.Crossing on sqlite"] == 2000
    counted = {name: value for name, value in report.figures.items() if "_ms" not in name}
    assert counted.pop("sqlite_crossings_applied_per_s") > 0
    assert set(counted.values()) == {0}, counted
