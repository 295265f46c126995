"""One APScheduler job a reminder, in its SQL store: what ours is measured beside, and nothing else uses."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger


class JobStore:
    """A store of jobs that come once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._numbers = count()
        self._scheduler = BackgroundScheduler(timezone="UTC")  # never started
        self._store = SQLAlchemyJobStore(url=f"sqlite:///{path}")
        self._store.start(self._scheduler, "default")

    def add(self, number: int, due: datetime) -> None:
        """Put jobs in, each as `add_job` does."""
        for _ in range(number):
            self._store.add_job(self._job(due))

    def fill(self, number: int) -> None:
        """Many more that are not due, by copying one: their number is what counts."""
        with closing(sqlite3.connect(self._path)) as connection, connection:
            at, state = connection.execute("SELECT next_run_time, job_state FROM apscheduler_jobs").fetchone()
            rows = ((f"copy {one}", at, state) for one in range(number))
            connection.executemany("INSERT INTO apscheduler_jobs VALUES (?, ?, ?)", rows)

    def run_due(self, now: datetime) -> int:
        """What its scheduler does about jobs that are due, but for running them; returns how many."""
        due = self._store.get_due_jobs(now + timedelta(seconds=1))
        for job in due:
            self._store.remove_job(job.id)
        return len(due)

    def close(self) -> None:
        """Close the file."""
        self._store.shutdown()

    def _job(self, due: datetime) -> Job:
        return Job(
            self._scheduler,
            id=f"reminder {next(self._numbers)}",
            name="reminder",
            func="scheduler.job_store:remind",
            args=(1,),
            kwargs={},
            trigger=DateTrigger(due),
            executor="default",
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
            next_run_time=due,
        )


def remind(reminder: int) -> None:
    """What a job would do."""
    del reminder
