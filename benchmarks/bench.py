"""How long a run takes: cold, over a tree, over one file, and beside the peers on PATH.

Wall time of whole processes, in turn with each peer in one run, so that a machine
whose speed drifts bends no ratio. ``benchmarks/README.md`` says how to repeat it.
"""

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

WORKFLOW = """\
apiVersion: argoproj.io/v1alpha1
kind: {kind}
metadata:
  name: flow-{number}
spec:
  entrypoint: main
  parallelism: {limit}
  templates:
  - name: main
    steps:
    - - name: generate
        template: generate
    - - name: process
        {call}
        withParam: "{{{{steps.generate.outputs.parameters.items}}}}"
        arguments:
          parameters:
          - name: message
            value: "{{{{item}}}}"
  - name: generate
    script:
      image: python:3.12
      command: [python]
      source: |
        import json
        with open("/tmp/items.json", "w") as file:
            json.dump(list(range({width})), file)
    outputs:
      parameters:
      - name: items
        valueFrom: {{path: /tmp/items.json, default: "[]"}}
  - name: work
    inputs:
      parameters:
      - name: message
    container:
      image: alpine:3.20
      command: [echo]
      args: ["{{{{inputs.parameters.message}}}}"]
"""


def write_tree(folder: Path, files: int, seed: int) -> None:
    """Write *files* workflows and libraries that call one another; same seed, same bytes."""
    dice = random.Random(seed)
    libraries = max(1, files // 4)
    for number in range(files):
        is_library = number < libraries
        call = "template: work"
        if not is_library and dice.random() < 0.5:
            name = f"flow-{dice.randrange(libraries)}"
            call = f"templateRef: {{name: {name}, template: work}}"
        text = WORKFLOW.format(
            kind="WorkflowTemplate" if is_library else "Workflow",
            number=number,
            limit=dice.randint(1, 50),
            call=call,
            width=dice.randint(1, 40),
        )
        path = folder / f"team-{number % 20}" / f"flow-{number}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def seconds(command: Sequence[str], folder: Path) -> float:
    """Return the wall time of one run of *command* in *folder*; its exit code does not matter."""
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def compare(ours: Sequence[str], peer: Sequence[str], folder: Path, runs: int) -> tuple[float, ...]:
    """Return the median times of *ours* and *peer*, and the median of the ratios by pairs."""
    seconds(ours, folder)
    seconds(peer, folder)
    pairs = [(seconds(ours, folder), seconds(peer, folder)) for _ in range(runs)]
    ratios = [mine / theirs for mine, theirs in pairs]
    return (
        statistics.median(mine for mine, _ in pairs),
        statistics.median(theirs for _, theirs in pairs),
        statistics.median(ratios),
    )


def peers() -> dict[str, list[str]]:
    """Return the commands of the peers found on PATH."""
    known = {"argo": ["argo", "lint", "--offline"], "tugboat": ["tugboat"]}
    return {name: command for name, command in known.items() if shutil.which(command[0])}


def stages(folder: Path) -> dict[str, float]:
    """Return the seconds that each stage takes over the files of *folder*, in this process."""
    from fanout_lint.analysis.facts import Facts, Links
    from fanout_lint.analysis.project import Project
    from fanout_lint.findings import Place
    from fanout_lint.model.build import argo_objects, build
    from fanout_lint.rulebook.index import load_index
    from fanout_lint.rulebook.run import Plan, run
    from fanout_lint.rulebook.select import choose
    from fanout_lint.shape.check import check
    from fanout_lint.source.text import Source, Span
    from fanout_lint.syntax.parse import parse

    taken: dict[str, float] = {}

    def clock(name: str, since: float) -> float:
        now = time.perf_counter()
        taken[name] = taken.get(name, 0.0) + now - since
        return now

    now = time.perf_counter()
    sources = [
        Source(str(path), path.read_text("utf-8")) for path in sorted(folder.rglob("*.y*ml"))
    ]
    now = clock("read", now)
    documents = [document for source in sources for document in parse(source)[0]]
    now = clock("syntax", now)
    for document in documents:
        for root in argo_objects(document.root):
            check(root, str(getattr(root.get("kind"), "value", "")), None)
    now = clock("shape", now)
    manifests = [manifest for document in documents for manifest in build(document)]
    now = clock("model", now)
    cards = load_index()
    links = Links(Project(tuple(manifests)))
    plan = Plan(cards, choose(cards))
    now = clock("rule index", now)
    for manifest in manifests:
        run(Facts(links, (manifest,)), plan, Place(manifest.path, Span(0, 0)))
    clock("analysis and rules", now)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--linter", default="fanout-lint", help="the installed program")
    parser.add_argument("--files", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--examples", type=Path, help="a folder of real workflows to compare on")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        report(options, Path(scratch))


def report(options: argparse.Namespace, scratch: Path) -> None:
    """Print the times over one clean file, the examples, and the tree."""
    alone, tree = scratch / "alone", scratch / "tree"
    write_tree(alone, 1, options.seed)
    write_tree(tree, options.files, options.seed)
    (tree / ".git").mkdir()
    ours = [options.linter]
    cases = [("one clean file", alone, "."), ("one file of the tree", tree, "team-0/flow-0.yaml")]
    if options.examples:
        cases.append(("the examples", options.examples.resolve(), "."))
    cases.append((f"a tree of {options.files} files", tree, "."))
    print(f"Python {sys.version.split()[0]}, {options.runs} pairs, medians of wall time")
    for name, folder, target in cases:
        runs = options.runs if target != "." or folder is not tree else 3
        alone_time = statistics.median(seconds([*ours, target], folder) for _ in range(runs))
        print(f"{name}: {alone_time * 1000:.0f} ms")
        for peer, command in peers().items():
            if folder is tree and target != ".":
                continue
            mine, theirs, ratio = compare([*ours, target], [*command, target], folder, runs)
            print(f"  {ratio:.2f} x {peer} ({mine * 1000:.0f} against {theirs * 1000:.0f} ms)")
    print("stages over the tree:")
    for stage, taken in stages(tree).items():
        print(f"  {stage}: {taken * 1000:.0f} ms")


if __name__ == "__main__":
    main()
