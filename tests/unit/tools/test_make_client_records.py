"""The client's records are those of the API as it is."""

from tools.make_client_records import SOURCE, contents, hint


class TestContents:
    def test_are_what_lies_in_the_package(self) -> None:
        for name, text in contents().items():
            assert (SOURCE / name).read_text(encoding="utf-8") == text, name


class TestHint:
    def test_reads_what_schemas_say(self) -> None:
        nullable = {"anyOf": [{"type": "string"}, {"type": "null"}]}

        assert hint(nullable) == "str | None"
        assert hint({"type": "array", "items": {"$ref": "#/a/Matter"}}) == "list[Matter]"
        assert hint({"enum": [1, "a"]}) == 'Literal[1, "a"]'
        assert hint({"type": "object", "additionalProperties": {"type": "integer"}}) == (
            "dict[str, int]"
        )
        assert hint({"type": "object", "additionalProperties": True}) == "dict[str, Any]"
