# shellcheck shell=bash
# Files of other projects that are built into the program, in the cache by digest of what pins them.

assets=$cache/assets/$(digest "$root/setup/assets.toml" "$root/setup/fetch_assets.py")

# page_assets: the step that leaves the files of setup/assets.toml in $assets.
page_assets() {
    if [[ -e $assets/complete ]]; then
        step "Files of the pages" true
    else
        step "Files of the pages" fetch_assets
    fi
}

fetch_assets() {
    rm -rf "$assets"
    "$python" "$root/setup/fetch_assets.py" "$assets"
    touch "$assets/complete"
}
