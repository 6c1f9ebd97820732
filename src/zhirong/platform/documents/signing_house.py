"""Who signs, stamps the time and makes evidence here: the demonstration's own, or licensed ones."""

from pathlib import Path

from django.conf import settings

from zhirong import bootstrap_signing
from zhirong.application.ports import ContractSigning
from zhirong.application.signing import Clock
from zhirong.platform.operations import clock


def house() -> bootstrap_signing.DemonstrationHouse | bootstrap_signing.LicensedHouse:
    """Authority, time stamps and identities of this platform."""
    folder = settings.DATA / "signing"
    # Read once: the signing library asks for the time where no database can be asked.
    moment = clock.now()
    if settings.IS_DEMONSTRATION:
        return bootstrap_signing.demonstration_signing(
            folder, now=lambda: moment, clock=Clock.DEMONSTRATION
        )
    return bootstrap_signing.licensed_signing(
        folder,
        time_stamp_url=settings.TIME_STAMP_URL,
        roots=[Path(path) for path in settings.TRUST_ROOTS],
        passphrase=None,
    )


def desk() -> ContractSigning:
    """The port that signs and verifies contracts."""
    return house().signing()
