"""Write vm-core/src/code/printable.rs: which characters `str.isprintable` refuses.

    python3.13 scripts/printable_table.py > vm-core/src/code/printable.rs
"""
import sys
import unicodedata

ranges = []
for point in range(sys.maxunicode + 1):
    if 0xD800 <= point <= 0xDFFF or chr(point).isprintable():
        continue
    if ranges and ranges[-1][1] in (point - 1, 0xD7FF if point == 0xE000 else -1):
        ranges[-1][1] = point
    else:
        ranges.append([point, point])

print(f"""//! Which characters are printable, hence shown as they are by `repr`: a table from Unicode {unicodedata.unidata_version}.
//!
//! Made by `scripts/printable_table.py`; Rust's own notion of printable differs and moves with its Unicode version.

/// First and last of each run of characters that are not printable.
const UNPRINTABLE: &[(u32, u32)] = &[""")
row = "   "
for first, last in ranges:
    item = f" ({first:#x}, {last:#x}),"
    if len(row + item) > 120:
        print(row)
        row = "   "
    row += item
print(row)
print("""];

/// `str.isprintable` of one character.
#[must_use]
pub fn is_printable(c: char) -> bool {
    let point = u32::from(c);
    let after = UNPRINTABLE.partition_point(|&(first, _)| first <= point);
    after == 0 || UNPRINTABLE[after - 1].1 < point
}""")
