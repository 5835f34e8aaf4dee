"""Whatever is done to the journal behind its back is found: 10,000 random mutations.

Each mutation is made by SQL in a transaction of its own, the journal is verified, and all is
undone. Two kinds of forger: one who can write to the database, and one who also knows how
seals are made and seals everything anew behind the change. Against the second, and against a
cut tail, the signed head here or a head kept elsewhere must speak. An untouched journal must
verify after every hundredth mutation, or finding everything would mean nothing.
"""

import collections
import random
import time
from typing import Any

from kordon.measure.home import temporary_home
from kordon.measure.report import Report

MUTATIONS = 10_000
ENTRIES = 24
HERE = "kordon.measure.proofs.journal"
SEED = 20_261_122


def measure(report: Report) -> None:
    with temporary_home() as home:
        begun = time.monotonic()
        answer = home.call(f"{HERE}:mutate", times=report.usually(MUTATIONS), seed=SEED)
        took = time.monotonic() - begun
    for what, number in answer["made"].items():
        report.look_at(f"mutations: {what}", number)
    made = sum(answer["made"].values())
    report.look_at("untouched journals", answer["untouched"])
    report.figure("mutations", made)
    report.figure("found_share", (made - len(answer["missed"])) / made, at_least=1)
    report.figure("false_alarms", answer["false_alarms"], at_most=0)
    report.figure("seconds", took)
    for what in answer["missed"][:5]:
        report.note(f"not found: {what}")


def mutate(times: int, seed: int) -> dict[str, Any]:
    """Runs in the node: write a journal, then spoil it ``times`` times and look."""
    from django.db import transaction  # noqa: PLC0415  (only the child has the framework)

    from kordon.journal.verifying import export_heads, verify  # noqa: PLC0415
    from kordon.measure.forger import Forger, write_journal  # noqa: PLC0415

    write_journal(ENTRIES)
    kept = export_heads()
    chance = random.Random(seed)  # noqa: S311  # nosec B311 (repeatable, not secret)
    made: collections.Counter[str] = collections.Counter()
    missed: list[str] = []
    untouched = false_alarms = 0
    forge = Forger(chance)
    while sum(made.values()) < times:
        what = chance.choice(list(forge.deeds))
        with transaction.atomic():
            described, needs_witness = forge.deeds[what]()
            faults = verify(kept if needs_witness else ()).faults
            transaction.set_rollback(True)
        made[what] += 1
        if not faults:
            missed.append(f"{what}: {described}")
        if sum(made.values()) % 100 == 0:
            untouched += 1
            false_alarms += len(verify(kept).faults)
    counted = dict(sorted(made.items()))
    return {
        "made": counted,
        "missed": missed,
        "untouched": untouched,
        "false_alarms": false_alarms,
    }
