"""The documentation's table of rights is the one in force."""

from tests.conftest import CHECKOUT
from zhirong.platform.accounts.rights import RIGHTS_OF_ROLE, Right, Role


class TestTableOfRights:
    def test_is_the_one_in_force(self) -> None:
        lines = [
            [cell.strip() for cell in line.strip().strip("|").split("|")]
            for line in (CHECKOUT / "docs" / "security.md").read_text("utf-8").splitlines()
            if line.startswith("| ")
        ]
        start = next(i for i, cells in enumerate(lines) if cells[0] == "right")
        roles = [Role(name) for name in lines[start][1:]]
        rows = {cells[0]: cells[1:] for cells in lines[start + 1 : start + 1 + len(Right)]}

        assert roles == list(Role)
        assert {
            (right, role)
            for right, cells in rows.items()
            for role, cell in zip(roles, cells, strict=True)
            if cell == "yes"
        } == {(right.value, role) for role in Role for right in RIGHTS_OF_ROLE[role]}
