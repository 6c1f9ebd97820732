"""Which service does which kind of work."""

from collections.abc import Callable, Mapping

from zhirong.platform.appraisals import services as appraisals
from zhirong.platform.operations.models import Outbox

Handler = Callable[[Outbox], None]

HANDLERS: Mapping[str, Handler] = {
    appraisals.KIND: appraisals.perform,
}
