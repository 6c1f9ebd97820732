"""Everything outside the house: files read, documents written, snapshots kept."""
