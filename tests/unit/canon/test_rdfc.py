"""RDFC-1.0 beyond the W3C suite: equality with another implementation, budgets (V-LD-4), the parts of the interface."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbadges.canon import nquads, rdfc
from openbadges.errors import ConfigurationError, LimitError, MalformedError
from openbadges.limits import DEFAULT_LIMITS

P = "<urn:p>"
ALGORITHMS = {
    "sha256": pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0,
    "sha384": pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0_SHA_384,
}


def node(number):
    return f"_:n{number}"


def clique(size):
    return [(node(a), P, node(b), "") for a in range(size) for b in range(size) if a != b]


def code_of(dataset, **limits):
    with pytest.raises(LimitError) as caught:
        rdfc.canonicalize(dataset, limits=replace(DEFAULT_LIMITS, **limits))
    return caught.value.code


def other_implementation(quads, hash_name):
    dataset = pyoxigraph.Dataset(
        pyoxigraph.parse(nquads.serialize(quads).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    )
    dataset.canonicalize(ALGORITHMS[hash_name])
    text = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS).decode()
    return "".join(sorted(line + "\n" for line in text.splitlines()))


blanks = st.integers(0, 4).map(node)
subjects = st.one_of(blanks, st.just("<urn:s>"))
graphs = st.one_of(st.just(""), st.just(""), subjects)
quads_of_any_shape = st.lists(
    st.tuples(
        subjects,
        st.sampled_from([P, "<urn:q>"]),
        st.one_of(blanks, blanks, st.sampled_from(['"a"', '"b"@en', "<urn:o>"])),
        graphs,
    ),
    min_size=1,
    max_size=10,
)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(quads_of_any_shape, st.sampled_from(["sha256", "sha384"]))
def test_equal_to_another_implementation(quads, hash_name):
    assert rdfc.canonicalize(quads, hash_name=hash_name) == other_implementation(quads, hash_name)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(quads_of_any_shape, st.randoms(use_true_random=False))
def test_labels_and_order_of_the_input_do_not_matter(quads, random):
    names = [f"_:other{number}" for number in range(5)]
    random.shuffle(names)
    relabel = {node(number): name for number, name in enumerate(names)}
    changed = [tuple(relabel.get(term, term) for term in quad) for quad in quads]
    random.shuffle(changed)
    assert rdfc.canonicalize(changed) == rdfc.canonicalize(quads)


def test_repeated_quads_count_once():
    quads = [("_:a", P, '"x"', "")]
    assert rdfc.canonicalize(quads * 3, limits=replace(DEFAULT_LIMITS, quads=1)) == '_:c14n0 <urn:p> "x" .\n'


def test_nothing_has_an_empty_canonical_form():
    assert rdfc.canonicalize([]) == ""


def test_without_blank_nodes_lines_are_sorted():
    assert rdfc.canonicalize([("<urn:b>", P, '"x"', ""), ("<urn:a>", P, '"x"', "")]) == (
        '<urn:a> <urn:p> "x" .\n<urn:b> <urn:p> "x" .\n'
    )


def test_canonical_quads_are_the_lines_of_the_document():
    quads = [("_:b", P, "_:a", "_:g"), ("_:a", P, '"x"', ""), ("<urn:s>", P, "_:b", "")]
    text, labels = rdfc.canonicalize_with_map(quads)
    tuples, same_labels = rdfc.canonical_quads(quads)
    assert labels == same_labels
    assert set(labels) == {"a", "b", "g"}
    assert set(labels.values()) == {"c14n0", "c14n1", "c14n2"}
    assert "".join(nquads.serialize([quad]) for quad in tuples) == text


def test_an_unknown_hash_is_the_callers_mistake():
    with pytest.raises(ConfigurationError, match="md5"):
        rdfc.canonicalize([], hash_name="md5")


def test_a_term_that_cannot_be_written_is_refused():
    with pytest.raises(MalformedError) as caught:
        rdfc.canonicalize([("_:a", P, '"\ud800"', "")])
    assert caught.value.code == "canon.lone_surrogate"


@pytest.mark.parametrize("hub", ["<urn:achievement>", "_:achievement"])
def test_v_ld_4_sixty_alignments_that_look_the_same_pass(hub):
    quads = [(hub, "<urn:name>", '"x"', "")]
    for number in range(60):
        quads.append((hub, "<urn:alignment>", node(number), ""))
        quads.append((node(number), "<urn:type>", "<urn:Alignment>", ""))
    assert len(rdfc.canonicalize(quads).splitlines()) == 121


def test_v_ld_4_quads_and_blank_nodes_are_counted():
    quads = [("<urn:a>", P, node(number), "") for number in range(4)] + [("_:g", P, "_:g", "_:g")]
    assert rdfc.canonicalize(quads, limits=replace(DEFAULT_LIMITS, quads=5, blank_nodes=5, blank_nodes_same_hash=4))
    assert code_of(quads, quads=4) == "canon.too_many_quads"
    assert code_of(quads, blank_nodes=4) == "canon.too_many_blank_nodes"
    assert code_of(quads, blank_nodes_same_hash=3) == "canon.too_many_alike"


def test_v_ld_4_calls_and_permutations_are_counted():
    square = clique(4)
    assert rdfc.canonicalize(square) == other_implementation(square, "sha256")
    assert code_of(square, rdfc_calls=10) == "canon.too_symmetric"
    assert code_of(square, rdfc_permutations=10) == "canon.too_symmetric"


def test_v_ld_4_permutations_are_counted_before_they_are_walked():
    def hubs(leaves):
        return [(f"_:{hub}", P, f"_:{hub}{number}", "") for hub in "ab" for number in range(leaves)]

    assert len(rdfc.canonicalize(hubs(5)).splitlines()) == 10
    with pytest.raises(LimitError) as caught:
        rdfc.canonicalize(hubs(30))
    assert caught.value.params == {"limit": DEFAULT_LIMITS.rdfc_permutations}


def test_v_ld_4_quads_looked_at_are_counted():
    wide = [(name, f"<urn:p{number}>", '"x"', "") for name in ("_:a", "_:b") for number in range(30)]
    assert rdfc.canonicalize(wide, limits=replace(DEFAULT_LIMITS, rdfc_calls=3))
    assert code_of(wide, rdfc_calls=2) == "canon.too_symmetric"


def test_blank_nodes_that_name_graphs_are_told_apart_too():
    quads = [
        ("_:a", P, "_:b", "_:g"), ("_:b", P, "_:a", "_:g"), ("_:c", P, "_:d", "_:h"), ("_:d", P, "_:c", "_:h"),
        ("_:g", P, "_:h", ""), ("_:h", P, "_:g", ""), ("_:a", P, "_:c", "_:g"),
    ]  # fmt: skip
    assert rdfc.canonicalize(quads) == other_implementation(quads, "sha256")


@pytest.mark.parametrize(
    "quads",
    [
        clique(9),
        clique(25),
        [(node(a), P, node(100 + b), "") for a in range(8) for b in range(8)],
        [
            quad
            for x in range(4)
            for y in range(6)
            for quad in (
                (node(x * 6 + y), P, node((x + 1) % 4 * 6 + y), ""),
                (node(x * 6 + y), P, node(x * 6 + (y + 1) % 6), ""),
            )
        ],
        [(node(number), P, node((number + 1) % 200), "") for number in range(200)],
        [(f"_:{chain}{n}", f"<urn:p{n}>", f"_:{chain}{n + 1}", "") for chain in "ab" for n in range(700)],
        [(node(a), f"<urn:p{(b - a) % 60}>", node(b), "") for a in range(60) for b in range(60)],
    ],
    ids=["clique 9", "clique 25", "K8,8", "lattice", "ring", "two chains", "dense"],
)
def test_v_ld_4_poisoned_graphs_are_refused_at_once(quads):
    assert code_of(quads) == "canon.too_symmetric"


def test_v_ld_4_many_nodes_alike_are_refused():
    quads = [("<urn:a>", P, node(number), "") for number in range(3000)]
    assert code_of(quads) == "canon.too_many_blank_nodes"
    assert code_of(quads[:201]) == "canon.too_many_alike"


def test_long_chains_that_can_be_told_apart_pass():
    quads = [(f"_:{chain}{n}", f"<urn:p{n}>", f"_:{chain}{n + 1}", "") for chain in "ab" for n in range(150)]
    assert len(rdfc.canonicalize(quads).splitlines()) == 300
