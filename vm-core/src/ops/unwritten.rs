//! Specialised forms not written yet: their guards always fail. (Whoever writes one deletes its row here.)

use crate::op;

use super::*;

op! {
    /// Not written yet.
    CALL_ALLOC_AND_ENTER_INIT of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    CALL_BOUND_METHOD_EXACT_ARGS of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    CALL_BOUND_METHOD_GENERAL of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    CALL_BUILTIN_CLASS of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    CALL_BUILTIN_FAST of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    CALL_BUILTIN_FAST_WITH_KEYWORDS of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    CALL_BUILTIN_O of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    CALL_ISINSTANCE of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    CALL_LEN of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    CALL_LIST_APPEND of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    CALL_METHOD_DESCRIPTOR_FAST of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    CALL_METHOD_DESCRIPTOR_NOARGS of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    CALL_METHOD_DESCRIPTOR_O of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    CALL_NON_PY_GENERAL of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    CALL_PY_EXACT_ARGS of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    CALL_PY_GENERAL of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    CALL_STR_1 of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    CALL_TUPLE_1 of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    CALL_TYPE_1 of CALL (--) fast |cx| { cx.slow() }

    /// Not written yet.
    LOAD_ATTR_CLASS of LOAD_ATTR (--) fast |cx| { cx.slow() }

    /// Not written yet.
    LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN of LOAD_ATTR (--) fast |cx| { cx.slow() }

    /// Not written yet.
    LOAD_ATTR_INSTANCE_VALUE of LOAD_ATTR (--) fast |cx| { cx.slow() }

    /// Not written yet.
    LOAD_ATTR_METHOD_LAZY_DICT of LOAD_ATTR (--) fast |cx| { cx.slow() }

    /// Not written yet.
    LOAD_ATTR_METHOD_NO_DICT of LOAD_ATTR (--) fast |cx| { cx.slow() }

    /// Not written yet.
    LOAD_ATTR_METHOD_WITH_VALUES of LOAD_ATTR (--) fast |cx| { cx.slow() }

    /// Not written yet.
    LOAD_ATTR_MODULE of LOAD_ATTR (--) fast |cx| { cx.slow() }

    /// Not written yet.
    LOAD_ATTR_NONDESCRIPTOR_NO_DICT of LOAD_ATTR (--) fast |cx| { cx.slow() }

    /// Not written yet.
    LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES of LOAD_ATTR (--) fast |cx| { cx.slow() }

    /// Not written yet.
    LOAD_ATTR_PROPERTY of LOAD_ATTR (--) fast |cx| { cx.slow() }

    /// Not written yet.
    LOAD_ATTR_SLOT of LOAD_ATTR (--) fast |cx| { cx.slow() }

    /// Not written yet.
    LOAD_ATTR_WITH_HINT of LOAD_ATTR (--) fast |cx| { cx.slow() }

    /// Not written yet.
    LOAD_SUPER_ATTR_ATTR of LOAD_SUPER_ATTR (--) fast |cx| { cx.slow() }

    /// Not written yet.
    LOAD_SUPER_ATTR_METHOD of LOAD_SUPER_ATTR (--) fast |cx| { cx.slow() }

    /// Not written yet.
    STORE_ATTR_INSTANCE_VALUE of STORE_ATTR (--) fast |cx| { cx.slow() }

    /// Not written yet.
    STORE_ATTR_SLOT of STORE_ATTR (--) fast |cx| { cx.slow() }

    /// Not written yet.
    STORE_ATTR_WITH_HINT of STORE_ATTR (--) fast |cx| { cx.slow() }

}
