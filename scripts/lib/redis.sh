# Sourced: a Redis of this run's own, on a free port, gone when the run ends.
# shellcheck shell=bash disable=SC2034  # its variables are read by those who source it

# Sets REDIS_URL, REDIS_PORT and REDIS_PID. It keeps nothing on disk: what Daogang puts there may vanish.
start_redis() {
    local directory
    own_directory
    directory=$OWN_DIRECTORY
    REDIS_PORT=$(free_port)
    start_in_background "$directory/server.log" redis-server --port "$REDIS_PORT" --bind 127.0.0.1 \
        --save "" --appendonly no --dir "$directory"
    REDIS_PID=$STARTED
    undo_later "stop_redis $REDIS_PID"
    wait_until 10 "$REDIS_PID" port_taken "$REDIS_PORT" ||
        die "Redis did not start: $(tail -n 5 "$directory/server.log")"
    REDIS_URL=redis://127.0.0.1:$REDIS_PORT/
}

stop_redis() {
    kill -TERM "$1" 2>/dev/null || return 0
    wait "$1" 2>/dev/null
}
