"""Does a page keep to WCAG as far as a machine can tell?

``axe.min.js`` is axe-core 4.14.1 (MPL-2.0), used by tests only and never served.
"""

import json
from pathlib import Path
from typing import Any

AXE = Path(__file__).with_name("axe.min.js")


def axe_violations(page: Any) -> list[str]:
    """What axe finds on a Playwright page, one line each.

    It is put in through the debugger, so the page's own policy stays as strict as it is.
    """
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
    asked = session.send(
        "Runtime.evaluate",
        {
            "expression": "axe.run(document).then(r => JSON.stringify(r.violations))",
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    session.detach()
    return [
        f"{violation['id']}: {node['html'][:160]} | {node['failureSummary']}"
        for violation in json.loads(asked["result"]["value"])
        for node in violation["nodes"]
    ]
