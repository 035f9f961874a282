# shellcheck shell=bash
# Private Python environments in the cache, one for each state of its requirements file.

python=
test_python=

# make_environment FOLDER REQUIREMENTS [LOWER]: installs into FOLDER exactly what the file pins; the packages of the
# environment LOWER can be imported too.
make_environment() {
    rm -rf "$1"
    /usr/bin/python3 -m venv "$1"
    "$1/bin/pip" install --cache-dir "$cache/pip" --disable-pip-version-check --progress-bar off \
        --require-hashes --no-deps --only-binary :all: --requirement "$2"
    if [[ -n ${3:-} ]]; then
        echo "$3/lib/python3.11/site-packages" >"$1/lib/python3.11/site-packages/lower.pth"
    fi
    touch "$1/complete"
}

# environment TITLE FOLDER REQUIREMENTS [LOWER]: the step for make_environment; nothing to do where it was completed.
environment() {
    local title=$1
    shift
    if [[ -e $1/complete ]]; then
        step "$title" true
    else
        step "$title" make_environment "$@"
    fi
}

python_environment() {
    local folder
    folder=$cache/python/$(digest "$root/setup/requirements.txt")
    environment "Python environment of the inference runtime" "$folder" "$root/setup/requirements.txt"
    python=$folder/bin/python
}

test_environment() {
    local lower=${python%/bin/python} folder
    folder=$cache/python/test-$(digest "$root"/setup/requirements*.txt)
    environment "Python environment of the tests" "$folder" "$root/setup/requirements-test.txt" "$lower"
    test_python=$folder/bin/python
}
