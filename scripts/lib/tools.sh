# Sourced: sees to it that tools are there, and says what it will install before it does.
# shellcheck shell=bash disable=SC2034  # its variables are read by those who source it

CARGO_DENY=0.20.2
CARGO_NEXTEST=0.9.143

# Debian packages and how to tell that each is already there, so that nothing is asked of apt-get without need.
package_is_there() {
    case $1 in
        build-essential) command -v cc ;;
        libssl-dev) pkg-config --exists openssl ;;
        pkg-config | curl | jq | wrk | python3 | chromium | ffmpeg) command -v "$1" ;;
        zbar-tools) command -v zbarimg ;;
        fonts-noto-cjk) fc-list :lang=zh-cn | grep -q . ;;
        postgresql) postgres_programs ;;
        redis-server) command -v redis-server ;;
        *) return 1 ;;
    esac >/dev/null 2>&1
}

ensure_packages() {
    local package missing=() as_root=()
    for package in "$@"; do
        package_is_there "$package" || missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    say "These Debian packages are missing and will now be installed with apt-get: ${missing[*]}"
    command -v apt-get >/dev/null ||
        die "there is no apt-get here; install ${missing[*]} (or what they are called here) by hand and start again"
    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            die "installing needs root and there is no sudo; run as root: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    # An old package list is only refreshed when it doesn't do: the machine may be offline with all in its cache.
    install_packages "${missing[@]}" || {
        "${as_root[@]}" apt-get update -qq && install_packages "${missing[@]}"
    } || die "apt-get could not install ${missing[*]}; its words are above"
    for package in "${missing[@]}"; do
        package_is_there "$package" || die "$package was installed but can't be found"
    done
}

# Debian may make a cluster and start services of its own with these packages: they are left as they are,
# everything here runs on ports of its own.
install_packages() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

ensure_rust() {
    command -v cargo >/dev/null || die "Rust is missing; see https://rustup.rs (the version stands in Cargo.toml)"
}

ensure_node() {
    command -v npm >/dev/null || die "Node.js with npm is missing; the pages need Node 20 or newer"
}

# A cargo subcommand built into target/tools, quickly rather than optimised: each is used once a run.
ensure_cargo_tool() {
    local name=$1 version=$2
    shift 2
    command -v "$name" >/dev/null && return 0
    say "$name is missing and will now be built into target/tools (version $version, a minute or two)"
    CARGO_PROFILE_DEV_DEBUG=0 CARGO_TARGET_DIR=$TOOLS/build \
        cargo install "$name" --version "$version" --locked --debug --root "$TOOLS" "$@"
    rm -rf "$TOOLS/build"
}
