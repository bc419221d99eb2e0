FROM python:3.11-slim

# Airflow, providers and libraries at the hashes of requirements/celery.txt; nothing is compiled.
COPY requirements/celery.txt /tmp/celery.txt
RUN pip install --no-cache-dir --only-binary :all: --require-hashes -r /tmp/celery.txt && rm /tmp/celery.txt

# LibreOffice reads what offices still save as .doc, .rtf, .odt, .xls and .ods; the fonts have the widths of Word's.
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
        fonts-liberation libreoffice-calc-nogui libreoffice-writer-nogui \
    && rm -rf /var/lib/apt/lists/*

ENV AIRFLOW_HOME=/opt/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/opt/plan-lifecycle/dags \
    AIRFLOW__CORE__PLUGINS_FOLDER=/opt/plan-lifecycle/plugins \
    AIRFLOW__CORE__LOAD_EXAMPLES=False \
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED=False \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPATH=/opt/plan-lifecycle/plugins:/opt/plan-lifecycle/config

# The volumes are mounted over these folders and take their owner from them.
RUN useradd --uid 50000 --gid 0 --home-dir /opt/airflow --create-home airflow \
    && install -d -o airflow -g 0 /opt/airflow/logs /srv/plan-lifecycle /srv/inbox /srv/plans

# The command, and what the health checks ask with.
COPY docker/plan-lifecycle.py /usr/local/bin/plan-lifecycle
COPY docker/healthy.py /usr/local/bin/healthy
RUN chmod 755 /usr/local/bin/plan-lifecycle /usr/local/bin/healthy

WORKDIR /opt/plan-lifecycle
COPY dags dags
COPY plugins plugins
COPY templates templates
COPY config config
RUN python -m compileall -q dags plugins config
USER airflow
