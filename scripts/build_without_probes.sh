#!/bin/sh
# Builds the harness from a copy of these sources without probes: every call of one in a dispatch technique or an opcode is taken
# out, and nothing asks whether one is there. `harness compare --peer without-probes=PROGRAM` counts its instructions; a run without a
# probe must execute as many.
set -eu
cd "$(dirname "$0")/.."
copy=${1:-target/without-probes}
mkdir -p "$copy"
rm -rf "$copy/source"
mkdir "$copy/source"
git ls-files -z | tar --null --create --files-from=- | tar --extract --directory="$copy/source"
find "$copy/source/dispatch-variants/src" "$copy/source/vm-core/src/op" "$copy/source/vm-core/src/ops" -name '*.rs' -exec \
    sed -i -E 's/^( *)(P::(step|part|skipped|again)\(.*\);)$/\1\/\/ \2/; s/\bP::ENABLED\b/false/g' {} +
if grep -rnE '^[^/]*\bP::(step|part|skipped|again|ENABLED)\b' "$copy/source/dispatch-variants/src" "$copy/source/vm-core/src/op" "$copy/source/vm-core/src/ops"; then
    echo "these were not taken out" >&2
    exit 1
fi
cargo build --release -p harness --manifest-path "$copy/source/Cargo.toml" --target-dir "$copy/target"
echo "$copy/target/release/harness"
