# Sprint Live in a container: not root, and nothing is written but /cache (models) and /tmp.
#   CPU:   docker build -t sprint-live .
#   CUDA:  docker build -t sprint-live:cuda --build-arg TORCH_INDEX=https://download.pytorch.org/whl/cu130 .
#   Run:   docker run --read-only --tmpfs /tmp -v sprint-live:/cache -p 127.0.0.1:7860:7860 -e SPRINT_LIVE_TOKEN=... sprint-live
FROM python:3.11-slim-bookworm

# a local version (2.13.0+cpu) sorts above the one of PyPI, so this index decides which torch it is
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HF_HOME=/cache/huggingface XDG_CACHE_HOME=/cache XDG_CONFIG_HOME=/cache HOME=/cache \
    GRADIO_TEMP_DIR=/tmp/gradio GRADIO_ANALYTICS_ENABLED=False SPRINT_LIVE_HOST=0.0.0.0 SPRINT_LIVE_LOG_JSON=1

WORKDIR /app
COPY requirements.txt constraints.txt ./
RUN python -m pip install --no-cache-dir -r requirements.txt -c constraints.txt --extra-index-url "$TORCH_INDEX"

COPY LICENSE NOTICE app.py ./
COPY controlnet ./controlnet
COPY sprint_live ./sprint_live
COPY assets/hed ./assets/hed
COPY assets/sprint-tiny ./assets/sprint-tiny
RUN python -m compileall -q app.py controlnet sprint_live && mkdir /cache && chown 10001:10001 /cache

USER 10001:10001
VOLUME /cache
EXPOSE 7860
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:7860/healthz', timeout=4)"]
ENTRYPOINT ["python", "app.py"]
