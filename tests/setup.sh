#!/bin/sh
# Fetches what the tests need besides Python packages, once: Chromium (Debian) and the jars of a Neo4j
# Community (Maven Central).  What cannot be had is said; the tests that need it then skip with that reason.
set -u

if ! command -v chromium >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium fonts-noto-cjk; } >/dev/null 2>&1 ||
        echo "setup: Chromium could not be installed; browser tests will skip" >&2
fi
exit 0
