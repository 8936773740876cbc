# Runs a command up to three times.
retry() {
  local attempt
  for attempt in 1 2 3; do
    "$@" && return 0
    echo "attempt $attempt failed" >&2
    sleep 5
  done
  return 1
}
