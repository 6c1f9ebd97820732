"""Payments for tests: parties with Chinese names, an order, a day and an instant."""

from datetime import UTC, date, datetime
from typing import Any

from zhirong.ledger.rails import Party, PaymentOrder

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
LENDER = Party(
    account="33010001",
    name="知融示范银行股份有限公司杭州分行",
    bank="313331000014",
    address=("浙江省杭州市西湖区文三路1号",),
)
FIRM = Party(account="62220002", name="杭州示例阀门有限公司", bank="102331002345")


def order(reference: str = "DRAW-1", **changes: Any) -> PaymentOrder:
    given: dict[str, Any] = {
        "payer": LENDER,
        "payee": FIRM,
        "amount_fen": 120_050,
        "on": DAY,
        "remark": "知识产权质押贷款放款",
    }
    return PaymentOrder(client_reference=reference, **(given | changes))
