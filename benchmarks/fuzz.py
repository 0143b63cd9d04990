"""Lints mutants of our own workflows by the thousand, and tells what is amiss.

``python benchmarks/fuzz.py --mutants 20000 --dice 7`` from the checkout. A mutant
that crashes the program, takes long, or brings an internal error is kept as a file.
"""

import argparse
import os
import random
import sys
import tempfile
import time
import traceback
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.mutation import mutants, seeds
from tests.robustness import complaints


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--mutants", type=int, default=20_000)
    parser.add_argument("--dice", type=int, default=7, help="what the dice are seeded with")
    parser.add_argument("--keep", type=Path, default=Path("fuzz"), help="where bad ones are kept")
    options = parser.parse_args()
    keep = options.keep.absolute()
    started = time.monotonic()
    amiss: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path(".git").mkdir()
        dice = random.Random(options.dice)
        for number, data in enumerate(islice(mutants(seeds(), dice), options.mutants)):
            for complaint in _complaints(data, Path(folder)):
                if amiss.setdefault(complaint, number) == number:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{options.dice}-{number}.yaml").write_bytes(data)
                    sys.stdout.write(f"mutant {number}: {complaint}\n")
        os.chdir("/")
    seconds = time.monotonic() - started
    sys.stdout.write(f"{options.mutants} mutants, {len(amiss)} complaints, {seconds:.0f} s\n")
    sys.exit(bool(amiss))


def _complaints(data: bytes, folder: Path) -> list[str]:
    try:
        return list(complaints(data, folder))
    except Exception:
        return [traceback.format_exc()]


if __name__ == "__main__":
    main()
