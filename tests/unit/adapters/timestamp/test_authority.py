"""Tests of the local time-stamp authority, its client and its server; openssl is the judge."""

import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from asn1crypto import tsp

from tests.signing_files import AT, house
from zhirong.adapters.timestamp.authority import POLICIES
from zhirong.adapters.timestamp.http import REPLY_TYPE, RemoteTimeStamping, server
from zhirong.adapters.timestamp.tokens import (
    TimeStampRefusedError,
    TimeStampUnavailableError,
    content_of,
    token_of,
    token_over,
)
from zhirong.application.signing import Clock

DIGEST = hashlib.sha256(b"evidence").digest()


def openssl(folder: Path, token: bytes, digest: bytes) -> str:
    (folder / "token.tsr").write_bytes(token)
    (folder / "root.pem").write_bytes(house().root_pem)
    command = ["openssl", "ts", "-verify", "-in", "token.tsr", "-token_in"]
    command += ["-digest", digest.hex(), "-CAfile", "root.pem"]
    command += ["-attime", str(int(AT.timestamp()))]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout.strip()


class TestLocalTimeStamping:
    def test_stamps_what_openssl_verifies(self, tmp_path: Path) -> None:
        token = token_over(house().time_stamping(), DIGEST)

        assert openssl(tmp_path, token, DIGEST) == "Verification: OK"
        assert openssl(tmp_path, token, bytes(32)) == "Verification: FAILED"

    def test_answers_a_query_of_openssl(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_bytes(b"evidence")
        command = ["openssl", "ts", "-query", "-data", "data", "-sha256", "-cert"]
        subprocess.run([*command, "-out", "query"], cwd=tmp_path, check=True, capture_output=True)
        (tmp_path / "reply").write_bytes(
            house().time_stamping().answer((tmp_path / "query").read_bytes())
        )
        (tmp_path / "root.pem").write_bytes(house().root_pem)
        command = ["openssl", "ts", "-verify", "-queryfile", "query", "-in", "reply"]
        command += ["-CAfile", "root.pem", "-attime", str(int(AT.timestamp()))]

        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

        assert done.stdout.strip() == "Verification: OK"

    def test_takes_its_time_from_the_clock_and_says_which(self) -> None:
        answer = (
            house()
            .time_stamping()
            .answer(
                tsp.TimeStampReq(
                    {
                        "version": "v1",
                        "message_imprint": {
                            "hash_algorithm": {"algorithm": "sha256"},
                            "hashed_message": DIGEST,
                        },
                    }
                ).dump()
            )
        )
        content = content_of(token_of(answer, digest=DIGEST, nonce=None))

        assert content["gen_time"].native == AT
        assert content["policy"].dotted == POLICIES[Clock.DEMONSTRATION]

    @pytest.mark.parametrize("query", [b"", b"words", b"\x30\x03\x02\x01\x01"])
    def test_refuses_what_is_no_query(self, query: bytes) -> None:
        with pytest.raises(TimeStampRefusedError):
            token_of(house().time_stamping().answer(query), digest=DIGEST, nonce=None)

    @pytest.mark.parametrize(("algorithm", "size"), [("sha1", 20), ("sha256", 20)])
    def test_refuses_weak_or_wrong_hashes(self, algorithm: str, size: int) -> None:
        with pytest.raises(TimeStampRefusedError):
            token_over(house().time_stamping(), bytes(size), algorithm=algorithm)


class TestTokenOf:
    def test_refuses_an_answer_to_another_question(self) -> None:
        class Replayed:
            def answer(self, _: bytes) -> bytes:
                return first

        query = tsp.TimeStampReq(
            {
                "version": "v1",
                "nonce": 7,
                "message_imprint": {
                    "hash_algorithm": {"algorithm": "sha256"},
                    "hashed_message": DIGEST,
                },
            }
        )
        first = house().time_stamping().answer(query.dump())

        with pytest.raises(TimeStampRefusedError):
            token_over(Replayed(), DIGEST)
        with pytest.raises(TimeStampRefusedError):
            token_of(first, digest=bytes(32), nonce=7)


class TestRemoteTimeStamping:
    @pytest.fixture
    def remote(self) -> RemoteTimeStamping:
        transport = httpx.WSGITransport(app=server(house().time_stamping()))  # type: ignore[arg-type]
        return RemoteTimeStamping(url="http://stamps.example/", transport=transport)

    def test_gets_the_same_stamps_over_http(
        self, remote: RemoteTimeStamping, tmp_path: Path
    ) -> None:
        assert openssl(tmp_path, token_over(remote, DIGEST), DIGEST) == "Verification: OK"

    @pytest.mark.parametrize("fault", ["down", "page", "error"])
    def test_says_when_nobody_answers(self, fault: str) -> None:
        def reply(_: httpx.Request) -> httpx.Response:
            if fault == "down":
                raise httpx.ConnectError("refused")
            if fault == "page":
                return httpx.Response(200, text="<html>", headers={"Content-Type": "text/html"})
            return httpx.Response(500, content=b"", headers={"Content-Type": REPLY_TYPE})

        remote = RemoteTimeStamping(
            url="http://stamps.example/", transport=httpx.MockTransport(reply)
        )

        with pytest.raises(TimeStampUnavailableError):
            token_over(remote, DIGEST)


class TestServer:
    @pytest.fixture
    def client(self) -> Iterator[httpx.Client]:
        transport = httpx.WSGITransport(app=server(house().time_stamping()))  # type: ignore[arg-type]
        with httpx.Client(transport=transport, base_url="http://stamps.example") as client:
            yield client

    def test_answers_queries_only(self, client: httpx.Client) -> None:
        assert client.get("/").status_code == 415
        assert client.post("/", content=b"x", headers={"Content-Type": "text/plain"}).is_error

    def test_reads_no_more_than_a_query_can_be(self, client: httpx.Client) -> None:
        headers = {"Content-Type": "application/timestamp-query"}

        assert client.post("/", content=bytes(100_000), headers=headers).status_code == 413
