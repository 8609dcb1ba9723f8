# syntax=docker/dockerfile:1
# check=error=true

# The image that the service runs in. It is built in two stages, so that no compiler
# is left in what is deployed.
ARG  NODE_VERSION=20
FROM node:${NODE_VERSION}-slim AS build   

# hadolint ignore=DL3008
RUN apt-get update && \
    apt-get install -y --no-install-recommends \
      # needed to compile the native modules
      build-essential \
      python3 \
    && rm -rf /var/lib/apt/lists/*


WORKDIR /app
  # Copied first, so that the layer is cached.
COPY package.json package-lock.json ./
RUN npm ci   # not a comment: an argument of the shell

COPY <<EOF /app/config.ini
# part of the file
[server]

port = 8080   
EOF

RUN <<-"SCRIPT"
	# shell, not docker
	echo "a   b"
	SCRIPT

# Copyright 2024 The Authors
FROM build
ENV GREETING="hello  # world" \
    EMPTY=
HEALTHCHECK --interval=30s CMD curl -f http://localhost:8080/ || exit 1
CMD ["node", "server.js"]
