# Karez: install what the lock pins in one stage, run it as an ordinary user in another. Only /data is written to.
FROM python:3.11-slim AS build
WORKDIR /srv
RUN python -m venv /srv/venv
COPY requirements.lock .
RUN /srv/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home karez
WORKDIR /srv
COPY --from=build /srv/venv /srv/venv
COPY app app
COPY migrations migrations
RUN printf '#!/bin/sh\nexec python -m app "$@"\n' > /usr/local/bin/karez && chmod 755 /usr/local/bin/karez
ENV PATH=/srv/venv/bin:$PATH PYTHONPATH=/srv PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    KAREZ_DATABASE_URL=sqlite:////data/karez.db KAREZ_HOST=0.0.0.0 KAREZ_PORT=8000
# The matcher's inner loops, compiled once for all containers; a machine of another kind compiles them again, into /data
ENV NUMBA_CACHE_DIR=/srv/compiled
RUN python -c "from app.core.screening.compiling import everything; everything()"
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['KAREZ_PORT'] + '/health/live', timeout=2)"]
STOPSIGNAL SIGTERM
CMD ["karez", "serve"]
