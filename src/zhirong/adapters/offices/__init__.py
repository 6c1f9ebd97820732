"""Registration offices: one that answers over HTTP, one by hand through a folder, one to try on."""
