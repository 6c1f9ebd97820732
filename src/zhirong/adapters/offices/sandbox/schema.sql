CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS rights (
  registry TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (registry, key)
) STRICT;
CREATE TABLE IF NOT EXISTS pledges (
  registration_no TEXT PRIMARY KEY, registry TEXT NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS pledged (
  registration_no TEXT NOT NULL REFERENCES pledges, registry TEXT NOT NULL, key TEXT NOT NULL,
  PRIMARY KEY (registration_no, key)
) STRICT;
-- A patent is under one pledge at a time; marks may be under several.
CREATE UNIQUE INDEX IF NOT EXISTS one_pledge_per_patent ON pledged (key) WHERE registry = 'patent';
CREATE INDEX IF NOT EXISTS pledged_by_right ON pledged (registry, key);
CREATE TABLE IF NOT EXISTS acts (
  office_reference TEXT PRIMARY KEY, client_reference TEXT NOT NULL UNIQUE,
  fingerprint TEXT NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS files (
  office_reference TEXT NOT NULL REFERENCES acts, name TEXT NOT NULL, content BLOB NOT NULL,
  PRIMARY KEY (office_reference, name)
) STRICT;
CREATE TABLE IF NOT EXISTS agenda (
  id INTEGER PRIMARY KEY AUTOINCREMENT, due_on TEXT NOT NULL, step TEXT NOT NULL,
  subject TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS agenda_by_day ON agenda (due_on, id);
CREATE TABLE IF NOT EXISTS notices (
  notice_no TEXT PRIMARY KEY, body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS deliveries (
  cursor INTEGER PRIMARY KEY AUTOINCREMENT, notice_no TEXT NOT NULL REFERENCES notices
) STRICT;
CREATE TABLE IF NOT EXISTS attempts (
  client_reference TEXT PRIMARY KEY, count INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS mishaps (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL) STRICT;
