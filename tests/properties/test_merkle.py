from hypothesis import given
from hypothesis import strategies as st

from zhirong.core import merkle


class TestInclusion:
    @given(st.lists(st.binary(max_size=8), min_size=1, max_size=40), st.data())
    def test_holds_for_every_tree_and_fails_for_another_leaf(
        self, leaves: list[bytes], data: st.DataObject
    ) -> None:
        index = data.draw(st.integers(0, len(leaves) - 1))
        proof = merkle.inclusion_proof(leaves, index)
        for leaf, expected in ((leaves[index], True), (leaves[index] + b"!", False)):
            assert expected is merkle.verify_inclusion(
                leaf,
                index=index,
                size=len(leaves),
                proof=proof,
                expected_root=merkle.root(leaves),
            )
