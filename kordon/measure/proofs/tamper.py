"""Forged messages, with and without the true keys: none is taken, nothing breaks, forks are found.

A real headquarters and real posts in one process. Forgers send what is malformed, replayed,
changed, signed with other keys, signed with the true key but not theirs to say, and forks; to
headquarters, to a post, and as answers to a post. Then every byte of real messages is flipped.
After each forgery entries, rows, heads and receipts must be what they were, and nothing but a
documented refusal may come out.
"""

import time

from kordon.measure.home import temporary_home
from kordon.measure.report import Report

MESSAGES = 1000
SEED = 20_261_126
HERE = "kordon.measure.tampering"


def measure(report: Report) -> None:
    begun = time.monotonic()
    with temporary_home(KORDON_LOG_LEVEL="CRITICAL") as home:
        answer = home.call(f"{HERE}:forge", messages=report.usually(MESSAGES), seed=SEED)
    for what, times in answer["tried"].items():
        report.look_at(what, times)
    report.figure("classes", len(answer["tried"]), at_least=20)
    report.figure("forgeries", sum(answer["tried"].values()))
    report.figure("taken", len(answer["taken"]), at_most=0)
    report.figure("broken_by", len(answer["raised"]), at_most=0)
    report.figure("forks_missed_and_damage_found", len(answer["wrong"]), at_most=0)
    report.figure("seconds", time.monotonic() - begun)
    for words in (*answer["taken"][:8], *answer["raised"][:8], *answer["wrong"][:8]):
        report.note(words)
