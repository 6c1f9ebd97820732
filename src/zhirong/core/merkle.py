"""Merkle trees over byte strings: root, proof that a leaf is in, and its check.

Source:
    RFC 6962, section 2.1: leaves are hashed behind a byte 0, nodes behind a byte 1, and a tree
    splits at the largest power of two below its size. Hashes are SHA-256.
"""

import hashlib
from collections.abc import Sequence

from zhirong.core.errors import InputError


class LeafIndexError(InputError):
    """A proof was asked for a leaf that the tree does not have."""

    code = "error.leaf_index"


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def _node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two below the size."""
    return 1 << (size - 1).bit_length() - 1


def root(leaves: Sequence[bytes]) -> bytes:
    """The root of the tree over the leaves, in order; of no leaves the hash of nothing.

    >>> root([b""]).hex()[:8]
    '6e340b9c'
    """
    return _root_of_hashes([leaf_hash(leaf) for leaf in leaves])


def _root_of_hashes(hashes: Sequence[bytes]) -> bytes:
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = _split(len(hashes))
    return _node_hash(_root_of_hashes(hashes[:split]), _root_of_hashes(hashes[split:]))


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The hashes that lead from a leaf to the root, from the bottom up.

    Raises:
        LeafIndexError: There is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise LeafIndexError(
            f"There is no leaf {index} among {len(leaves)}.", index=index, size=len(leaves)
        )
    path: list[bytes] = []
    hashes = [leaf_hash(leaf) for leaf in leaves]
    while len(hashes) > 1:
        split = _split(len(hashes))
        left, right = hashes[:split], hashes[split:]
        inside, beside = (left, right) if index < split else (right, left)
        path.append(_root_of_hashes(beside))
        hashes, index = inside, index if index < split else index - split
    return tuple(reversed(path))


def verify_inclusion(
    leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], expected_root: bytes
) -> bool:
    """Whether the proof shows the leaf at its place in a tree of that size and root.

    Source:
        RFC 9162, section 2.1.3.2 (the same trees).
    """
    if not 0 <= index < size:
        return False
    node, last, current = index, size - 1, leaf_hash(leaf)
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            current = _node_hash(sibling, current)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            current = _node_hash(current, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and current == expected_root
