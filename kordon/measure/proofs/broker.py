"""All that the broker keeps is deleted amid full load, twice: nothing is lost.

Three posts record and send. Then the broker's whole store is removed under the running server
(rm -rf), and later once more with the server killed, as a disk that is replaced. What the broker
had stored and headquarters had not answered, posts send again.
"""

import time

from kordon.measure.children import wait_for
from kordon.measure.country import Country, temporary_country
from kordon.measure.report import Report

ENTRIES = 30_000
PACE = 200.0
PATIENCE_S = 600.0


def measure(report: Report) -> None:
    each = -(-report.usually(ENTRIES) // 3)
    with temporary_country(report) as country:
        with country.open():
            country.begin(entries=each, pace=PACE)
            under_way = 0
            for part, kills in ((1, False), (2, True)):
                _wait_for_load(country, each * part // 3)
                under_way += _delete(country, kills)
                report.progress("the store is deleted" + (", the server killed" if kills else ""))
            begun = time.monotonic()
            country.wait_until_done(each, PATIENCE_S + each / 100)
            report.figure("from_the_second_until_all_is_there_s", time.monotonic() - begun)
        report.look_at("times the store was deleted", 2)
        report.look_at("entries recorded and not yet held just then", under_way)
        country.compare(report, each)
    report.figure("delay_worst_s", max(country.delays()))


def _wait_for_load(country: Country, entries: int) -> None:
    """Until every post has so many at headquarters; it goes on recording."""

    def there() -> bool:
        return all(post.acknowledged >= entries for post in country.posts)

    wait_for(there, country.children, PATIENCE_S, "posts are in full load")


def _delete(country: Country, kills: bool) -> int:
    if kills:
        country.hub.kill()
    country.hub.delete_store()
    if kills:
        country.hub.start_again()
    return sum(post.recorded - post.acknowledged for post in country.posts)
