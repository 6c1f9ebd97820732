-- The sandbox's own file. Money is whole fen; days are ISO texts.
CREATE TABLE IF NOT EXISTS account (
    rail TEXT NOT NULL,
    id TEXT NOT NULL,
    holder TEXT NOT NULL,
    kind TEXT NOT NULL,
    mother TEXT,
    single_max_fen INTEGER,
    day_max_fen INTEGER,
    payees TEXT NOT NULL DEFAULT '[]',
    opening_fen INTEGER NOT NULL DEFAULT 0,
    is_closed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (rail, id)
);
CREATE TABLE IF NOT EXISTS payment (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    rail TEXT NOT NULL,
    reference TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    dated_on TEXT NOT NULL,
    settles_on TEXT NOT NULL,
    reasons TEXT NOT NULL DEFAULT '[]',
    is_to_refuse INTEGER NOT NULL DEFAULT 0,
    UNIQUE (rail, reference)
);
CREATE TABLE IF NOT EXISTS attempt (
    rail TEXT NOT NULL,
    reference TEXT NOT NULL,
    PRIMARY KEY (rail, reference)
);
CREATE TABLE IF NOT EXISTS entry (
    cursor INTEGER PRIMARY KEY AUTOINCREMENT,
    rail TEXT NOT NULL,
    account TEXT NOT NULL,
    reference TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0),
    dated_on TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS entry_of_account ON entry (rail, account, cursor);
CREATE TABLE IF NOT EXISTS notice (
    cursor INTEGER PRIMARY KEY AUTOINCREMENT,
    rail TEXT NOT NULL,
    payment INTEGER NOT NULL REFERENCES payment (number),
    state TEXT NOT NULL,
    dated_on TEXT NOT NULL,
    reasons TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS bound (
    number TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    body TEXT NOT NULL,
    bound_fen INTEGER NOT NULL,
    released_fen INTEGER NOT NULL DEFAULT 0 CHECK (released_fen <= bound_fen),
    is_over INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
