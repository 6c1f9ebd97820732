import json
from datetime import date

import pytest

from tests import filings
from zhirong.filing import forms
from zhirong.filing.forms import (
    CancelForm,
    CancelGround,
    Change,
    ChangeForm,
    ChangeSubject,
    Channel,
    ExtendForm,
    FormUnreadableError,
)

PARTIES = {
    "registration_no": "Y2026330000001",
    "pledgors": (filings.PLEDGOR,),
    "pledgee": filings.PLEDGEE,
    "agent": None,
    "channel": Channel.ONLINE,
}
CHANGE = ChangeForm(
    **PARTIES,
    changed_on=date(2026, 8, 1),
    changes=(Change(subject=ChangeSubject.AMOUNT, before="500000000", after="400000000"),),
)
EXTEND = ExtendForm(
    **PARTIES,
    period_to=date(2027, 6, 29),
    new_period_to=date(2028, 6, 29),
    is_creditor_alone=False,
)
CANCEL = CancelForm(
    **PARTIES,
    ground=CancelGround.DEBT_PAID,
    ground_on=date(2027, 6, 29),
    rights=("202111434680.4",),
)


class TestEncodeForm:
    def test_gives_plain_json(self) -> None:
        body = json.loads(json.dumps(forms.encode_form(filings.form())))

        assert body["contract"]["kind"] == "ordinary"
        assert body["contract"]["debt_to"] == "2027-06-29"
        assert body["agent"] is None
        assert body["rights"][0]["number"] == "202111434680.4"

    def test_comes_back_as_it_was(self) -> None:
        assert forms.decode_establish(forms.encode_form(filings.form())) == filings.form()
        assert forms.decode_change(forms.encode_form(CHANGE)) == CHANGE
        assert forms.decode_extend(forms.encode_form(EXTEND)) == EXTEND
        assert forms.decode_cancel(forms.encode_form(CANCEL)) == CANCEL


class TestDecodeEstablish:
    def test_names_what_does_not_fit(self) -> None:
        body = {**forms.encode_form(filings.form()), "channel": "pigeon"}

        with pytest.raises(FormUnreadableError, match="pigeon"):
            forms.decode_establish(body)

    def test_refuses_a_missing_part(self) -> None:
        body = dict(forms.encode_form(filings.form()))
        del body["contract"]

        with pytest.raises(FormUnreadableError, match="contract"):
            forms.decode_establish(body)
