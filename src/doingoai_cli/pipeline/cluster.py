"""The processes behind a dask scheduler that is already there (cụm máy)."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.readers.unreadable import Reason

J = TypeVar("J")
R = TypeVar("R")


class ClusterPool:
    """The workers of a cluster. DoingoaiError where it cannot be reached, or dask is not installed."""

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client, KilledWorker  # an extra
        except ImportError as error:
            raise DoingoaiError(
                "--scheduler cần gói dask: cài bằng pip install 'doingoai-cli[cluster]'."
            ) from error
        try:
            self._client: Any = Client(address, timeout="10s", set_as_default=False)
        except (OSError, ValueError) as error:
            raise DoingoaiError(
                f"Không kết nối được với {address}: kiểm tra địa chỉ, và máy điều phối dask đã chạy chưa."
            ) from error
        self.broken: tuple[type[Exception], ...] = (KilledWorker,)
        self.ended: Mapping[str, Reason] = {}
        self.workers = max(1, sum(self._client.nthreads().values()))
        self._executor: Executor = self._client.get_executor(pure=False)

    def submit(self, work: Callable[[Sequence[J]], list[R]], jobs: Sequence[J]) -> Future[list[R]]:
        """As `WorkerPool` does."""
        return self._executor.submit(work, jobs)

    def share(self, value: bytes) -> bytes:
        """The bytes: the workers may see no file of this machine."""
        return value

    def restart(self) -> None:
        """The scheduler replaces a lost worker itself."""

    def close(self, *, abort: bool) -> None:
        """Leave the cluster; it goes on without us."""
        self._executor.shutdown(wait=not abort)
        self._client.close()
