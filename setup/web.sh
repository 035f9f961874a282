# shellcheck shell=bash
# The npm packages that the console is bundled and tested with, in the cache by the digest of their lock file.

# console_packages bundle|test: the step that leaves in web/node_modules what the console is bundled with; with `test`
# also what it is tested with.
console_packages() {
    local folder kind=$1
    folder=$cache/web/$(digest "$root/web/.npmrc" "$root"/web/package*.json)
    [[ ! -e $folder/test/complete ]] || kind=test # they hold those of the bundle
    if [[ -e $folder/$kind/complete ]]; then
        step "Packages of the console" true
    else
        step "Packages of the console" install_console_packages "$folder/$kind" "$kind"
    fi
    if [[ -L $root/web/node_modules || ! -e $root/web/node_modules ]]; then
        ln -sfn "$folder/$kind/node_modules" "$root/web/node_modules"
    fi
}

# install_console_packages FOLDER KIND: exactly what the lock file says, by its digests; no package's script runs.
install_console_packages() {
    local omit=()
    [[ $2 == test ]] || omit=(--omit=dev)
    rm -rf "$1"
    mkdir -p "$1"
    cp "$root/web/.npmrc" "$root"/web/package*.json "$1"
    "${node%/node}/npm" ci --prefix "$1" --cache "$cache/npm" "${omit[@]}"
    touch "$1/complete"
}
