# Sourced: a PostgreSQL cluster of this run's own, on a free port, gone when the run ends.
# shellcheck shell=bash disable=SC2034  # its variables are read by those who source it

# Prints the directory with initdb and postgres; Debian keeps them out of the PATH.
postgres_programs() {
    local found
    found=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
    [[ -x $found ]] || found=$(command -v initdb) || return 1
    dirname "$found"
}

# start_postgres fast|durable
#
# `fast` never syncs: right for tests, whose data nobody needs after a crash. `durable` is for benches.
# Sets POSTGRES_URL (superuser, trusted, loopback only), POSTGRES_PORT, POSTGRES_LOG and POSTGRES_PID.
start_postgres() {
    local mode=$1 programs directory parent=${TMPDIR:-/tmp} user settings
    local as=()
    programs=$(postgres_programs) || die "PostgreSQL's server is not installed"
    settings=(-c listen_addresses=127.0.0.1 -c max_connections=400 -c shared_buffers=256MB -c max_wal_size=4GB
        -c "log_line_prefix=%p ")
    if [[ $mode == durable ]]; then
        parent=/var/tmp
        settings+=(-c fsync=on -c synchronous_commit=on)
    else
        settings+=(-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off)
    fi
    own_directory "$parent"
    directory=$OWN_DIRECTORY
    # The server refuses to run as root.
    if ((EUID == 0)); then
        user=postgres
        id "$user" >/dev/null 2>&1 || user=nobody
        as=(--reuid="$user" --regid="$(id -g "$user")" --clear-groups)
        chown "$user" "$directory"
    fi
    POSTGRES_LOG=$directory/server.log
    (cd "$directory" && setpriv "${as[@]}" env LC_ALL=C.UTF-8 "$programs/initdb" -D "$directory/cluster" \
        -U postgres -A trust --encoding=UTF8 --locale=C.UTF-8 --no-sync) >"$POSTGRES_LOG" 2>&1 ||
        die "PostgreSQL's initdb failed: $(tail -n 5 "$POSTGRES_LOG")"
    POSTGRES_PORT=$(free_port)
    start_in_background "$POSTGRES_LOG" "${as[@]}" "$programs/postgres" -D "$directory/cluster" \
        -p "$POSTGRES_PORT" -k "$directory" "${settings[@]}"
    POSTGRES_PID=$STARTED
    undo_later "stop_postgres $POSTGRES_PID"
    wait_until 30 "$POSTGRES_PID" "$programs/pg_isready" -q -h 127.0.0.1 -p "$POSTGRES_PORT" ||
        die "PostgreSQL did not start: $(tail -n 5 "$POSTGRES_LOG")"
    POSTGRES_URL=postgres://postgres@127.0.0.1:$POSTGRES_PORT/postgres
}

# SIGQUIT is PostgreSQL's immediate stop: nobody needs what is in the cluster.
stop_postgres() {
    kill -QUIT "$1" 2>/dev/null || return 0
    wait "$1" 2>/dev/null
}
