"""Charts as SVG: pure functions from small frozen records of numbers and words to bytes."""
