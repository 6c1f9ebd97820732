"""Writes the folders of `examples/`: fictional firms, as firms really send their files."""
