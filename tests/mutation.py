"""Workflows to broken ones: the same dice give the same mutants.

A mutant is bytes, as a file holds them. It is made from a *seed*, a text that
is a workflow, in one of three ways: its tree is changed and written anew, its
text is cut and patched, or its bytes are.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from tests.rule_examples import examples

_ROOT = Path(__file__).resolve().parent.parent

_WORDS = (
    *("{{", "}}", "{{=", "{{item}}", "{{item.}}", "{{items}}", "{{=item.a}}", "{{{{item}}}}"),
    *("{{steps.a.outputs.result}}", "{{tasks..outputs}}", "{{inputs.parameters.}}", "{{workflow}}"),
    *("{{=steps['a'].outputs.parameters.b}}", "{{=sprig.repeat(9999999, 'x')}}", "{{=1/0}}"),
    *("{{=jsonpath(inputs.parameters.m, '$..[?(@')}}", "{{=map(1..9999999, #)}}", "{{=[[[[[[[["),
    *("'", '"', "`", "$(", "<<EOF\n", "\\", "|", ">-", "&a ", "*a", "<<: *a", "!!binary ", "# "),
    *(
        "# fanout-lint: allow[",
        "# fanout-lint: allow[noisy-result] ",
        "# fanout-lint: allow-file[x]",
    ),
    *("\t", "\r", "\0", "\x85", "\u2028", "\ufeff", "\x1b[31m", "é", "日本", "😀", "\ud83d"),
    *("---\n", "...\n", "%YAML 1.1\n", "? ", ": ", "- ", "[", "]", "{", "}", ",", "~", "null"),
    *(
        "0x",
        "1_000",
        "1e999",
        ".inf",
        ".nan",
        "-0",
        "9" * 30,
        "2020-01-01",
        "yes",
        "0o17",
        "=",
        "<<",
    ),
    *(
        "a || b && !c",
        "a.Failed && (",
        "* * * * *",
        "1h30m",
        "100Mi",
        "1..",
        "$.a[*]",
        ".[] | @json",
    ),
)
"""What a patch may put in: words that some reader of ours is waiting for."""

_LEAVES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 50, 10**30, 1.5, float("inf"), "", " ", "a", "main"),
    *([], {}, [[]], [{}], {"": ""}, {"a": {"b": []}}, ["a", 1, None]),
    *_WORDS,
)
_FIELD = re.compile(r"^\s*(?:- )?([A-Za-z]\w+):", re.MULTILINE)
_TAG = re.compile(r"\{\{.*?\}\}")


def seeds() -> list[str]:
    """Return the fixtures that are texts, and the examples of all rules."""
    texts = []
    for path in sorted((_ROOT / "fixtures").rglob("*.y*ml")):
        try:
            texts.append(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            continue
    for path in sorted((_ROOT / "rules").glob("*/README.md")):
        for example in examples(path.read_text(encoding="utf-8")):
            texts.extend(example.files.values())
    return texts


def mutants(texts: Sequence[str], dice: random.Random) -> Iterator[bytes]:
    """Yield mutants without end."""
    fields = sorted({name for text in texts for name in _FIELD.findall(text)})
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: _encoded(_other_tree(dice.choice(texts), fields, dice), dice),
        lambda: _encoded(_other_text(dice.choice(texts), texts, dice), dice),
        lambda: _other_bytes(_encoded(dice.choice(texts), dice), dice),
    )
    while True:
        yield dice.choices(ways, (4, 5, 1))[0]()


def _other_tree(text: str, fields: Sequence[str], dice: random.Random) -> str:
    try:
        documents = [one for one in yaml.safe_load_all(text) if one is not None]
        for _ in range(dice.randint(1, 4)):
            documents = _changed(documents, fields, dice)
        return _dumped(documents, dice)
    except (yaml.YAMLError, ValueError, RecursionError):
        return text


def _changed(tree: Any, fields: Sequence[str], dice: random.Random) -> Any:
    """Return *tree* with one place in it changed; it may come to share parts with itself."""
    places = list(_places(tree))
    if not places:
        return dice.choice(_LEAVES)
    holder, key = dice.choice(places)
    other_holder, other_key = dice.choice(places)
    match dice.randrange(7):
        case 0:
            holder[key] = dice.choice(_LEAVES)
        case 1:
            holder[key] = other_holder[other_key]
        case 2:
            del holder[key]
        case 3:
            holder[key] = [holder[key]] * dice.randint(1, 3)
        case 4:
            holder[key] = {dice.choice(fields): holder[key]}
        case 5 if isinstance(holder, dict):
            holder[dice.choice(fields)] = holder.pop(key)
        case _ if isinstance(holder[key], str):
            holder[key] = _patched(holder[key], dice)
        case _ if not isinstance(holder[key], (dict, list)):
            holder[key] = str(holder[key])
        case _:
            pass
    return tree


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each map or list, once however often it is reached, with each key or index in it."""
    seen = set()
    waiting = [tree]
    while waiting:
        holder = waiting.pop()
        if id(holder) in seen or not isinstance(holder, (dict, list)):
            continue
        seen.add(id(holder))
        inside = list(holder.items() if isinstance(holder, dict) else enumerate(holder))
        for key, value in inside:
            yield holder, key
            waiting.append(value)


