"""Documents of an asset-backed plan: workbooks, term sheet, reports."""
