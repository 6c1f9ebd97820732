"""The firm: what it can borrow, what it must do, what lapses next."""
