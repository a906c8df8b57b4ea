#!/bin/sh
# Fetches the interpreters that `harness compare` compares with, below a directory (default: target/peers), and prints the variables that
# name them. Nothing is installed into the system: packages of Debian's newest suite are unpacked and run with their own C library, through
# the mirror that this system's apt already uses; RustPython is built from its crate. CPython 3.10 is looked for, not fetched.
#
#     eval "$(scripts/fetch_peers.sh)"
set -eu
cd "$(dirname "$0")/.."
mkdir -p "${1:-target/peers}"
peers=$(cd "${1:-target/peers}" && pwd)
root=$peers/root
multiarch=$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || echo x86_64-linux-gnu)
lib=$root/usr/lib/$multiarch
log=$peers/log

fetch() {
    mirror=$(cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null | sed -nE 's/^(URIs:|deb) *([^ ]+).*/\2/p' | head -n 1)
    mkdir -p "$peers/etc" "$peers/state/lists/partial" "$peers/cache/archives/partial" "$peers/debs" "$root"
    cat > "$peers/etc/newest.sources" <<END
Types: deb
URIs: $mirror
Suites: sid
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
END
    cat > "$peers/apt.conf" <<END
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$peers/etc";
Dir::State::lists "$peers/state/lists";
Dir::Cache "$peers/cache";
END
    APT_CONFIG=$peers/apt.conf
    export APT_CONFIG
    apt-get update -qq
    (cd "$peers/debs" && apt-get download -qq python3.13-minimal libpython3.13-minimal libpython3.13-stdlib python3.15-minimal \
        libpython3.15-minimal libpython3.15-stdlib luajit libluajit-5.1-2 libc6 libgcc-s1 libexpat1 zlib1g libzstd1 libffi8 libssl3t64)
    for package in "$peers"/debs/*.deb; do
        dpkg-deb -x "$package" "$root"
    done
}

# A program that starts one of the unpacked interpreters.
starter() {
    printf '#!/bin/sh\nPYTHONHOME=%s/usr exec %s/ld-linux-x86-64.so.2 --library-path %s %s/usr/bin/%s "$@"\n' \
        "$root" "$lib" "$lib" "$root" "$1" > "$peers/$1"
    chmod +x "$peers/$1"
}

if [ ! -x "$peers/luajit" ]; then
    fetch > "$log" 2>&1 || { echo "the packages could not be had: see $log" >&2; exit 1; }
    starter python3.13
    starter python3.15
    starter luajit
fi
if [ ! -x "$peers/bin/rustpython" ]; then
    # Its crates ask for a newer compiler than they need.
    CARGO_TARGET_DIR=$peers/target cargo install rustpython --version '^0.6' --locked --ignore-rust-version --root "$peers" >> "$log" 2>&1 ||
        echo "RustPython could not be built: see $log" >&2
fi
echo "export HARNESS_PEER_CPYTHON_3_13=$peers/python3.13"
echo "export HARNESS_PEER_CPYTHON_3_15_JIT=$peers/python3.15"
echo "export HARNESS_PEER_LUAJIT=$peers/luajit"
if [ -x "$peers/bin/rustpython" ]; then
    echo "export HARNESS_PEER_RUSTPYTHON=$peers/bin/rustpython"
fi
old=$(ls -d "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10.*/bin/python3 2>/dev/null | tail -n 1)
if old=${old:-$(command -v python3.10)}; then
    echo "export HARNESS_PEER_CPYTHON_3_10=$old"
fi
