"""What a backup may hold when it is unpacked; its commands are tried with real processes."""

import io
import tarfile
from pathlib import Path

import pytest

from zhirong.platform.work import backup
from zhirong.platform.work.backup import BackupError


def archive(folder: Path, *members: tarfile.TarInfo) -> Path:
    file = folder / "backup.tar.gz"
    with tarfile.open(file, "w:gz") as made:
        for member in members:
            member.size = 4 if member.isreg() else 0
            made.addfile(member, io.BytesIO(b"kept"))
    return file


def link(name: str) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
    return member


class TestUnpack:
    def test_lays_out_files_with_their_folders(self, tmp_path: Path) -> None:
        source = archive(tmp_path, tarfile.TarInfo("data/files/aa/x"), tarfile.TarInfo("database"))
        place = tmp_path / "place"

        backup._unpack(source, place)

        assert (place / "data/files/aa/x").read_bytes() == b"kept"
        assert (place / "database").read_bytes() == b"kept"

    @pytest.mark.parametrize(
        "member", [tarfile.TarInfo("../outside"), tarfile.TarInfo("/outside"), link("inside")]
    )
    def test_writes_nothing_outside_and_follows_no_link(
        self, tmp_path: Path, member: tarfile.TarInfo
    ) -> None:
        source = archive(tmp_path, member)
        place = tmp_path / "deep" / "place"

        with pytest.raises(BackupError, match="no part of a backup"):
            backup._unpack(source, place)

        assert [path.name for path in tmp_path.rglob("*")] == ["backup.tar.gz"]

    @pytest.mark.parametrize("length", [5, 60])
    def test_says_that_a_file_is_cut_short(self, tmp_path: Path, length: int) -> None:
        source = archive(tmp_path, tarfile.TarInfo("database"))
        source.write_bytes(source.read_bytes()[:length])

        with pytest.raises(BackupError):
            backup._unpack(source, tmp_path / "place")
