"""Tests of hashes by their published vectors."""

from zhirong.core.hashes import sha256, sm3


class TestSm3:
    def test_meets_the_vectors_of_the_standard(self):
        # GB/T 32905-2016, appendix A: "abc" and "abcd" sixteen times.
        assert sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
        assert (
            sm3(b"abcd" * 16) == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
        )


class TestSha256:
    def test_meets_the_vectors_of_the_standard(self):
        # FIPS 180-4 examples: "abc" and the empty message.
        assert sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
