//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `dict_keys`.
pub static KEYS: TypeSpec = TypeSpec::new("dict_keys", Instance::LAYOUT);
/// `dict_values`.
pub static VALUES: TypeSpec = TypeSpec::new("dict_values", Instance::LAYOUT);
/// `dict_items`.
pub static ITEMS: TypeSpec = TypeSpec::new("dict_items", Instance::LAYOUT);
/// `dict_keyiterator`.
pub static KEY_ITER: TypeSpec = TypeSpec::new("dict_keyiterator", Instance::LAYOUT);
/// `dict_valueiterator`.
pub static VALUE_ITER: TypeSpec = TypeSpec::new("dict_valueiterator", Instance::LAYOUT);
/// `dict_itemiterator`.
pub static ITEM_ITER: TypeSpec = TypeSpec::new("dict_itemiterator", Instance::LAYOUT);
/// `dict_reversekeyiterator`.
pub static REVERSE_KEY_ITER: TypeSpec = TypeSpec::new("dict_reversekeyiterator", Instance::LAYOUT);
/// `dict_reversevalueiterator`.
pub static REVERSE_VALUE_ITER: TypeSpec = TypeSpec::new("dict_reversevalueiterator", Instance::LAYOUT);
/// `dict_reverseitemiterator`.
pub static REVERSE_ITEM_ITER: TypeSpec = TypeSpec::new("dict_reverseitemiterator", Instance::LAYOUT);
