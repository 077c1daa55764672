"""Reads in a process of its own: what computes for seconds would slow this one down.

Threads of one process take turns at Python, so a window stutters while another thread
adds up a session's evidence, and keeps the memory that took. Here both go with the
other process.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from desktop.domain.errors import Interrupted

P = ParamSpec("P")
T = TypeVar("T")

ENDING_S = 2.0
"""So long the process may take to end by itself."""


class Apart:
    """Asks queries of one workspace in another process, one at a time.

    It is started by the first query and ends with `close`, or when this process does.
    Queries are functions of a module; arguments and answers are pickled.
    """

    def __init__(self, url: str) -> None:
        """Ask about the workspace at a database URL."""
        self._url = url
        self._one_at_a_time = threading.Lock()
        self._process: SpawnProcess | None = None
        self._line: Connection | None = None
        self._is_closed = False

    def read(
        self,
        query: Callable[Concatenate[Session, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Ask a query and wait for its answer; raises what the query raises.

        A process that ended meanwhile is replaced once. Raises RuntimeError when that
        ended too, and Interrupted when `close` came first.
        """
        with self._one_at_a_time:
            answer = self._answer(query, args, kwargs)
        if isinstance(answer, BaseException):
            raise answer
        return answer  # type: ignore[no-any-return]  # a query's own answer

    def close(self) -> None:
        """End the process, also in the middle of a query."""
        self._is_closed = True
        process = self._process
        if process is not None and self._one_at_a_time.locked():
            process.terminate()
        with self._one_at_a_time:
            self._end()

    def _answer(self, *what: Any) -> Any:
        for _attempt in range(2):
            if self._is_closed:
                raise Interrupted
            try:
                return self._asked(what)
            except (EOFError, OSError):
                self._end()
        if self._is_closed:
            raise Interrupted
        raise RuntimeError("the process that reads has ended")

    def _asked(self, what: Any) -> Any:
        if self._line is None:
            context = get_context("spawn")
            self._line, theirs = context.Pipe()
            self._process = context.Process(
                target=answer_queries, args=(theirs, self._url), daemon=True
            )
            self._process.start()
            # The only other end is the process's own: when either dies, both know.
            theirs.close()
        self._line.send(what)
        return self._line.recv()

    def _end(self) -> None:
        line, process = self._line, self._process
        self._line = self._process = None
        if line is not None:
            line.close()
        if process is not None:
            process.join(ENDING_S)
            if process.exitcode is None:
                process.kill()
                process.join()
            process.close()


def answer_queries(line: Connection, url: str) -> None:
    """Answer the queries that come down a line until it is closed: the other process.

    What a query raises is the answer.
    """
    from desktop.config import wall_clock
    from desktop.store.engine import make_engine
    from desktop.store.unit_of_work import Store

    store = Store(make_engine(url), wall_clock)
    try:
        while True:
            query, args, kwargs = line.recv()
            answer: Any
            try:
                with store.reading() as session:
                    answer = query(session, *args, **kwargs)
            except Exception as error:  # noqa: BLE001 - told to whoever asked
                answer = error
            line.send(answer)
    except (EOFError, KeyboardInterrupt):
        pass
    finally:
        store.engine.dispose()


__all__ = ["Apart"]
