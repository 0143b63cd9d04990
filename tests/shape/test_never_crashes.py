"""Whatever stands where: the check answers, and every hit has a message that its words fill."""

from string import Template

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fanout_lint.rulebook.index import load_index
from fanout_lint.shape.check import check
from fanout_lint.shape.table import Object, load
from fanout_lint.source.text import Source
from fanout_lint.syntax.nodes import Mapping
from fanout_lint.syntax.parse import parse

_NAMES = sorted(
    {
        name
        for type_name in ("Workflow", "WorkflowSpec", "Template", "WorkflowStep", "k8s.Container")
        for kind in [load().kind(type_name)]
        if isinstance(kind, Object)
        for name in kind.names
    }
    | {"tasks", "parameters", "mutex", "Name", "zzz", "limits", "time", "bytes"}
)
_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from(["y", "1Gi", "{{x}}", "5", "", "1e400", "$field", "é"]),
)
_NODES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(_NAMES), inner, max_size=5)
    ),
    max_leaves=30,
)
_VERSIONS = st.sampled_from([None, (3, 4), (3, 6), (4, 1)])


@given(st.dictionaries(st.sampled_from(_NAMES), _NODES, max_size=5), _NODES, _VERSIONS)
@settings(max_examples=200)
def test_any_tree_has_an_answer(
    spec: dict[str, object], metadata: object, version: tuple[int, int] | None
) -> None:
    text = yaml.safe_dump({"kind": "Workflow", "metadata": metadata, "spec": spec})
    documents, _ = parse(Source("x.yaml", text))
    index = load_index()
    for document in documents:
        assert isinstance(document.root, Mapping)
        for hit in check(document.root, "Workflow", version):
            said = index[hit.rule].messages[hit.face]

            assert Template(said.message).substitute(hit.words)
            assert Template(said.help).substitute(hit.words) is not None
