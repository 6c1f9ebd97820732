"""Which service does which kind of work."""

from collections.abc import Callable, Mapping

from zhirong.platform.appraisals import services as appraisals
from zhirong.platform.filing import sending
from zhirong.platform.lending import drawing, incoming, refunding, suppliers
from zhirong.platform.operations.models import Outbox
from zhirong.platform.plans import performing
from zhirong.platform.plans import services as plans
from zhirong.platform.webhooks import models as webhooks
from zhirong.platform.webhooks import sending as webhook_sending
from zhirong.platform.work import payments

Handler = Callable[[Outbox], None]

HANDLERS: Mapping[str, Handler] = {
    appraisals.KIND: appraisals.perform,
    plans.KIND: performing.perform,
    sending.SEND: sending.perform,
    drawing.SEND: payments.send_payment,
    incoming.PAY_IN: payments.send_repayment,
    refunding.SEND: payments.send_refund,
    suppliers.SEND: payments.send_supplier_payment,
    webhooks.KIND: webhook_sending.perform,
}
