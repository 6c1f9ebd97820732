"""Tables that only grow: triggers in the database refuse UPDATE and DELETE, whoever asks."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

_SQLITE = """
CREATE TRIGGER {table}_no_{word} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
_POSTGRESQL = """
CREATE FUNCTION {table}_no_{word}() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{table} is append-only'
USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {table}_no_{word} BEFORE {act} ON {table}
FOR EACH {each} EXECUTE FUNCTION {table}_no_{word}()
"""
_ACTS = (("update", "UPDATE", "ROW"), ("delete", "DELETE", "ROW"))
_TRUNCATE = ("truncate", "TRUNCATE", "STATEMENT")


def append_only(table: str) -> RunPython:
    """A migration step that lets a table only grow."""

    def forward(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        is_sqlite = editor.connection.vendor == "sqlite"
        pattern = _SQLITE if is_sqlite else _POSTGRESQL
        for word, act, each in _ACTS if is_sqlite else (*_ACTS, _TRUNCATE):
            editor.execute(pattern.format(table=table, word=word, act=act, each=each))

    def backward(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        is_sqlite = editor.connection.vendor == "sqlite"
        for word, _act, _each in _ACTS if is_sqlite else (*_ACTS, _TRUNCATE):
            name = f"{table}_no_{word}"
            if is_sqlite:
                editor.execute(f"DROP TRIGGER {name}")
            else:
                editor.execute(f"DROP FUNCTION {name}() CASCADE")

    return RunPython(forward, backward)
