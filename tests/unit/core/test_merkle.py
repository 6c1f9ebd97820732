import pytest

from zhirong.core import merkle

# The reference leaves of certificate transparency.
LEAVES = tuple(
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
)
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


class TestRoot:
    @pytest.mark.parametrize(("size", "expected"), ROOTS.items())
    def test_meets_the_reference(self, size: int, expected: str) -> None:
        assert merkle.root(LEAVES[:size]).hex() == expected


class TestInclusionProof:
    def test_refuses_a_leaf_that_is_not_there(self) -> None:
        with pytest.raises(merkle.LeafIndexError):
            merkle.inclusion_proof(LEAVES, 8)

    def test_is_empty_for_one_leaf(self) -> None:
        assert merkle.inclusion_proof(LEAVES[:1], 0) == ()


class TestVerifyInclusion:
    @pytest.mark.parametrize("size", range(1, 9))
    def test_accepts_each_leaf_and_no_other_place(self, size: int) -> None:
        leaves = LEAVES[:size]
        expected = merkle.root(leaves)
        for index, leaf in enumerate(leaves):
            proof = merkle.inclusion_proof(leaves, index)
            accepted = [
                at
                for at in range(-1, size + 1)
                if merkle.verify_inclusion(
                    leaf, index=at, size=size, proof=proof, expected_root=expected
                )
            ]
            assert accepted == [index]

    def test_refuses_another_leaf_and_a_changed_proof(self) -> None:
        expected = merkle.root(LEAVES)
        proof = merkle.inclusion_proof(LEAVES, 2)
        changed = (bytes(32), *proof[1:])
        for leaf, path in ((b"other", proof), (LEAVES[2], changed), (LEAVES[2], proof[:-1])):
            assert not merkle.verify_inclusion(
                leaf, index=2, size=8, proof=path, expected_root=expected
            )
