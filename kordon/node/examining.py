"""Examining a restored node before anybody believes it: ``python -m kordon.node.examining HEADS``.

A process of its own, whose environment names the node. An older version's tables are brought
to this version first; that is what the first start would do.
"""

import os
import sys
from pathlib import Path


def main(heads: Path) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kordon.node.settings")
    import django  # noqa: PLC0415  (the environment must be there first)

    django.setup()
    from kordon.journal.verifying import read_witness, verify  # noqa: PLC0415
    from kordon.node import starting  # noqa: PLC0415

    starting.check_identity()
    starting.migrate(lambda words: None)
    witnesses = [read_witness(line) for line in heads.read_text().splitlines() if line]
    verdict = verify(witnesses)
    for fault in verdict.faults:
        print(f"{fault.channel} {fault.number}: {fault.text}", file=sys.stderr)
    print(verdict.entries)
    return 1 if verdict.faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
