"""The checks, one small file a topic; `table.py` lists them all."""
