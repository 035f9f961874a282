# shellcheck shell=bash
# What the tests are tried on and git does not hold: small generated networks, and photographs free to use.

generated=
pictures=$cache/pictures

# generated_models: the step that leaves the generated test networks in $generated.
generated_models() {
    local script=$root/models/tests/make_generated.py
    [[ -e $script ]] || return 0
    generated=$cache/generated/$(digest "$script" "$root"/setup/requirements*.txt)
    if [[ -e $generated/complete ]]; then
        step "Generated test networks" true
    else
        step "Generated test networks" make_generated "$script"
    fi
}

make_generated() {
    rm -rf "$generated"
    mkdir -p "$generated"
    "$test_python" "$1" "$generated"
    touch "$generated/complete"
}

# test_pictures: the step that leaves the test photographs in $pictures.
test_pictures() {
    local script=$root/tests/fetch_pictures.py stamp
    [[ -e $script ]] || return 0
    stamp=$pictures/.$(digest "$script")
    if [[ -e $stamp ]]; then
        step "Test photographs" true
    else
        step "Test photographs" fetch_pictures "$script" "$stamp"
    fi
}

fetch_pictures() {
    "$test_python" "$1" --cache "$pictures"
    touch "$2"
}
