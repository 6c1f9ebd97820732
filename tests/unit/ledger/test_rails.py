from datetime import date

from zhirong.ledger.rails import OrderState, OrderStatus, latest


def status(reference: str, state: OrderState) -> OrderStatus:
    return OrderStatus(
        client_reference=reference, rail_reference="1", state=state, on=date(2026, 3, 2)
    )


class TestLatest:
    def test_reads_notices_by_their_number_not_by_their_arrival(self) -> None:
        received, paid = status("A", OrderState.RECEIVED), status("A", OrderState.PAID)

        assert latest([(2, paid), (1, received), (2, paid)]) == {"A": paid}

    def test_lets_nothing_follow_a_final_word(self) -> None:
        late, paid = status("A", OrderState.RECEIVED), status("A", OrderState.PAID)

        assert latest([(1, paid), (2, late)]) == {"A": paid}

    def test_keeps_orders_apart(self) -> None:
        paid, refused = status("A", OrderState.PAID), status("B", OrderState.REFUSED)

        assert latest([(1, paid), (2, refused)]) == {"A": paid, "B": refused}
