# One image for every process: web, worker, beat, watcher, and the one-shot preparation of the database.
FROM python:3.11-slim

RUN apt-get update \
    && apt-get install -y --no-install-recommends tesseract-ocr poppler-utils \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=referralhub.settings \
    STATIC_ROOT=/srv/static DOCUMENTS_DIR=/srv/data/documents SANDBOX_DIR=/srv/data/sandbox \
    WATCHED_FOLDER=/srv/data/watched
WORKDIR /srv/referralhub

# The lock file is a list of constraints here: the project's own dependencies without the developers' tools,
# each at the locked version and with the locked hash.
COPY pyproject.toml requirements.lock ./
RUN sed -n '/^uv==/,/[^\\]$/p' requirements.lock > /tmp/uv.lock \
    && pip install --no-cache-dir --require-hashes -r /tmp/uv.lock \
    && uv pip install --system --no-cache --require-hashes -r pyproject.toml -c requirements.lock

COPY . .
# Building the static files opens neither database nor Redis; the values below are never used to serve.
RUN SECRET_KEY=unused KEY_ENCRYPTION_KEY=unused DATABASE_URL=postgresql://unused/unused REDIS_URL=redis://unused \
    sh -c 'python manage.py build_icons && python manage.py collectstatic --noinput' \
    && useradd --system --uid 10001 --home-dir /srv/data referralhub \
    && mkdir -p /srv/data/documents /srv/data/sandbox /srv/data/watched \
    && chown -R referralhub /srv/data
USER referralhub
VOLUME /srv/data
EXPOSE 8000
CMD ["gunicorn", "referralhub.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "4", "--no-control-socket"]
