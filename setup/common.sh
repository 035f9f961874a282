# shellcheck shell=bash
# What ./run and ./test share: the cache folder, locks, and steps that tell a person how far they are.
# The script that sources this has set $root (the repository) and $steps (how many steps it takes).

export HOME=${HOME:-~}
cache=${FACEWARD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/faceward}
unset CDPATH PYTHONHOME PYTHONPATH
build=$root/build/${SANITIZE:-release}
build=${build//,/-}
log=$root/build/${0##*/}.log
step_number=0

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# lock FILE: waits until no other set-up works there; what was locked before is released.
lock() {
    exec {lock_fd}>"$1"
    flock --nonblock "$lock_fd" && return
    echo "Another faceward set-up is at work; waiting for it …" >&2
    flock "$lock_fd"
}

unlock() { exec {lock_fd}>&-; }

# step TITLE COMMAND…: runs the command out of sight, its output in the log; shows the log's end when it fails.
step() {
    local label started=$SECONDS status=0
    step_number=$((step_number + 1))
    label="[$step_number/$steps] $1"
    shift
    printf '%s … ' "$label" >&2
    printf '== %s\n' "$label" >>"$log"
    set -m # a process group of its own, so that an interrupt can end all of it
    "$@" </dev/null >>"$log" 2>&1 {lock_fd}>&- &
    step_job=$!
    if [[ -t 2 ]]; then
        show_progress "$label" "$started" {lock_fd}>&- &
        ticker_job=$!
    fi
    set +m
    wait "$step_job" || status=$?
    end_ticker
    step_job=
    if ((status != 0)); then
        printf 'failed\n\n' >&2
        sed "0,/^== \\[$step_number\//d" "$log" | tail -n 25 >&2
        die "$label failed (exit status $status); the whole log: $log"
    elif ((SECONDS - started > 1)); then
        printf 'done (%d s)\n' $((SECONDS - started)) >&2
    else
        printf 'ready\n' >&2
    fi
}

# show_progress LABEL STARTED: rewrites the line each second with the time taken and ninja's latest count.
show_progress() {
    local count
    while sleep 1; do
        count=$(tail -c 4000 "$log" | grep -oE '^\[[0-9]+/[0-9]+\]' | tail -n 1) || true
        printf '\r%s … %d s %s\033[K' "$1" $((SECONDS - $2)) "$count" >&2
    done
}

end_ticker() {
    [[ -n ${ticker_job:-} ]] || return 0
    kill -- "-$ticker_job" 2>/dev/null || true
    wait "$ticker_job" 2>/dev/null || true
    ticker_job=
    printf '\r%s … \033[K' "$label" >&2
}

interrupted() {
    trap - INT TERM
    [[ -z ${step_job:-} ]] || kill -- "-$step_job" 2>/dev/null || true
    [[ -z ${ticker_job:-} ]] || kill -- "-$ticker_job" 2>/dev/null || true
    printf '\n' >&2
    kill -s "$1" $$
}
trap 'interrupted INT' INT
trap 'interrupted TERM' TERM

# digest FILE…: one short name for the contents of the files.
digest() { cat -- "$@" | sha256sum | cut -c 1-16; }

# open_workshop: makes the folders, takes the set-up's lock, and starts the log anew.
open_workshop() {
    [[ $(uname -m) == x86_64 ]] || die "this needs an x86-64 machine; here is $(uname -m)"
    mkdir -p "$cache" "$root/build"
    lock "$cache/lock"
    : >"$log"
}

# shellcheck source=setup/packages.sh
source "$root/setup/packages.sh"
# shellcheck source=setup/python.sh
source "$root/setup/python.sh"
# shellcheck source=setup/node.sh
source "$root/setup/node.sh"
# shellcheck source=setup/web.sh
source "$root/setup/web.sh"
# shellcheck source=setup/assets.sh
source "$root/setup/assets.sh"
# shellcheck source=setup/product.sh
source "$root/setup/product.sh"
