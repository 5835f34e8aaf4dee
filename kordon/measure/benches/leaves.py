"""Two hundred leaves: how soon all have been answered again after the broker was killed.

Headquarters with its application and its broker, and a real nats-server with a key and rights
of its own for each of 200 posts. Each post brings a small batch, hears the receipt, and brings
it again five seconds later. Then the hub is killed (kill -9) and started again, and all have
something to say at once: timed is, for each leaf, until the first receipt for a batch sent after
that. All of them share this machine; 200
leaves want 5 GB of memory.
"""

import asyncio
import os
import tempfile
import time
from pathlib import Path

from kordon.measure.children import Child, running
from kordon.measure.country import ENDS
from kordon.measure.home import temporary_home
from kordon.measure.hub import Hub
from kordon.measure.leaves import Leaves, memory_of, processor_of
from kordon.measure.report import Report, percentile

COUNT = 200
EVERY_S = 5.0
STEADY_S = 5.0
PATIENCE_S = 120.0


def measure(report: Report) -> None:
    count = report.usually(COUNT)
    with (
        temporary_home(node="HQ", KORDON_KIND="hq", KORDON_LOG_LEVEL="ERROR") as hq,
        tempfile.TemporaryDirectory(prefix="kordon-leaves-") as folder,
    ):
        report.progress(f"making headquarters and {count} posts …")
        hub = Hub(hq)
        leaves = Leaves.make(hub, hq, Path(folder), count)
        hub.start()
        try:
            office = Child(hq, f"{ENDS}:serve", {})
            with running(office):
                _measure_leaves(report, hub, leaves, office)
        finally:
            hub.stop()


def _measure_leaves(report: Report, hub: Hub, leaves: Leaves, office: Child) -> None:
    count = len(leaves.each)
    report.progress(f"starting {count} leaves …")
    begun = time.monotonic()
    with leaves:
        leaves.wait_until_connected(PATIENCE_S)
        office.check()
        report.look_at("leaves connected", leaves.connected())
        report.figure("connected_s", time.monotonic() - begun)
        assert office.process is not None
        asyncio.run(_measure_answers(report, hub, leaves, office.process.pid))


async def _measure_answers(report: Report, hub: Hub, leaves: Leaves, office: int) -> None:
    leaves.open()
    hurry = asyncio.Event()
    going_on = [asyncio.create_task(leaf.go_on(EVERY_S, hurry)) for leaf in leaves.each]
    try:
        await leaves.answered_since(0.0, PATIENCE_S)
        took = await _live(leaves)
        report.figure("answer_p50_ms", percentile(took, 0.5) * 1000)
        report.figure("answer_p99_ms", percentile(took, 0.99) * 1000)
        report.figure("hub_mb", memory_of(hub.server.pid))
        pids = [leaf.process.pid for leaf in leaves.each if leaf.process]
        report.figure("leaf_mb", sum(map(memory_of, pids)) / len(pids))
        await _measure_kill(report, hub, leaves, hurry, [os.getpid(), office, *pids])
    finally:
        ended = [task for task in going_on if task.done() and not task.cancelled()]
        for task in going_on:
            task.cancel()
        await asyncio.wait(going_on)
        await leaves.close()
        for task in ended:
            task.result()  # whatever ended it was no fault of the line


async def _live(leaves: Leaves) -> list[float]:
    """Seconds of one answer to each leaf, after they have gone on for a while."""
    await asyncio.sleep(STEADY_S)
    await leaves.answered_since(time.monotonic() - EVERY_S, PATIENCE_S)
    return [came - sent for sent, came in (leaf.answered for leaf in leaves.each)]


async def _measure_kill(
    report: Report, hub: Hub, leaves: Leaves, hurry: asyncio.Event, others: list[int]
) -> None:
    report.progress("the hub is killed …")
    killing = time.monotonic()
    await asyncio.to_thread(hub.kill)
    before = {pid: processor_of(pid) for pid in others}
    starting = time.monotonic()
    hurry.set()  # everybody has something to say just then
    await asyncio.to_thread(hub.start_again)
    pids = [hub.server.pid, *others]
    answered = await leaves.answered_since(starting, PATIENCE_S)
    worked = sum(processor_of(pid) - before.get(pid, 0.0) for pid in pids)
    report.look_at("leaves answered again after the hub was killed", len(answered))
    back = [at - starting for at in answered]
    report.figure("back_after_restart_p50_s", percentile(back, 0.5))
    report.figure("back_after_restart_max_s", max(back), at_most=10)
    report.figure("back_after_kill_max_s", max(answered) - killing)
    # What a machine with nothing else to do would need at least, divided by its cores.
    report.figure("back_processor_s", worked)
    report.figure("hub_after_restart_mb", memory_of(hub.server.pid))
