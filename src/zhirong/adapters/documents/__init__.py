"""Documents as bytes: blocks in, a typeset PDF out, with fonts, templates and charts of our own."""
