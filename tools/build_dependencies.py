"""Give the build the product's dependencies from their one list, requirements/runtime.in."""

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


class RuntimeRequirements(MetadataHookInterface):
    """Reads requirements/runtime.in, one requirement a line."""

    def update(self, metadata: dict[str, object]) -> None:
        """Set `dependencies` from the file's lines that are not comments."""
        text = (Path(self.root) / "requirements" / "runtime.in").read_text(encoding="utf-8")
        lines = (line.split("#")[0].strip() for line in text.splitlines())
        metadata["dependencies"] = [line for line in lines if line]
