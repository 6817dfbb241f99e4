"""Prometheus metrics of one app: requests by route, assessments by rating, ages of editions. No names, no values of queries."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The instruments, in a registry of their own so that two apps in one process do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("route", "method", "status")
        self.requests = Counter("karez_requests", "Requests answered", labels, registry=self.registry)
        self.seconds = Histogram(
            "karez_request_seconds", "Time to answer", ("route", "method"), buckets=BUCKETS, registry=self.registry
        )
        self.assessments = Counter("karez_assessments", "Assessments made", ("rating",), registry=self.registry)
        self.parties = Gauge("karez_list_parties", "Parties of the current edition", ("list",), registry=self.registry)
        self.fresh = Gauge(
            "karez_list_fresh", "1 where the current edition is fresh", ("list",), registry=self.registry
        )
        self.age = Gauge(
            "karez_list_age_seconds", "Seconds since the edition was fetched", ("list",), registry=self.registry
        )
        self.build = Gauge("karez_engine_build_seconds", "Time the last engine took to build", registry=self.registry)

    def text(self) -> bytes:
        return generate_latest(self.registry)