def _dumped(documents: Any, dice: random.Random) -> str:
    return yaml.dump_all(
        documents if isinstance(documents, list) else [documents],
        sort_keys=False,
        default_flow_style=dice.choice((None, True, False)),
        default_style=dice.choice((None, None, None, "'", '"', "|", ">")),
        width=dice.choice((20, 80, 4000)),
        allow_unicode=dice.random() < 0.5,
        line_break=dice.choice(("\n", "\r\n", "\r")),
    )


def _other_text(text: str, texts: Sequence[str], dice: random.Random) -> str:
    for _ in range(dice.randint(1, 5)):
        lines = text.splitlines(keepends=True) or [""]
        at = dice.randrange(len(lines))
        match dice.randrange(8):
            case 0:
                del lines[at]
            case 1:
                lines[at] = " " * dice.randint(1, 4) + lines[at]
            case 2:
                lines[at] = lines[at].lstrip(" ")
            case 3:
                lines[at:at] = dice.choice(texts).splitlines(keepends=True)[: dice.randint(1, 20)]
            case 4:
                other = dice.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case 5 if tags := list(_TAG.finditer(text)):
                tag = dice.choice(tags)
                lines = [text[: tag.start()], _patched(tag[0], dice), text[tag.end() :]]
            case _:
                lines[at] = _patched(lines[at], dice)
        text = "".join(lines)
    return text


def _patched(text: str, dice: random.Random) -> str:
    """Return *text* with a stretch of it, perhaps empty, replaced by another or by a word."""
    start = dice.randint(0, len(text))
    end = min(len(text), start + dice.choice((0, 0, 1, 1, 3, 20)))
    put = dice.choice(_WORDS) if dice.random() < 0.7 else text[start:end] * dice.randint(0, 3)
    return text[:start] + put + text[end:]


def _encoded(text: str, dice: random.Random) -> bytes:
    encoding = "utf-8"
    if dice.random() < 0.1:
        encoding = dice.choice(("utf-8-sig", "utf-16", "utf-16-be", "latin-1", "utf-7", "utf-32"))
    return text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")


def _other_bytes(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data or b" ")
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(changed))
        match dice.randrange(4):
            case 0:
                changed[at] ^= 1 << dice.randrange(8)
            case 1:
                changed[at:at] = dice.randbytes(dice.randint(1, 4))
            case 2:
                del changed[at : at + dice.randint(1, 50)]
            case _:
                changed[at] = dice.randrange(256)
        changed = changed or bytearray(b" ")
    return bytes(changed)
