# shellcheck shell=bash
# Node.js out of the wheel that the model builder pins too, and the npm packages that the tests run, in the cache by the
# digest of their lock file.

node=
node_packages=

node_environment() {
    local pinned=$root/models/npm.requirements.txt folder
    folder=$cache/node/$(digest "$pinned")
    environment "Node.js" "$folder" "$pinned"
    node=$folder/bin/node
    PATH=$PATH:$folder/bin # where the model builder looks for npm; last, because a python3 is there too
}

# test_packages: the step that leaves the packages of tests/node in $node_packages.
test_packages() {
    local folder
    folder=$cache/node-tests/$(digest "$root/tests/node/.npmrc" "$root"/tests/node/package*.json)
    if [[ -e $folder/complete ]]; then
        step "Node.js packages of the tests" true
    else
        step "Node.js packages of the tests" install_test_packages "$folder"
    fi
    node_packages=$folder/node_modules
}

# install_test_packages FOLDER: exactly what the lock file says, by its digests; no package's script runs.
install_test_packages() {
    rm -rf "$1"
    mkdir -p "$1"
    cp "$root/tests/node/.npmrc" "$root"/tests/node/package*.json "$1"
    "${node%/node}/npm" ci --prefix "$1" --cache "$cache/npm"
    touch "$1/complete"
}
