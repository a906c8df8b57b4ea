//! Modules of constants: `errno`, `__future__`.

use crate::native::ModuleSpec;
use crate::object::value::Value;

const ERRORS: &[(&str, i64)] = &[
    ("EPERM", 1),
    ("ENOENT", 2),
    ("ESRCH", 3),
    ("EINTR", 4),
    ("EIO", 5),
    ("ENXIO", 6),
    ("E2BIG", 7),
    ("ENOEXEC", 8),
    ("EBADF", 9),
    ("ECHILD", 10),
    ("EAGAIN", 11),
    ("ENOMEM", 12),
    ("EACCES", 13),
    ("EFAULT", 14),
    ("EBUSY", 16),
    ("EEXIST", 17),
    ("EXDEV", 18),
    ("ENODEV", 19),
    ("ENOTDIR", 20),
    ("EISDIR", 21),
    ("EINVAL", 22),
    ("ENFILE", 23),
    ("EMFILE", 24),
    ("ENOTTY", 25),
    ("EFBIG", 27),
    ("ENOSPC", 28),
    ("ESPIPE", 29),
    ("EROFS", 30),
    ("EMLINK", 31),
    ("EPIPE", 32),
    ("EDOM", 33),
    ("ERANGE", 34),
    ("EDEADLK", 35),
    ("ENAMETOOLONG", 36),
    ("ENOSYS", 38),
    ("ENOTEMPTY", 39),
    ("ELOOP", 40),
    ("ECONNABORTED", 103),
    ("ECONNRESET", 104),
    ("ETIMEDOUT", 110),
    ("ECONNREFUSED", 111),
    ("EALREADY", 114),
    ("EINPROGRESS", 115),
];

/// `errno`.
pub(super) static ERRNO: ModuleSpec = ModuleSpec {
    name: "errno",
    functions: &[],
    init: Some(|m, dict| {
        let codes = m.new_dict();
        for &(name, number) in ERRORS {
            let key = m.intern(name);
            dict.insert_str(m, key, Value::small(number));
            codes.insert(m, Value::small(number), key.value())?;
        }
        let key = m.intern("errorcode");
        dict.insert_str(m, key, codes.value());
        Ok(())
    }),
    doc: "This module makes available standard errno system symbols.",
};

/// `__future__`: the names exist; what they switch on, the compiler knows.
pub(super) static FUTURE: ModuleSpec = ModuleSpec {
    name: "__future__",
    functions: &[],
    init: Some(|m, dict| {
        let names = [
            ("nested_scopes", 0x10),
            ("generators", 0),
            ("division", 0x20000),
            ("absolute_import", 0x40000),
            ("with_statement", 0x80000),
            ("print_function", 0x10_0000),
            ("unicode_literals", 0x20_0000),
            ("barry_as_FLUFL", 0x40_0000),
            ("generator_stop", 0x80_0000),
            ("annotations", 0x100_0000),
        ];
        let list = m.new_list(&[]);
        for (name, flag) in names {
            let feature = m.new_namespace(&[("compiler_flag", Value::small(flag))]);
            let key = m.intern(name);
            dict.insert_str(m, key, feature);
            list.push(m, key.value());
        }
        let key = m.intern("all_feature_names");
        dict.insert_str(m, key, list.value());
        Ok(())
    }),
    doc: "Record of phased-in incompatible language changes.",
};
