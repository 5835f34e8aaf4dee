"""Headquarters and a post as ``kordon demo --posts 1`` makes them; a cable cut and mended."""

import http.cookiejar
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from select import select

from kordon.measure.home import Home, free_port
from kordon.node.country import CODE, HQ, INSIDE
from kordon.node.tests.test_demonstration import is_free, started_by

HAPPEN = "kordon.network.tests.field:happen"
PATIENCE_S = 180


class Browser:
    """Forms of one node, as somebody signed in."""

    def __init__(self, address):
        self.address = address
        self.jar = http.cookiejar.CookieJar()
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar)).open

    def get(self, path):
        return self.open(self.address + path, timeout=60).read().decode()

    def post(self, path, page, **said):
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(page))[1]
        body = urllib.parse.urlencode({**said, "csrfmiddlewaretoken": token}).encode()
        return self.open(self.address + path, body, timeout=60).read().decode()


def wait_until(holds):
    until = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.2)


def test_a_post_goes_on_while_its_cable_is_cut_and_headquarters_gets_all(tmp_path):
    root, port = tmp_path / "country", free_port()
    call = [sys.executable, "-c", CODE, "demo", "--posts", "1", "--no-browser", "--json"]
    environment = {**os.environ, "KORDON_HOME": str(root)}
    with subprocess.Popen(
        [*call, "--port", str(port)], env=environment, stdout=subprocess.PIPE
    ) as demo:
        try:
            told = json.loads(demo.stdout.readline())
            endings = [os.pidfd_open(child) for child in started_by(demo.pid)]
            _cut_and_mend(told, root)
        finally:
            demo.send_signal(signal.SIGTERM)
        assert demo.wait(timeout=PATIENCE_S) == 0
    for each in endings:
        assert select([each], [], [], PATIENCE_S)[0]
        os.close(each)
    assert is_free(port)
    assert is_free(port + 1)


def _cut_and_mend(told, root):
    (station,) = told["posts"]
    hq, post = Home(root / HQ), Home(root / station["node"])

    def standing():
        return post.call(f"{INSIDE}:standing")

    office, gate = Browser(told["address"]), Browser(station["address"])
    for browser, login in ((office, "demo-network"), (gate, station["accounts"][0])):
        browser.post("demo/switch", "demo/tour", login=login, next="/demo/tour")
    wait_until(lambda: standing()["up"])
    change = {"page": "demo/cables/", "node": station["node"]}
    assert "Mend the cable" in office.post("demo/cables/change", deed="cut", **change)
    wait_until(lambda: not standing()["up"])
    post.call(HAPPEN, count=5)
    cut = standing()
    assert cut["recorded"] >= cut["acknowledged"] + 5
    assert "demo-banner" in gate.get("demo/")  # the post works on

    assert "Cut the cable" in office.post("demo/cables/change", deed="mend", **change)
    wait_until(lambda: standing()["acknowledged"] >= cut["recorded"])
    held = re.search(r"<td>(\d+)</td>\s*<td>\d+</td>\s*</tr>", office.get("demo/cables/"))
    assert int(held[1]) >= cut["recorded"]
    assert hq.folder.exists()
