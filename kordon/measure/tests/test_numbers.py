import json

import pytest

from kordon.measure import frame


def test_the_bench_of_numbers_finds_every_held_one(capsys):
    with pytest.raises(SystemExit):
        frame.bench(["numbers", "--count", "3000", "--json"])
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert said["examined"]["numbers held"] == 3000
    assert said["examined"]["numbers asked for (exact)"] == 3000
    assert said["figures"]["missed"] == 0
    assert said["figures"]["strangers_alike_in_their_state_per_1000"] < 10
