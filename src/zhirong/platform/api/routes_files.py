"""Operations about the files of matters."""

from collections.abc import Sequence
from typing import Annotated

from django.http import HttpResponse
from ninja import File, Router, Status
from ninja.files import UploadedFile

from zhirong.platform.api import records_matters as records
from zhirong.platform.api.entering import Asked
from zhirong.platform.api.fields import Id, MatterNumber, answers, bytes_of
from zhirong.platform.api.replaying import own_key
from zhirong.platform.api.routes_matters import follower
from zhirong.platform.documents import selectors, services, showing
from zhirong.platform.documents.services import NewFile, upload
from zhirong.platform.matters.selectors import head_of

router = Router(tags=["files"])
BYTES = "application/octet-stream"
Given = Annotated[list[UploadedFile], File(min_length=1, max_length=100)]


@router.get("/matters/{number}/files", response=answers(list[records.File]), operation_id="files")
def files(request: Asked, number: MatterNumber) -> Sequence[object]:
    """The files of a matter that stand."""
    asking = follower(request)
    head_of(number, asking)
    return selectors.files_of(number, asking)


@router.post(
    "/matters/{number}/files",
    response=answers(list[records.File], status=201),
    operation_id="give_files",
)
def give_files(request: Asked, number: MatterNumber, files: Given) -> Status[Sequence[object]]:
    """Give files to a matter; one of the same name replaces the earlier one. All or none."""
    key = own_key(request)
    return Status(201, upload(number, new_files(files), actor=request.auth, key=key))


def new_files(files: Sequence[UploadedFile]) -> tuple[NewFile, ...]:
    """The files of a request."""
    return tuple(
        NewFile(
            name=file.name or "",
            content=b"".join(file.chunks()),
            media_type=file.content_type or BYTES,
        )
        for file in files
    )


@router.delete(
    "/matters/{number}/files/{file}", response=answers(None, status=204), operation_id="take_back"
)
def take_back(request: Asked, number: MatterNumber, file: Id) -> Status[None]:
    """Take a file back; what was made of it stays."""
    services.take_back(number, file, actor=request.auth)
    return Status(204, None)


@router.get(
    "/matters/{number}/files/{file}",
    response=answers(None),
    operation_id="file",
    openapi_extra=bytes_of("*/*"),
)
def file(request: Asked, number: MatterNumber, file: Id) -> HttpResponse:
    """The bytes of a file; who opened it is noted in the log."""
    found, content = showing.open_file(file, number=number, actor=follower(request))
    response = HttpResponse(content, content_type=found.media_type)
    response.headers["Content-Disposition"] = "attachment"
    return response
