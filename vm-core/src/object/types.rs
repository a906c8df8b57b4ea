//! The builtin types of a machine, and the order in which they are made.

use super::header::Gc;
use super::typeobj::Type;
use super::value::Value;
use crate::native::TypeSpec;

macro_rules! types {
    ($($(#[$doc:meta])* $name:ident: $spec:path,)*) => {
        /// Every builtin type.
        pub struct Types {
            $($(#[$doc])* pub $name: Gc<Type>,)*
            /// The types of values that are no pointers, by [`Value::immediate_kind`].
            pub of_immediate: [Gc<Type>; Value::IMMEDIATE_KINDS],
        }

        impl Types {
            /// Handles that point nowhere, until start-up has made the types.
            pub(crate) fn dangling() -> Types {
                let nowhere = std::ptr::NonNull::<Type>::dangling().as_ptr();
                // SAFETY: replaced at start-up before anything uses them.
                unsafe { Types { $($name: Gc::from_raw(nowhere),)* of_immediate: [Gc::from_raw(nowhere); Value::IMMEDIATE_KINDS] } }
            }

            /// The specifications, in the order the types are made.
            pub(crate) const SPECS: &'static [(&'static TypeSpec, fn(&mut Types) -> &mut Gc<Type>)] =
                &[$((&$spec, |t| &mut t.$name),)*];

            /// To be called when all are made.
            pub(crate) fn complete(&mut self) {
                let of = |v: Value| match v {
                    Value::NONE => self.none,
                    Value::NOT_IMPLEMENTED => self.not_implemented,
                    Value::ELLIPSIS => self.ellipsis,
                    _ if v.is_int() => self.int,
                    _ if v.is_immediate_float() => self.float,
                    _ => self.bool,
                };
                for v in Value::ONE_OF_EACH {
                    self.of_immediate[v.immediate_kind()] = of(v);
                }
            }

            /// All of them, for marking.
            pub fn each(&self, mut f: impl FnMut(Gc<Type>)) {
                $(f(self.$name);)*
            }
        }
    };
}

types! {
    /// `object`.
    object: super::object_type::SPEC,
    /// `type`.
    type_: super::type_type::SPEC,
    /// Storage of lists (internal).
    buffer: super::internal_types::BUFFER,
    /// Small hash tables (internal).
    table_cell: super::internal_types::TABLE_CELL,
    /// Owners of large hash tables (internal).
    table_block: super::internal_types::TABLE_BLOCK,
    /// Shared text (internal).
    str_buf: super::internal_types::STR_BUF,
    /// `str`.
    str: super::str_type::SPEC,
    /// `int`.
    int: super::int_type::SPEC,
    /// `bool`.
    bool: super::bool_type::SPEC,
    /// `float`.
    float: super::float_type::SPEC,
    /// `complex`.
    complex: super::complex_type::SPEC,
    /// `bytes`.
    bytes: super::bytes_type::SPEC,
    /// `bytearray`.
    bytearray: super::bytearray_type::SPEC,
    /// `list`.
    list: super::list_type::SPEC,
    /// `tuple`.
    tuple: super::tuple_type::SPEC,
    /// `dict`.
    dict: super::dict_type::SPEC,
    /// `set`.
    set: super::set_type::SPEC,
    /// `frozenset`.
    frozenset: super::set_type::FROZEN,
    /// `NoneType`.
    none: super::singletons::NONE,
    /// `NotImplementedType`.
    not_implemented: super::singletons::NOT_IMPLEMENTED,
    /// `ellipsis`.
    ellipsis: super::singletons::ELLIPSIS,
    /// `slice`.
    slice: super::slice::SPEC,
    /// `range`.
    range: super::range::SPEC,
    /// `function`.
    function: super::function_type::SPEC,
    /// `builtin_function_or_method`.
    builtin_function: super::native_function_type::SPEC,
    /// `method_descriptor`.
    method_descriptor: super::native_function_type::METHOD_DESCRIPTOR,
    /// `classmethod_descriptor`.
    classmethod_descriptor: super::native_function_type::CLASSMETHOD_DESCRIPTOR,
    /// `method`.
    method: super::bound_method::SPEC,
    /// `wrapper_descriptor`.
    wrapper_descriptor: super::slot_wrapper::SPEC,
    /// `method-wrapper`.
    method_wrapper: super::slot_wrapper::BOUND,
    /// `getset_descriptor`.
    getset_descriptor: super::descriptors::GETSET,
    /// `member_descriptor`.
    member_descriptor: super::descriptors::MEMBER,
    /// `property`.
    property: super::property::SPEC,
    /// `classmethod`.
    classmethod: super::method_wrappers::CLASSMETHOD,
    /// `staticmethod`.
    staticmethod: super::method_wrappers::STATICMETHOD,
    /// `super`.
    super_: super::super_type::SPEC,
    /// `cell`.
    cell: super::cell::SPEC,
    /// `code`.
    code: super::code_type::SPEC,
    /// `module`.
    module: super::module::SPEC,
    /// `generator`.
    generator: super::generator_type::SPEC,
    /// `coroutine`.
    coroutine: super::generator_type::COROUTINE,
    /// `async_generator`.
    async_generator: super::async_generator::SPEC,
    /// `async_generator_asend`.
    async_gen_asend: super::async_await::ASEND,
    /// `async_generator_athrow`.
    async_gen_athrow: super::async_await::ATHROW,
    /// `async_generator_wrapped_value`.
    async_gen_wrapped: super::async_await::WRAPPED,
    /// `coroutine_wrapper`.
    coroutine_wrapper: super::generator_type::COROUTINE_WRAPPER,
    /// `anext_awaitable`.
    anext_awaitable: super::async_await::ANEXT,
    /// `frame`.
    frame: super::frame_object::SPEC,
    /// `FrameLocalsProxy`.
    frame_locals: super::frame_locals::SPEC,
    /// `traceback`.
    traceback: super::traceback::SPEC,
    /// `iterator` over `__getitem__`.
    seq_iter: super::iterators::SEQ,
    /// `callable_iterator`.
    callable_iter: super::iterators::CALLABLE,
    /// `list_iterator`.
    list_iter: super::iterators::LIST,
    /// `list_reverseiterator`.
    list_reverse_iter: super::iterators::LIST_REVERSE,
    /// `tuple_iterator`.
    tuple_iter: super::iterators::TUPLE,
    /// `range_iterator`.
    range_iter: super::range::ITER,
    /// `longrange_iterator`.
    long_range_iter: super::range::LONG_ITER,
    /// `str_iterator`.
    str_iter: super::str_type::ITER,
    /// `str_ascii_iterator`.
    str_ascii_iter: super::str_type::ASCII_ITER,
    /// `bytes_iterator`.
    bytes_iter: super::bytes_type::ITER,
    /// `bytearray_iterator`.
    bytearray_iter: super::bytearray_type::ITER,
    /// `dict_keys`.
    dict_keys: super::dict_views::KEYS,
    /// `dict_values`.
    dict_values: super::dict_views::VALUES,
    /// `dict_items`.
    dict_items: super::dict_views::ITEMS,
    /// `dict_keyiterator`.
    dict_key_iter: super::dict_views::KEY_ITER,
    /// `dict_valueiterator`.
    dict_value_iter: super::dict_views::VALUE_ITER,
    /// `dict_itemiterator`.
    dict_item_iter: super::dict_views::ITEM_ITER,
    /// `dict_reversekeyiterator`.
    dict_reverse_key_iter: super::dict_views::REVERSE_KEY_ITER,
    /// `dict_reversevalueiterator`.
    dict_reverse_value_iter: super::dict_views::REVERSE_VALUE_ITER,
    /// `dict_reverseitemiterator`.
    dict_reverse_item_iter: super::dict_views::REVERSE_ITEM_ITER,
    /// `mappingproxy`.
    mapping_proxy: super::mapping_proxy::SPEC,
    /// `set_iterator`.
    set_iter: super::set_type::ITER,
    /// `enumerate`.
    enumerate: super::iter_tools::ENUMERATE,
    /// `reversed`.
    reversed: super::iter_tools::REVERSED,
    /// `zip`.
    zip: super::iter_tools::ZIP,
    /// `map`.
    map: super::iter_tools::MAP,
    /// `filter`.
    filter: super::iter_tools::FILTER,
    /// `memoryview`.
    memoryview: super::memoryview::SPEC,
    /// `types.GenericAlias`.
    generic_alias: super::generic_alias::SPEC,
    /// `typing.TypeVar`.
    type_var: super::type_param::TYPE_VAR,
    /// `typing.ParamSpec`.
    param_spec: super::type_param::PARAM_SPEC,
    /// `typing.TypeVarTuple`.
    type_var_tuple: super::type_param::TYPE_VAR_TUPLE,
    /// `typing.TypeAliasType`.
    type_alias: super::type_alias::ALIAS,
    /// `typing.Generic`.
    generic: super::type_alias::GENERIC,
    /// `typing.NoDefault`'s type.
    no_default: super::type_alias::NO_DEFAULT,
    /// `types.UnionType`.
    union: super::generic_alias::UNION,
    /// `weakref.ReferenceType`.
    weakref: super::weakref::SPEC,
    /// `types.SimpleNamespace`.
    namespace: super::namespace::SPEC,
}
