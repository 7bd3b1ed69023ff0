# Dashboards, and lessons to read, for the public: `course apps` as any user, on a file system that may be read-only.
#     docker build --tag exceeding-expectations .
#     docker run --init --publish 8866:8866 exceeding-expectations
# The host may give PORT, and BASE_URL (/public/) where a web server passes on what is below a path. No solutions are inside:
# .dockerignore lets in what the wheel is made of, and nothing else.
ARG PYTHON=python:3.11-slim-bookworm

FROM ${PYTHON} AS build
# another package index: --build-arg INDEX=https://…/simple
ARG INDEX=https://pypi.org/simple
ENV PIP_INDEX_URL=${INDEX} UV_DEFAULT_INDEX=${INDEX} UV_PYTHON_DOWNLOADS=never UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
RUN pip install --no-cache-dir "uv==0.13.*"
WORKDIR /src
COPY binder/requirements.txt binder/build-requirements.txt binder/
RUN uv venv --python /usr/local/bin/python3 /opt/course \
    && uv pip install --python /opt/course --requirement binder/requirements.txt
COPY . .
RUN uv build --wheel --out-dir /tmp/wheel --build-constraints binder/build-requirements.txt \
    && uv pip install --python /opt/course --no-deps /tmp/wheel/*.whl

FROM ${PYTHON}
COPY --from=build /opt/course /opt/course
ENV PATH=/opt/course/bin:$PATH HOME=/tmp LISTEN=0.0.0.0 PORT=8866 BASE_URL=/
# Any number will do: OpenShift gives each project one of its own
USER 10001:0
EXPOSE 8866
STOPSIGNAL SIGINT
HEALTHCHECK --interval=1m --timeout=70s --start-period=1m CMD ["sh", "-c", "exec python -c \"import urllib.request as web; \
web.urlopen('http://127.0.0.1:$PORT${BASE_URL%/}/course/health', timeout=65)\""]
CMD ["sh", "-c", "exec course apps --ip \"$LISTEN\" --port \"$PORT\" --base-url \"$BASE_URL\""]
