//! One file per dispatch technique, and the list of variants.
