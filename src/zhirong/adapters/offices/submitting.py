"""Ask before sending again: how an act gets to an office once."""

from zhirong.filing.office import Act, Office, Receipt


def submit_once(office: Office, act: Act) -> Receipt:
    """The receipt of an act: found where it has arrived before, else submitted now.

    What it guarantees. With an office that echoes the client reference and does one act for one
    reference, the act is done once, however often this is called and wherever a call broke off:
    calling it again after any error or crash is safe. With an office that only answers `find`,
    the act is done once as long as no two callers work on one reference at a time, and `find`
    sees an act from the moment it is taken in; whoever calls must hold the reference alone. It
    does not retry by itself: after `OfficeDownError` the act may or may not have arrived, and the
    next call asks first.

    Raises:
        OfficeDownError: No answer; call it again later, with the same act.
        OfficeRejectedError: The act is malformed, or its reference stands for another act.
    """
    return office.find(act.client_reference) or office.submit(act)
