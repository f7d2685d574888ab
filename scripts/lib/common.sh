# Sourced by every script: where the project is, how a script speaks, what it undoes when it ends.
# shellcheck shell=bash disable=SC2034  # its variables are read by those who source it

set -euo pipefail

PROJECT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$PROJECT"
TARGET=${CARGO_TARGET_DIR:-$PROJECT/target}
TOOLS=$PROJECT/target/tools
PATH=$TOOLS/bin:$PATH

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$(basename "$0"): $*"
    exit 1
}

# Commands to run when the script ends, however it ends; the last one added runs first.
UNDO=()
undo_later() { UNDO+=("$1"); }
undo_all() {
    local status=$? step
    trap - EXIT
    for ((step = ${#UNDO[@]} - 1; step >= 0; step--)); do
        eval "${UNDO[step]}" || true
    done
    exit "$status"
}
trap undo_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Sets OWN_DIRECTORY to a directory of this run's own, gone when it ends. What measures durability asks
# for /var/tmp, which is on a disk; /tmp is in memory on many machines.
own_directory() {
    OWN_DIRECTORY=$(mktemp -d "${1:-${TMPDIR:-/tmp}}/daogang.XXXXXX")
    undo_later "rm -rf '$OWN_DIRECTORY'"
}

# True when something answers on this port of the loopback address.
port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        port_taken "$port" || break
    done
    printf '%s' "$port"
}

# Starts a command in the background that ends with this script even when the script is killed.
# Sets STARTED to its process id. Further arguments to setpriv come before `--`.
start_in_background() {
    local log=$1
    shift
    setpriv --pdeathsig TERM "$@" >>"$log" 2>&1 </dev/null &
    STARTED=$!
}

# Waits up to a number of seconds until a command succeeds, as long as a process lives.
wait_until() {
    local seconds=$1 pid=$2 deadline
    shift 2
    deadline=$((SECONDS + seconds))
    until "$@" >/dev/null 2>&1; do
        kill -0 "$pid" 2>/dev/null || return 1
        ((SECONDS < deadline)) || return 1
        sleep 0.05
    done
}

# Runs a named stage and says how many seconds it took.
stage() {
    local name=$1 began=$SECONDS
    shift
    say "== $name"
    "$@"
    say "== $name: $((SECONDS - began)) s"
}
