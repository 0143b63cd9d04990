"""Matches by a machine that reads each character once: no expression makes it hang.

The tree becomes instructions of an automaton without backtracking (Pike's). Of all
matches it finds the one that Go finds: leftmost, then by the order of preference.
"""

from msgspec import Struct

from fanout_lint.languages.goregexp.classes import CharacterClass
from fanout_lint.languages.goregexp.nodes import (
    Assertion,
    Characters,
    Choice,
    Group,
    Node,
    Regexp,
    Repeat,
    Sequence,
)

#: A machine larger than this is not built.
MAX_INSTRUCTIONS = 5_000

#: Deeper trees are not compiled.
MAX_DEPTH = 150

#: How many instructions one search may look at.
MAX_WORK = 3_000_000


class Instruction(Struct):
    """One instruction: where to go on, in order of preference, and what it asks or keeps."""

    targets: list[int]
    characters: CharacterClass | None = None
    assertion: str = ""
    slot: int = -1  #: Where the place is kept: 2n for the start of group n, 2n+1 for its end.


#: Start and end of the whole match and of each group; -1 where a group took no part.
Spans = tuple[int, ...]


class Machine(Struct, frozen=True):
    """A compiled expression; the last instruction is the match."""

    instructions: tuple[Instruction, ...]
    names: tuple[str, ...]

    def search(self, text: str, start: int = 0) -> Spans | None:
        """Return the match that starts first at or after *start*, or None.

        Raises TooMuchWork where that would take too long to tell.
        """
        return _Search(self, text).run(start)


class TooMuchWork(Exception):
    """A search is given up."""


def build(regexp: Regexp) -> Machine | None:
    """Return the machine of *regexp*, or None where it would be too large."""
    builder = _Builder()
    try:
        builder.emit(regexp.body, 0)
        builder.add(Instruction([]))
    except TooMuchWork:
        return None
    return Machine(tuple(builder.instructions), regexp.names)


class _Builder:
    """Appends instructions; each goes on to the next unless it says otherwise."""

    def __init__(self) -> None:
        self.instructions: list[Instruction] = []

    def add(self, instruction: Instruction) -> int:
        if len(self.instructions) >= MAX_INSTRUCTIONS:
            raise TooMuchWork
        self.instructions.append(instruction)
        return len(self.instructions) - 1

    def _next(self) -> int:
        return len(self.instructions)

    def _step(self, instruction: Instruction) -> None:
        place = self.add(instruction)
        instruction.targets = [place + 1]

    def emit(self, node: Node, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise TooMuchWork
        match node:
            case Characters(characters=characters):
                if not characters.is_told():
                    raise TooMuchWork
                self._step(Instruction([], characters=characters))
            case Assertion(kind=kind):
                self._step(Instruction([], assertion=kind))
            case Group(number=number, body=body):
                self._step(Instruction([], slot=2 * number))
                self.emit(body, depth + 1)
                self._step(Instruction([], slot=2 * number + 1))
            case Sequence(parts=parts):
                for part in parts:
                    self.emit(part, depth + 1)
            case Choice(alternatives=alternatives):
                self._choice(alternatives, depth)
            case Repeat():
                self._repeat(node, depth)

    def _choice(self, alternatives: tuple[Node, ...], depth: int) -> None:
        fork = Instruction([])
        self.add(fork)
        leaving: list[Instruction] = []
        for alternative in alternatives:
            fork.targets.append(self._next())
            self.emit(alternative, depth + 1)
            leave = Instruction([])
            self.add(leave)
            leaving.append(leave)
        for leave in leaving:
            leave.targets = [self._next()]

    def _repeat(self, node: Repeat, depth: int) -> None:
        for _ in range(node.least - 1 if node.most is None else node.least):
            self.emit(node.body, depth + 1)
        if node.most is None:
            self._unlimited(node, depth)
        elif node.most > node.least:
            self._optional(node, node.most - node.least, depth)

    def _unlimited(self, node: Repeat, depth: int) -> None:
        """Emit ``x+``, or ``x*`` as ``(x+)?``, which prefers as Go does where x may be empty."""
        skip = Instruction([])
        if node.least == 0:
            self.add(skip)
        start = self._next()
        self.emit(node.body, depth + 1)
        back = Instruction([])
        place = self.add(back)
        back.targets = _ordered(start, place + 1, node.greedy)
        skip.targets = _ordered(start, place + 1, node.greedy)

    def _optional(self, node: Repeat, count: int, depth: int) -> None:
        """Emit ``(x(x(x)?)?)?``."""
        forks: list[tuple[Instruction, int]] = []
        for _ in range(count):
            fork = Instruction([])
            place = self.add(fork)
            forks.append((fork, place + 1))
            self.emit(node.body, depth + 1)
        for fork, inside in forks:
            fork.targets = _ordered(inside, self._next(), node.greedy)


def _ordered(inside: int, outside: int, greedy: bool) -> list[int]:
    return [inside, outside] if greedy else [outside, inside]


#: A thread: its instruction, and the places that it has kept.
_Thread = tuple[int, Spans]


class _Search:
    def __init__(self, machine: Machine, text: str) -> None:
        self.instructions = machine.instructions
        self.text = text
        self.slots = 2 * len(machine.names)
        self.work = 0

    def run(self, start: int) -> Spans | None:
        text, last = self.text, len(self.instructions) - 1
        threads: list[_Thread] = []
        found: Spans | None = None
        for place in range(start, len(text) + 1):
            if found is None:
                blank = (place, *[-1] * (self.slots - 1))
                seen = {number for number, _ in threads}
                self._follow(0, blank, place, threads, seen)
            elif not threads:
                break
            waiting: list[_Thread] = []
            ahead: set[int] = set()
            for number, spans in threads:
                if number == last:
                    found = (spans[0], place, *spans[2:])
                    break
                characters = self.instructions[number].characters
                if place < len(text) and characters and characters.has(text[place]):
                    target = self.instructions[number].targets[0]
                    self._follow(target, spans, place + 1, waiting, ahead)
            threads = waiting
        return found

    def _follow(
        self, first: int, spans: Spans, place: int, threads: list[_Thread], seen: set[int]
    ) -> None:
        """Add the threads that wait for a character, or match, from instruction *first* on."""
        stack: list[_Thread] = [(first, spans)]
        while stack:
            number, kept = stack.pop()
            if number in seen:
                continue
            seen.add(number)
            self.work += 1
            if self.work > MAX_WORK:
                raise TooMuchWork
            instruction = self.instructions[number]
            if instruction.characters or not instruction.targets:
                threads.append((number, kept))
                continue
            if instruction.assertion and not self._holds(instruction.assertion, place):
                continue
            if instruction.slot >= 0:
                slot = instruction.slot
                kept = (*kept[:slot], place, *kept[slot + 1 :])
            stack += [(target, kept) for target in reversed(instruction.targets)]

    def _holds(self, kind: str, place: int) -> bool:
        text = self.text
        match kind:
            case "A":
                return place == 0
            case "z":
                return place == len(text)
            case "^":
                return place == 0 or text[place - 1] == "\n"
            case "$":
                return place == len(text) or text[place] == "\n"
        before = place > 0 and _is_word(text[place - 1])
        after = place < len(text) and _is_word(text[place])
        return (before != after) is (kind == "b")


def _is_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")
