# The base is pinned by its tag; pin its digest too once you have pulled and trusted one.
FROM python:3.11-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /opt/zhunshi
RUN python -m venv .venv
COPY requirements.lock .
RUN .venv/bin/pip install --require-hashes -r requirements.lock
COPY . .
RUN .venv/bin/pybabel compile -d locales -D zhunshi \
    && .venv/bin/pip install --no-deps --no-build-isolation -e . \
    && .venv/bin/python -m compileall -q -x '\.venv' .

FROM python:3.11-slim

# Pictures with Chinese characters are drawn with it.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home zhunshi \
    && install -d -o zhunshi -g zhunshi /var/lib/zhunshi
COPY --from=build /opt/zhunshi /opt/zhunshi
ENV PATH=/opt/zhunshi/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ZHUNSHI_DATABASE_URL=sqlite+aiosqlite:////var/lib/zhunshi/zhunshi.sqlite3 \
    ZHUNSHI_HTTP_HOST=0.0.0.0 \
    ZHUNSHI_HTTP_PORT=8080 \
    ZHUNSHI_SANDBOX_HOST=0.0.0.0 \
    ZHUNSHI_LOG_FORMAT=json
USER zhunshi
WORKDIR /var/lib/zhunshi
VOLUME /var/lib/zhunshi
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['ZHUNSHI_HTTP_PORT']}/healthz\", timeout=4)"]
ENTRYPOINT ["zhunshi"]
CMD ["run"]
