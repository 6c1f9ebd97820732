"""Evidence packages: manifest with hashes and signatures, time-stamped Merkle root, cover page."""
