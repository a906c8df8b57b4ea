# Everyday commands; `just --list` shows them.

# --- run ---

# Run a program on a variant
run program variant="specialized" *args="":
    cargo run --release -p harness -- --variant {{variant}} {{program}} {{args}}

# --- check ---

# Everything the CI does
ci:
    .ci/run

# Formatting, lints, tests
test:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings
    cargo test --workspace

# Every workload on every cell
verify size="test":
    cargo run --release -p harness -- verify --size {{size}}

# What the compiler made of the dispatch techniques
audit:
    cargo run --release -p harness -- audit

# --- measure ---

# A bench and its report
bench out="results":
    cargo run --release -p harness -- bench -o {{out}}
    cargo run --release -p harness -- report {{out}} -o {{out}}/report

# Every figure of merit, against the interpreters that are fetched first
results rounds="3":
    cargo build --release -p harness
    scripts/build_without_probes.sh
    eval "$(scripts/fetch_peers.sh)" && target/release/harness compare --rounds {{rounds}} -o RESULTS.md \
        --peer without-probes=target/without-probes/target/release/harness

# --- goldens, from CPython 3.13 ---

# Remake every golden
goldens:
    python3.13 scripts/make_workload_goldens.py
    python3.13 scripts/make_program_goldens.py
