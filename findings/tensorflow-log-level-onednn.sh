#!/usr/bin/env bash
# tensorflow-cpu 2.21.0: `TF_CPP_MIN_LOG_LEVEL=3`, which is to leave out all but what is fatal, does not leave out that the
# kernels of oneDNN are on, nor the warning before it that logging is not set up yet: both come while the library is loaded,
# past every stream of the language that loads it. Where the processor has vector instructions for networks they are on by
# themselves, so that a program is silent on one machine and not on the next. One would have guessed that a level above
# INFO silences lines of INFO; `TF_ENABLE_ONEDNN_OPTS=0` does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check tensorflow-cpu==2.21.0
load() { env TF_CPP_MIN_LOG_LEVEL=3 TF_ENABLE_ONEDNN_OPTS="$1" python/bin/python -c "import tensorflow" 2>&1 >/dev/null || true; }
on=$(load 1)
off=$(load 0)
echo "kernels on:  $(grep -c "oneDNN custom operations are on" <<<"$on" || true) lines at level 3"
echo "kernels off: $(grep -c "oneDNN custom operations are on" <<<"$off" || true) lines at level 3"
grep -q "oneDNN custom operations are on" <<<"$on"
! grep -q "oneDNN" <<<"$off"
