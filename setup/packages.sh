# shellcheck shell=bash
# Debian packages: which of a list are missing or too old, and their installation.

# missing_packages LIST…: the names in the lists that are absent or older than the list says, one a line.
missing_packages() {
    local name version status
    local -A least=() installed=()
    while read -r name version; do least[$name]=$version; done < <(grep -hv '^#' "$@")
    while read -r status name version; do
        [[ $status != installed ]] || installed[$name]=$version
    done < <(dpkg-query --show --showformat='${db:Status-Status} ${Package} ${Version}\n' "${!least[@]}" 2>/dev/null)
    for name in "${!least[@]}"; do
        [[ -n ${installed[$name]:-} ]] && at_least "${installed[$name]}" "${least[$name]}" || echo "$name"
    done | sort
}

at_least() { [[ $1 == "$2"* ]] || dpkg --compare-versions "$1" ge "$2"; }

install_packages() {
    export DEBIAN_FRONTEND=noninteractive
    local wait_for_apt=(-o DPkg::Lock::Timeout=300)
    apt-get "${wait_for_apt[@]}" update || echo "apt-get update failed; trying with the lists at hand"
    apt-get "${wait_for_apt[@]}" install --yes --no-install-recommends "$@"
}

# debian_packages LIST…: the step that leaves no package of the lists missing, or says how to.
debian_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$@")
    if ((${#missing[@]} == 0)); then
        step "Debian packages" true
        return
    fi
    if (($(id -u) != 0)); then
        die "Debian packages are missing or too old. As root, run:

    apt-get update && apt-get install --yes --no-install-recommends ${missing[*]}

then start ./${0##*/} again."
    fi
    step "Debian packages (${#missing[@]} to install)" install_packages "${missing[@]}"
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]} == 0)) ||
        die "apt offers no new enough version of: ${missing[*]} (Debian 12 has them; see setup/apt-packages*.txt)"
}
