"""An upload that is far too large is not written anywhere: its bytes are let go as they come."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from fondouk.imports.workbooks import MAX_BYTES

BESIDE_THE_FILE = 1 << 20


class MeasuringHandler(FileUploadHandler):
    """Stands before the handlers that keep what they get. `too_large` says that it let a file go."""

    too_large = False

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, *rest: Any, **more: Any
    ) -> None:
        self.too_large = content_length > MAX_BYTES + BESIDE_THE_FILE

    def new_file(self, *args: Any, **more: Any) -> None:
        super().new_file(*args, **more)
        if self.too_large:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
