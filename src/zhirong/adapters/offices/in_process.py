"""The sandbox office inside this process, reached over HTTP all the same: for tests and trials."""

import httpx

from zhirong.adapters.offices.sandbox.app import AnswerLostError, SandboxApp


class InProcess(httpx.BaseTransport):
    """A transport of httpx that hands requests to the office's application.

    What gets lost on a line gets lost here: the client sees the errors that it would see there.
    """

    def __init__(self, app: SandboxApp) -> None:
        self._wsgi = httpx.WSGITransport(app=app)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Hand one request over."""
        try:
            return self._wsgi.handle_request(request)
        except AnswerLostError as lost:
            if lost.hangs:
                raise httpx.ReadTimeout("no answer in time", request=request) from lost
            raise httpx.RemoteProtocolError("the line was closed", request=request) from lost
