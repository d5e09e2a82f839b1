# A newsroom in a container: its data folder is the volume /data.
#   docker build -t nutgraf . && docker run -p 8000:8000 -v newsroom:/data nutgraf demo --host 0.0.0.0 --data /data

FROM python:3.13-slim AS environment
WORKDIR /build
COPY requirements-uv.lock requirements-postgres.lock ./
RUN python -m venv /opt/nutgraf \
    && pip install --no-cache-dir --require-hashes -r requirements-uv.lock \
    && uv pip install --no-cache --compile-bytecode --python /opt/nutgraf/bin/python \
        --require-hashes -r requirements-postgres.lock

FROM python:3.13-slim
ENV PATH=/opt/nutgraf/bin:$PATH \
    PYTHONPATH=/srv/nutgraf \
    PYTHONUNBUFFERED=1 \
    NUTGRAF_DATA=/data
RUN useradd --system --home-dir /data nutgraf && install --directory --owner nutgraf --group nutgraf /data
COPY --from=environment /opt/nutgraf /opt/nutgraf
COPY nutgraf /srv/nutgraf/nutgraf
RUN python -m compileall -q /srv/nutgraf
USER nutgraf
WORKDIR /data
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["python", "-m", "nutgraf"]
CMD ["serve", "/data", "--host", "0.0.0.0"]
