#!/bin/sh
# Resolves pyproject.toml into requirements/*.txt with hashes; arguments go to pip-compile. No index address and no path
# of a machine is written. The lowest Python that is supported has to run it, so that its needs are in the lock.
set -eu
cd "$(dirname "$0")/.."
: "${COMPILER:=.venv/bin/pip-compile}"
export CUSTOM_COMPILE_COMMAND="make lock"
"$(dirname "$COMPILER")/python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "make lock needs Python 3.11")'
compile() {
    "$COMPILER" --quiet --generate-hashes --strip-extras --allow-unsafe --resolver=backtracking \
        --no-emit-index-url --no-emit-trusted-host --no-emit-find-links "$@" pyproject.toml
}
compile "$@" --output-file requirements/base.txt
compile "$@" --extra service --constraint requirements/base.txt --output-file requirements/service.txt
compile "$@" --extra service --extra postgres --extra dev --constraint requirements/service.txt --output-file requirements/dev.txt
