"""Which steps and tasks have ended when another starts."""

from msgspec import Struct, field

from fanout_lint.model.workflow import Step, Template


class Order(Struct, frozen=True):
    """The tasks that each task of a dag waits for; remembers what it has worked out."""

    _ancestors: dict[Template, dict[str, frozenset[str]]] = field(default_factory=dict)

    def ancestors(self, template: Template, task: Step) -> frozenset[str]:
        """Return the names of all tasks that *task* waits for, directly or not."""
        if template not in self._ancestors:
            self._ancestors[template] = _closure(template)
        return self._ancestors[template].get(task.label, frozenset())


def dependencies(task: Step) -> tuple[str, ...]:
    """Return the names that ``depends`` and ``dependencies`` of *task* wait for, in order."""
    named = [name.value for name in task.dependencies]
    if task.depends is not None:
        # Imported where a depends is written: a run without dags does not pay for it.
        from fanout_lint.languages.depends.words import find_words

        named.extend(word.task for word in find_words(task.depends.value))
    return tuple(dict.fromkeys(named))


def _closure(template: Template) -> dict[str, frozenset[str]]:
    direct = {task.label: dependencies(task) for task in template.steps if task.is_task}
    closure: dict[str, frozenset[str]] = {}
    for name in direct:
        seen: set[str] = set()
        waiting = list(direct[name])
        while waiting:
            other = waiting.pop()
            if other not in seen and other in direct:
                seen.add(other)
                waiting.extend(direct[other])
        closure[name] = frozenset(seen)
    return closure
