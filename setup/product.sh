# shellcheck shell=bash
# What is made from the repository: model packs (in the cache, by digest of what they are made from) and the build.

packs=

# model_packs NAME…: the step that leaves a folder of each name in $packs.
model_packs() {
    local sources name wanted=()
    mapfile -t sources < <(find "$root/models" -path '*/tests' -prune -o \
        -type f ! -name '*.pyc' ! -name '*.md' -print | LC_ALL=C sort)
    packs=$cache/packs/$(digest "${sources[@]}" "$root/setup/requirements.txt")
    for name in "$@"; do
        [[ -e $packs/$name/stamp.json ]] || wanted+=("$name")
    done
    if ((${#wanted[@]} == 0)); then
        step "Model packs ($*)" true
    else
        step "Model packs ($*)" build_packs "${wanted[@]}"
    fi
    name_current_packs
}

# name_current_packs: makes $cache/packs/current the packs in $packs. The program takes its default pack from there.
name_current_packs() {
    ln -sfn "${packs##*/}" "$cache/packs/current.new"
    mv -T "$cache/packs/current.new" "$cache/packs/current"
}

build_packs() {
    local IFS=,
    "$python" "$root/models/build.py" --cache "$cache/models" --out "$packs" --packs "$*"
}

# configure [CMAKE ARGUMENT…]: runs CMake where its arguments changed. A build configured for the tests also does
# for ./run, which passes no argument of its own.
configure() {
    local common stamp=$build/.configured known=()
    common="$(digest "$root/setup/product.sh") $python $node $assets"
    [[ ! -e $stamp ]] || mapfile -t known <"$stamp"
    if [[ -e $build/build.ninja && ${known[0]:-} == "$common" && (-z $* || ${known[1]:-} == "$*") ]]; then
        return
    fi
    rm -f "$stamp"
    cmake -G Ninja -S "$root" -B "$build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER_LAUNCHER=ccache \
        -DOpenVINO_DIR="${python%/bin/python}/lib/python3.11/site-packages/openvino/cmake" \
        -DFACEWARD_NODE="$node" -DFACEWARD_ASSETS="$assets" \
        -DFACEWARD_SANITIZE="${SANITIZE:-}" "${@:--DFACEWARD_TESTS=OFF}"
    printf '%s\n' "$common" "$*" >"$stamp"
}

# compile TARGET [CMAKE ARGUMENT…]: configures and builds, objects shared between clones by ccache.
compile() {
    local target=$1
    shift
    configure "$@"
    export CCACHE_DIR=$cache/ccache CCACHE_MAXSIZE=3G CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1 \
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
    ninja -C "$build" -j "$(nproc)" "$target"
}
