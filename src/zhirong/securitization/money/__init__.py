"""The money path of a plan: hops, penetration to invoices, swaps, pledges that go over."""
