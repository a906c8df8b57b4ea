//! THE opcode list: every instruction's name, number, inline-cache size and family. Everything else is derived from it.
//!
//! Numbers below 256 are CPython 3.13's; 256 to 267 are its compiler's pseudo-opcodes, which never reach a machine;
//! numbers from 300 are internal to this project (counter-free generic forms, superinstructions) and show under the name of the
//! opcode they stand for.

/// Calls `$m!` with every row, `NAME = number, cache units, family;`, in two groups: what machines run, and the compiler's pseudo-opcodes. The family of a generic opcode is itself.
#[macro_export]
macro_rules! for_each_opcode {
    ($m:ident) => {
        $m! {
            executable {
            // Base instructions.
            CACHE = 0, 0, CACHE;
            BEFORE_ASYNC_WITH = 1, 0, BEFORE_ASYNC_WITH;
            BEFORE_WITH = 2, 0, BEFORE_WITH;
            BINARY_SLICE = 4, 0, BINARY_SLICE;
            BINARY_SUBSCR = 5, 1, BINARY_SUBSCR;
            CHECK_EG_MATCH = 6, 0, CHECK_EG_MATCH;
            CHECK_EXC_MATCH = 7, 0, CHECK_EXC_MATCH;
            CLEANUP_THROW = 8, 0, CLEANUP_THROW;
            DELETE_SUBSCR = 9, 0, DELETE_SUBSCR;
            END_ASYNC_FOR = 10, 0, END_ASYNC_FOR;
            END_FOR = 11, 0, END_FOR;
            END_SEND = 12, 0, END_SEND;
            EXIT_INIT_CHECK = 13, 0, EXIT_INIT_CHECK;
            FORMAT_SIMPLE = 14, 0, FORMAT_SIMPLE;
            FORMAT_WITH_SPEC = 15, 0, FORMAT_WITH_SPEC;
            GET_AITER = 16, 0, GET_AITER;
            GET_ANEXT = 18, 0, GET_ANEXT;
            GET_ITER = 19, 0, GET_ITER;
            GET_LEN = 20, 0, GET_LEN;
            GET_YIELD_FROM_ITER = 21, 0, GET_YIELD_FROM_ITER;
            INTERPRETER_EXIT = 22, 0, INTERPRETER_EXIT;
            LOAD_ASSERTION_ERROR = 23, 0, LOAD_ASSERTION_ERROR;
            LOAD_BUILD_CLASS = 24, 0, LOAD_BUILD_CLASS;
            LOAD_LOCALS = 25, 0, LOAD_LOCALS;
            MAKE_FUNCTION = 26, 0, MAKE_FUNCTION;
            MATCH_KEYS = 27, 0, MATCH_KEYS;
            MATCH_MAPPING = 28, 0, MATCH_MAPPING;
            MATCH_SEQUENCE = 29, 0, MATCH_SEQUENCE;
            NOP = 30, 0, NOP;
            POP_EXCEPT = 31, 0, POP_EXCEPT;
            POP_TOP = 32, 0, POP_TOP;
            PUSH_EXC_INFO = 33, 0, PUSH_EXC_INFO;
            PUSH_NULL = 34, 0, PUSH_NULL;
            RETURN_GENERATOR = 35, 0, RETURN_GENERATOR;
            RETURN_VALUE = 36, 0, RETURN_VALUE;
            SETUP_ANNOTATIONS = 37, 0, SETUP_ANNOTATIONS;
            STORE_SLICE = 38, 0, STORE_SLICE;
            STORE_SUBSCR = 39, 1, STORE_SUBSCR;
            TO_BOOL = 40, 3, TO_BOOL;
            UNARY_INVERT = 41, 0, UNARY_INVERT;
            UNARY_NEGATIVE = 42, 0, UNARY_NEGATIVE;
            UNARY_NOT = 43, 0, UNARY_NOT;
            WITH_EXCEPT_START = 44, 0, WITH_EXCEPT_START;
            BINARY_OP = 45, 1, BINARY_OP;
            BUILD_CONST_KEY_MAP = 46, 0, BUILD_CONST_KEY_MAP;
            BUILD_LIST = 47, 0, BUILD_LIST;
            BUILD_MAP = 48, 0, BUILD_MAP;
            BUILD_SET = 49, 0, BUILD_SET;
            BUILD_SLICE = 50, 0, BUILD_SLICE;
            BUILD_STRING = 51, 0, BUILD_STRING;
            BUILD_TUPLE = 52, 0, BUILD_TUPLE;
            CALL = 53, 3, CALL;
            CALL_FUNCTION_EX = 54, 0, CALL_FUNCTION_EX;
            CALL_INTRINSIC_1 = 55, 0, CALL_INTRINSIC_1;
            CALL_INTRINSIC_2 = 56, 0, CALL_INTRINSIC_2;
            CALL_KW = 57, 0, CALL_KW;
            COMPARE_OP = 58, 1, COMPARE_OP;
            CONTAINS_OP = 59, 1, CONTAINS_OP;
            CONVERT_VALUE = 60, 0, CONVERT_VALUE;
            COPY = 61, 0, COPY;
            COPY_FREE_VARS = 62, 0, COPY_FREE_VARS;
            DELETE_ATTR = 63, 0, DELETE_ATTR;
            DELETE_DEREF = 64, 0, DELETE_DEREF;
            DELETE_FAST = 65, 0, DELETE_FAST;
            DELETE_GLOBAL = 66, 0, DELETE_GLOBAL;
            DELETE_NAME = 67, 0, DELETE_NAME;
            DICT_MERGE = 68, 0, DICT_MERGE;
            DICT_UPDATE = 69, 0, DICT_UPDATE;
            EXTENDED_ARG = 71, 0, EXTENDED_ARG;
            FOR_ITER = 72, 1, FOR_ITER;
            GET_AWAITABLE = 73, 0, GET_AWAITABLE;
            IMPORT_FROM = 74, 0, IMPORT_FROM;
            IMPORT_NAME = 75, 0, IMPORT_NAME;
            IS_OP = 76, 0, IS_OP;
            JUMP_BACKWARD = 77, 1, JUMP_BACKWARD;
            JUMP_BACKWARD_NO_INTERRUPT = 78, 0, JUMP_BACKWARD_NO_INTERRUPT;
            JUMP_FORWARD = 79, 0, JUMP_FORWARD;
            LIST_APPEND = 80, 0, LIST_APPEND;
            LIST_EXTEND = 81, 0, LIST_EXTEND;
            LOAD_ATTR = 82, 9, LOAD_ATTR;
            LOAD_CONST = 83, 0, LOAD_CONST;
            LOAD_DEREF = 84, 0, LOAD_DEREF;
            LOAD_FAST = 85, 0, LOAD_FAST;
            LOAD_FAST_AND_CLEAR = 86, 0, LOAD_FAST_AND_CLEAR;
            LOAD_FAST_CHECK = 87, 0, LOAD_FAST_CHECK;
            LOAD_FAST_LOAD_FAST = 88, 0, LOAD_FAST_LOAD_FAST;
            LOAD_FROM_DICT_OR_DEREF = 89, 0, LOAD_FROM_DICT_OR_DEREF;
            LOAD_FROM_DICT_OR_GLOBALS = 90, 0, LOAD_FROM_DICT_OR_GLOBALS;
            LOAD_GLOBAL = 91, 4, LOAD_GLOBAL;
            LOAD_NAME = 92, 0, LOAD_NAME;
            LOAD_SUPER_ATTR = 93, 1, LOAD_SUPER_ATTR;
            MAKE_CELL = 94, 0, MAKE_CELL;
            MAP_ADD = 95, 0, MAP_ADD;
            MATCH_CLASS = 96, 0, MATCH_CLASS;
            POP_JUMP_IF_FALSE = 97, 1, POP_JUMP_IF_FALSE;
            POP_JUMP_IF_NONE = 98, 1, POP_JUMP_IF_NONE;
            POP_JUMP_IF_NOT_NONE = 99, 1, POP_JUMP_IF_NOT_NONE;
            POP_JUMP_IF_TRUE = 100, 1, POP_JUMP_IF_TRUE;
            RAISE_VARARGS = 101, 0, RAISE_VARARGS;
            RERAISE = 102, 0, RERAISE;
            RETURN_CONST = 103, 0, RETURN_CONST;
            SEND = 104, 1, SEND;
            SET_ADD = 105, 0, SET_ADD;
            SET_FUNCTION_ATTRIBUTE = 106, 0, SET_FUNCTION_ATTRIBUTE;
            SET_UPDATE = 107, 0, SET_UPDATE;
            STORE_ATTR = 108, 4, STORE_ATTR;
            STORE_DEREF = 109, 0, STORE_DEREF;
            STORE_FAST = 110, 0, STORE_FAST;
            STORE_FAST_LOAD_FAST = 111, 0, STORE_FAST_LOAD_FAST;
            STORE_FAST_STORE_FAST = 112, 0, STORE_FAST_STORE_FAST;
            STORE_GLOBAL = 113, 0, STORE_GLOBAL;
            STORE_NAME = 114, 0, STORE_NAME;
            SWAP = 115, 0, SWAP;
            UNPACK_EX = 116, 0, UNPACK_EX;
            UNPACK_SEQUENCE = 117, 1, UNPACK_SEQUENCE;
            YIELD_VALUE = 118, 0, YIELD_VALUE;
            RESUME = 149, 0, RESUME;
            // Specialised forms (PEP 659).
            BINARY_OP_INPLACE_ADD_UNICODE = 3, 1, BINARY_OP;
            BINARY_OP_ADD_FLOAT = 150, 1, BINARY_OP;
            BINARY_OP_ADD_INT = 151, 1, BINARY_OP;
            BINARY_OP_ADD_UNICODE = 152, 1, BINARY_OP;
            BINARY_OP_MULTIPLY_FLOAT = 153, 1, BINARY_OP;
            BINARY_OP_MULTIPLY_INT = 154, 1, BINARY_OP;
            BINARY_OP_SUBTRACT_FLOAT = 155, 1, BINARY_OP;
            BINARY_OP_SUBTRACT_INT = 156, 1, BINARY_OP;
            BINARY_SUBSCR_DICT = 157, 1, BINARY_SUBSCR;
            BINARY_SUBSCR_GETITEM = 158, 1, BINARY_SUBSCR;
            BINARY_SUBSCR_LIST_INT = 159, 1, BINARY_SUBSCR;
            BINARY_SUBSCR_STR_INT = 160, 1, BINARY_SUBSCR;
            BINARY_SUBSCR_TUPLE_INT = 161, 1, BINARY_SUBSCR;
            CALL_ALLOC_AND_ENTER_INIT = 162, 3, CALL;
            CALL_BOUND_METHOD_EXACT_ARGS = 163, 3, CALL;
            CALL_BOUND_METHOD_GENERAL = 164, 3, CALL;
            CALL_BUILTIN_CLASS = 165, 3, CALL;
            CALL_BUILTIN_FAST = 166, 3, CALL;
            CALL_BUILTIN_FAST_WITH_KEYWORDS = 167, 3, CALL;
            CALL_BUILTIN_O = 168, 3, CALL;
            CALL_ISINSTANCE = 169, 3, CALL;
            CALL_LEN = 170, 3, CALL;
            CALL_LIST_APPEND = 171, 3, CALL;
            CALL_METHOD_DESCRIPTOR_FAST = 172, 3, CALL;
            CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS = 173, 3, CALL;
            CALL_METHOD_DESCRIPTOR_NOARGS = 174, 3, CALL;
            CALL_METHOD_DESCRIPTOR_O = 175, 3, CALL;
            CALL_NON_PY_GENERAL = 176, 3, CALL;
            CALL_PY_EXACT_ARGS = 177, 3, CALL;
            CALL_PY_GENERAL = 178, 3, CALL;
            CALL_STR_1 = 179, 3, CALL;
            CALL_TUPLE_1 = 180, 3, CALL;
            CALL_TYPE_1 = 181, 3, CALL;
            COMPARE_OP_FLOAT = 182, 1, COMPARE_OP;
            COMPARE_OP_INT = 183, 1, COMPARE_OP;
            COMPARE_OP_STR = 184, 1, COMPARE_OP;
            CONTAINS_OP_DICT = 185, 1, CONTAINS_OP;
            CONTAINS_OP_SET = 186, 1, CONTAINS_OP;
            FOR_ITER_GEN = 187, 1, FOR_ITER;
            FOR_ITER_LIST = 188, 1, FOR_ITER;
            FOR_ITER_RANGE = 189, 1, FOR_ITER;
            FOR_ITER_TUPLE = 190, 1, FOR_ITER;
            LOAD_ATTR_CLASS = 191, 9, LOAD_ATTR;
            LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN = 192, 9, LOAD_ATTR;
            LOAD_ATTR_INSTANCE_VALUE = 193, 9, LOAD_ATTR;
            LOAD_ATTR_METHOD_LAZY_DICT = 194, 9, LOAD_ATTR;
            LOAD_ATTR_METHOD_NO_DICT = 195, 9, LOAD_ATTR;
            LOAD_ATTR_METHOD_WITH_VALUES = 196, 9, LOAD_ATTR;
            LOAD_ATTR_MODULE = 197, 9, LOAD_ATTR;
            LOAD_ATTR_NONDESCRIPTOR_NO_DICT = 198, 9, LOAD_ATTR;
            LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES = 199, 9, LOAD_ATTR;
            LOAD_ATTR_PROPERTY = 200, 9, LOAD_ATTR;
            LOAD_ATTR_SLOT = 201, 9, LOAD_ATTR;
            LOAD_ATTR_WITH_HINT = 202, 9, LOAD_ATTR;
            LOAD_GLOBAL_BUILTIN = 203, 4, LOAD_GLOBAL;
            LOAD_GLOBAL_MODULE = 204, 4, LOAD_GLOBAL;
            LOAD_SUPER_ATTR_ATTR = 205, 1, LOAD_SUPER_ATTR;
            LOAD_SUPER_ATTR_METHOD = 206, 1, LOAD_SUPER_ATTR;
            RESUME_CHECK = 207, 0, RESUME;
            SEND_GEN = 208, 1, SEND;
            STORE_ATTR_INSTANCE_VALUE = 209, 4, STORE_ATTR;
            STORE_ATTR_SLOT = 210, 4, STORE_ATTR;
            STORE_ATTR_WITH_HINT = 211, 4, STORE_ATTR;
            STORE_SUBSCR_DICT = 212, 1, STORE_SUBSCR;
            STORE_SUBSCR_LIST_INT = 213, 1, STORE_SUBSCR;
            TO_BOOL_ALWAYS_TRUE = 214, 3, TO_BOOL;
            TO_BOOL_BOOL = 215, 3, TO_BOOL;
            TO_BOOL_INT = 216, 3, TO_BOOL;
            TO_BOOL_LIST = 217, 3, TO_BOOL;
            TO_BOOL_NONE = 218, 3, TO_BOOL;
            TO_BOOL_STR = 219, 3, TO_BOOL;
            UNPACK_SEQUENCE_LIST = 220, 1, UNPACK_SEQUENCE;
            UNPACK_SEQUENCE_TUPLE = 221, 1, UNPACK_SEQUENCE;
            UNPACK_SEQUENCE_TWO_TUPLE = 222, 1, UNPACK_SEQUENCE;
            // Counting forms of generic opcodes: what `cached` and `specialized` code starts with.
            ADAPTIVE_RESUME = 300, 0, RESUME;
            ADAPTIVE_TO_BOOL = 301, 3, TO_BOOL;
            ADAPTIVE_BINARY_OP = 302, 1, BINARY_OP;
            ADAPTIVE_BINARY_SUBSCR = 303, 1, BINARY_SUBSCR;
            ADAPTIVE_STORE_SUBSCR = 304, 1, STORE_SUBSCR;
            ADAPTIVE_SEND = 305, 1, SEND;
            ADAPTIVE_UNPACK_SEQUENCE = 306, 1, UNPACK_SEQUENCE;
            ADAPTIVE_STORE_ATTR = 307, 4, STORE_ATTR;
            ADAPTIVE_LOAD_GLOBAL = 308, 4, LOAD_GLOBAL;
            ADAPTIVE_LOAD_SUPER_ATTR = 309, 1, LOAD_SUPER_ATTR;
            ADAPTIVE_LOAD_ATTR = 310, 9, LOAD_ATTR;
            ADAPTIVE_COMPARE_OP = 311, 1, COMPARE_OP;
            ADAPTIVE_CONTAINS_OP = 312, 1, CONTAINS_OP;
            ADAPTIVE_FOR_ITER = 313, 1, FOR_ITER;
            ADAPTIVE_CALL = 314, 3, CALL;
            // Warm-up forms of the `quickened` level.
            WARMUP_RESUME = 320, 0, RESUME;
            WARMUP_JUMP_BACKWARD = 321, 1, JUMP_BACKWARD;
            // Stands before what is traced.
            TRACED = 322, 0, NOP;
            // Stands for the instructions of code that has not run.
            MAKE_READY = 323, 0, NOP;
            // Superinstructions that are fused in place; each is composed from its opcodes, chosen by the workloads' profiles.
            LOAD_FAST__LOAD_FAST = 330, 0, LOAD_FAST;
            STORE_FAST__LOAD_FAST = 331, 0, STORE_FAST;
            LOAD_CONST__LOAD_FAST = 332, 0, LOAD_CONST;
            LOAD_FAST__LOAD_CONST = 333, 0, LOAD_FAST;
            STORE_FAST__STORE_FAST = 334, 0, STORE_FAST;
            BINARY_OP__BINARY_OP = 335, 1, BINARY_OP;
            BINARY_OP__CALL = 336, 1, BINARY_OP;
            BINARY_OP__LOAD_FAST = 337, 1, BINARY_OP;
            BINARY_OP__RETURN_VALUE = 338, 1, BINARY_OP;
            BINARY_OP__STORE_FAST = 339, 1, BINARY_OP;
            BINARY_SUBSCR__LOAD_FAST = 340, 1, BINARY_SUBSCR;
            BINARY_SUBSCR__STORE_FAST = 341, 1, BINARY_SUBSCR;
            COMPARE_OP__POP_JUMP_IF_FALSE = 342, 1, COMPARE_OP;
            CONTAINS_OP__POP_JUMP_IF_FALSE = 343, 1, CONTAINS_OP;
            FOR_ITER__STORE_FAST = 344, 1, FOR_ITER;
            LOAD_ATTR__CALL = 345, 9, LOAD_ATTR;
            LOAD_ATTR__LOAD_FAST = 346, 9, LOAD_ATTR;
            LOAD_ATTR__STORE_FAST = 347, 9, LOAD_ATTR;
            LOAD_CONST__BINARY_OP = 348, 0, LOAD_CONST;
            LOAD_CONST__CALL = 349, 0, LOAD_CONST;
            LOAD_CONST__COMPARE_OP = 350, 0, LOAD_CONST;
            LOAD_CONST__STORE_FAST = 351, 0, LOAD_CONST;
            LOAD_DEREF__LOAD_FAST = 352, 0, LOAD_DEREF;
            LOAD_FAST__BINARY_OP = 353, 0, LOAD_FAST;
            LOAD_FAST__BINARY_SUBSCR = 354, 0, LOAD_FAST;
            LOAD_FAST__CALL = 355, 0, LOAD_FAST;
            LOAD_FAST__COMPARE_OP = 356, 0, LOAD_FAST;
            LOAD_FAST__CONTAINS_OP = 357, 0, LOAD_FAST;
            LOAD_FAST__LOAD_ATTR = 358, 0, LOAD_FAST;
            LOAD_FAST__LOAD_GLOBAL = 359, 0, LOAD_FAST;
            LOAD_FAST__RETURN_VALUE = 360, 0, LOAD_FAST;
            LOAD_FAST__STORE_ATTR = 361, 0, LOAD_FAST;
            LOAD_FAST__STORE_SUBSCR = 362, 0, LOAD_FAST;
            LOAD_FAST__TO_BOOL = 363, 0, LOAD_FAST;
            LOAD_GLOBAL__LOAD_FAST = 364, 4, LOAD_GLOBAL;
            POP_JUMP_IF_FALSE__LOAD_FAST = 365, 1, POP_JUMP_IF_FALSE;
            POP_TOP__JUMP_BACKWARD = 366, 0, POP_TOP;
            POP_TOP__LOAD_FAST = 367, 0, POP_TOP;
            PUSH_NULL__LOAD_FAST = 368, 0, PUSH_NULL;
            RESUME__LOAD_FAST = 369, 0, RESUME;
            STORE_FAST__JUMP_BACKWARD = 370, 0, STORE_FAST;
            TO_BOOL__POP_JUMP_IF_FALSE = 371, 3, TO_BOOL;
            BINARY_OP__LOAD_CONST__BINARY_OP = 372, 1, BINARY_OP;
            BINARY_OP__LOAD_FAST__LOAD_FAST = 373, 1, BINARY_OP;
            BINARY_OP__STORE_FAST__JUMP_BACKWARD = 374, 1, BINARY_OP;
            BINARY_OP__STORE_SUBSCR__JUMP_BACKWARD = 375, 1, BINARY_OP;
            BINARY_OP__SWAP__STORE_ATTR = 376, 1, BINARY_OP;
            COMPARE_OP__POP_JUMP_IF_FALSE__JUMP_BACKWARD = 377, 1, COMPARE_OP;
            CONTAINS_OP__POP_JUMP_IF_TRUE__JUMP_BACKWARD = 378, 1, CONTAINS_OP;
            FOR_ITER__STORE_FAST__LOAD_FAST = 379, 1, FOR_ITER;
            LOAD_ATTR__LOAD_ATTR__CALL = 380, 9, LOAD_ATTR;
            LOAD_ATTR__LOAD_FAST__CALL = 381, 9, LOAD_ATTR;
            LOAD_ATTR__LOAD_FAST__LOAD_ATTR = 382, 9, LOAD_ATTR;
            LOAD_FAST__LOAD_ATTR__CALL = 383, 0, LOAD_FAST;
            LOAD_FAST__LOAD_ATTR__RETURN_VALUE = 384, 0, LOAD_FAST;
            LOAD_FAST__LOAD_FAST__LOAD_CONST = 385, 0, LOAD_FAST;
            LOAD_FAST__STORE_SUBSCR__JUMP_BACKWARD = 386, 0, LOAD_FAST;
            LOAD_GLOBAL__LOAD_FAST__CALL = 387, 4, LOAD_GLOBAL;
            LOAD_GLOBAL__LOAD_FAST__LOAD_CONST = 388, 4, LOAD_GLOBAL;
            LOAD_GLOBAL__LOAD_FAST__LOAD_FAST = 389, 4, LOAD_GLOBAL;
            LOAD_GLOBAL__LOAD_GLOBAL__CALL = 390, 4, LOAD_GLOBAL;
            RESUME__LOAD_FAST__LOAD_CONST = 391, 0, RESUME;
            RESUME__LOAD_FAST__LOAD_FAST = 392, 0, RESUME;
            RESUME__POP_TOP__JUMP_BACKWARD = 393, 0, RESUME;
            BINARY_OP__BINARY_OP__BINARY_OP__STORE_FAST = 394, 1, BINARY_OP;
            BINARY_OP__BINARY_OP__LOAD_CONST__BINARY_OP = 395, 1, BINARY_OP;
            BINARY_OP__BINARY_OP__STORE_FAST__JUMP_BACKWARD = 396, 1, BINARY_OP;
            BINARY_OP__BINARY_OP__STORE_FAST__LOAD_FAST = 397, 1, BINARY_OP;
            BINARY_OP__BINARY_SUBSCR__LOAD_FAST__COMPARE_OP = 398, 1, BINARY_OP;
            BINARY_OP__BINARY_SUBSCR__LOAD_FAST__LOAD_FAST = 399, 1, BINARY_OP;
            BINARY_OP__LOAD_CONST__BINARY_OP__BINARY_OP = 400, 1, BINARY_OP;
            BINARY_OP__LOAD_CONST__BINARY_OP__CALL = 401, 1, BINARY_OP;
            BINARY_OP__LOAD_CONST__BINARY_OP__LOAD_FAST = 402, 1, BINARY_OP;
            BINARY_OP__LOAD_CONST__BINARY_OP__RETURN_VALUE = 403, 1, BINARY_OP;
            BINARY_OP__LOAD_CONST__BINARY_OP__STORE_FAST = 404, 1, BINARY_OP;
            BINARY_OP__LOAD_CONST__COMPARE_OP__POP_JUMP_IF_FALSE = 405, 1, BINARY_OP;
            BINARY_OP__LOAD_FAST__BINARY_OP__LOAD_CONST = 406, 1, BINARY_OP;
            BINARY_OP__LOAD_FAST__BINARY_OP__LOAD_FAST = 407, 1, BINARY_OP;
            BINARY_OP__LOAD_FAST__BINARY_OP__RETURN_VALUE = 408, 1, BINARY_OP;
            BINARY_OP__LOAD_FAST__BINARY_OP__STORE_FAST = 409, 1, BINARY_OP;
            BINARY_OP__LOAD_FAST__LOAD_ATTR__LOAD_FAST = 410, 1, BINARY_OP;
            BINARY_OP__LOAD_FAST__LOAD_CONST__BINARY_OP = 411, 1, BINARY_OP;
            BINARY_OP__LOAD_FAST__LOAD_FAST__BINARY_OP = 412, 1, BINARY_OP;
            BINARY_OP__LOAD_FAST__LOAD_FAST__CALL = 413, 1, BINARY_OP;
            BINARY_OP__LOAD_FAST__LOAD_FAST__STORE_SUBSCR = 414, 1, BINARY_OP;
            BINARY_OP__LOAD_FAST__STORE_ATTR__JUMP_BACKWARD = 415, 1, BINARY_OP;
            BINARY_OP__LOAD_FAST__STORE_ATTR__LOAD_FAST = 416, 1, BINARY_OP;
            BINARY_OP__LOAD_GLOBAL__LOAD_FAST__CALL = 417, 1, BINARY_OP;
            BINARY_OP__STORE_FAST__LOAD_FAST__LOAD_ATTR = 418, 1, BINARY_OP;
            BINARY_OP__STORE_FAST__LOAD_FAST__LOAD_CONST = 419, 1, BINARY_OP;
            BINARY_OP__STORE_FAST__LOAD_FAST__LOAD_FAST = 420, 1, BINARY_OP;
            BINARY_OP__STORE_FAST__LOAD_FAST__TO_BOOL = 421, 1, BINARY_OP;
            BINARY_OP__SWAP__STORE_ATTR__LOAD_FAST = 422, 1, BINARY_OP;
            BINARY_OP__SWAP__SWAP__STORE_SUBSCR = 423, 1, BINARY_OP;
            BINARY_SUBSCR__BINARY_OP__BINARY_OP__STORE_FAST = 424, 1, BINARY_SUBSCR;
            BINARY_SUBSCR__BINARY_OP__LOAD_FAST__LOAD_FAST = 425, 1, BINARY_SUBSCR;
            BINARY_SUBSCR__LOAD_CONST__BINARY_OP__LOAD_FAST = 426, 1, BINARY_SUBSCR;
            BINARY_SUBSCR__LOAD_CONST__CONTAINS_OP__POP_JUMP_IF_FALSE = 427, 1, BINARY_SUBSCR;
            BINARY_SUBSCR__LOAD_FAST__LOAD_FAST__BINARY_OP = 428, 1, BINARY_SUBSCR;
            BINARY_SUBSCR__LOAD_FAST__LOAD_FAST__BINARY_SUBSCR = 429, 1, BINARY_SUBSCR;
            BINARY_SUBSCR__TO_BOOL__POP_JUMP_IF_FALSE__JUMP_BACKWARD = 430, 1, BINARY_SUBSCR;
            BINARY_SUBSCR__TO_BOOL__POP_JUMP_IF_TRUE__JUMP_BACKWARD = 431, 1, BINARY_SUBSCR;
            COMPARE_OP__POP_JUMP_IF_FALSE__LOAD_FAST__RETURN_VALUE = 432, 1, COMPARE_OP;
            FOR_ITER__STORE_FAST__LOAD_CONST__LOAD_FAST = 433, 1, FOR_ITER;
            FOR_ITER__STORE_FAST__LOAD_FAST__LOAD_CONST = 434, 1, FOR_ITER;
            FOR_ITER__STORE_FAST__LOAD_FAST__LOAD_FAST = 435, 1, FOR_ITER;
            FOR_ITER__STORE_FAST__LOAD_FAST__LOAD_GLOBAL = 436, 1, FOR_ITER;
            FOR_ITER__STORE_FAST__LOAD_FAST__PUSH_NULL = 437, 1, FOR_ITER;
            FOR_ITER__STORE_FAST__LOAD_GLOBAL__LOAD_FAST = 438, 1, FOR_ITER;
            FOR_ITER__UNPACK_SEQUENCE__STORE_FAST__STORE_FAST = 439, 1, FOR_ITER;
            LOAD_ATTR__BINARY_OP__BINARY_OP__RETURN_VALUE = 440, 9, LOAD_ATTR;
            LOAD_ATTR__BINARY_OP__LOAD_FAST__LOAD_ATTR = 441, 9, LOAD_ATTR;
            LOAD_ATTR__LOAD_ATTR__LOAD_FAST__CALL = 442, 9, LOAD_ATTR;
            LOAD_ATTR__LOAD_CONST__BINARY_OP__LOAD_CONST = 443, 9, LOAD_ATTR;
            LOAD_ATTR__LOAD_CONST__BINARY_OP__SWAP = 444, 9, LOAD_ATTR;
            LOAD_ATTR__LOAD_CONST__COMPARE_OP__POP_JUMP_IF_FALSE = 445, 9, LOAD_ATTR;
            LOAD_ATTR__LOAD_FAST__BINARY_SUBSCR__LOAD_FAST = 446, 9, LOAD_ATTR;
            LOAD_ATTR__LOAD_FAST__LOAD_ATTR__BINARY_OP = 447, 9, LOAD_ATTR;
            LOAD_ATTR__LOAD_FAST__LOAD_ATTR__CALL = 448, 9, LOAD_ATTR;
            LOAD_ATTR__LOAD_FAST__LOAD_ATTR__COMPARE_OP = 449, 9, LOAD_ATTR;
            LOAD_ATTR__LOAD_FAST__LOAD_ATTR__STORE_ATTR = 450, 9, LOAD_ATTR;
            LOAD_ATTR__LOAD_FAST__LOAD_CONST__CALL = 451, 9, LOAD_ATTR;
            LOAD_ATTR__LOAD_FAST__LOAD_FAST__CALL = 452, 9, LOAD_ATTR;
            LOAD_ATTR__STORE_FAST__LOAD_FAST__LOAD_CONST = 453, 9, LOAD_ATTR;
            LOAD_CONST__BINARY_OP__BINARY_SUBSCR__LOAD_FAST = 454, 0, LOAD_CONST;
            LOAD_CONST__BINARY_OP__LOAD_FAST__CALL = 455, 0, LOAD_CONST;
            LOAD_CONST__BINARY_OP__STORE_FAST__JUMP_BACKWARD = 456, 0, LOAD_CONST;
            LOAD_CONST__BINARY_OP__TO_BOOL__POP_JUMP_IF_FALSE = 457, 0, LOAD_CONST;
            LOAD_FAST__BINARY_SUBSCR__BINARY_OP__BINARY_OP = 458, 0, LOAD_FAST;
            LOAD_FAST__BINARY_SUBSCR__BINARY_OP__YIELD_VALUE = 459, 0, LOAD_FAST;
            LOAD_FAST__BINARY_SUBSCR__LOAD_ATTR__CALL = 460, 0, LOAD_FAST;
            LOAD_FAST__COMPARE_OP__POP_JUMP_IF_FALSE__JUMP_BACKWARD = 461, 0, LOAD_FAST;
            LOAD_FAST__COPY__LOAD_ATTR__LOAD_CONST = 462, 0, LOAD_FAST;
            LOAD_FAST__LOAD_ATTR__LOAD_ATTR__CALL = 463, 0, LOAD_FAST;
            LOAD_FAST__LOAD_ATTR__LOAD_CONST__CALL = 464, 0, LOAD_FAST;
            LOAD_FAST__LOAD_ATTR__LOAD_FAST__CALL = 465, 0, LOAD_FAST;
            LOAD_FAST__LOAD_ATTR__LOAD_FAST__LOAD_ATTR = 466, 0, LOAD_FAST;
            LOAD_FAST__LOAD_ATTR__TO_BOOL__UNARY_NOT = 467, 0, LOAD_FAST;
            LOAD_FAST__LOAD_CONST__BINARY_OP__CALL = 468, 0, LOAD_FAST;
            LOAD_FAST__LOAD_CONST__BINARY_OP__STORE_FAST = 469, 0, LOAD_FAST;
            LOAD_FAST__LOAD_CONST__COMPARE_OP__POP_JUMP_IF_FALSE = 470, 0, LOAD_FAST;
            LOAD_FAST__LOAD_CONST__COMPARE_OP__POP_JUMP_IF_TRUE = 471, 0, LOAD_FAST;
            LOAD_FAST__LOAD_CONST__COPY__COPY = 472, 0, LOAD_FAST;
            LOAD_FAST__LOAD_FAST__BINARY_OP__LOAD_CONST = 473, 0, LOAD_FAST;
            LOAD_FAST__LOAD_FAST__BINARY_OP__RETURN_VALUE = 474, 0, LOAD_FAST;
            LOAD_FAST__LOAD_FAST__BINARY_SUBSCR__STORE_FAST = 475, 0, LOAD_FAST;
            LOAD_FAST__LOAD_FAST__COMPARE_OP__POP_JUMP_IF_FALSE = 476, 0, LOAD_FAST;
            LOAD_FAST__LOAD_FAST__STORE_ATTR__RETURN_CONST = 477, 0, LOAD_FAST;
            LOAD_FAST__LOAD_GLOBAL__COMPARE_OP__POP_JUMP_IF_FALSE = 478, 0, LOAD_FAST;
            LOAD_FAST__LOAD_GLOBAL__LOAD_FAST__CALL = 479, 0, LOAD_FAST;
            LOAD_FAST__LOAD_GLOBAL__LOAD_GLOBAL__LOAD_FAST = 480, 0, LOAD_FAST;
            LOAD_FAST__PUSH_NULL__LOAD_FAST__CALL = 481, 0, LOAD_FAST;
            LOAD_FAST__STORE_ATTR__LOAD_FAST__STORE_ATTR = 482, 0, LOAD_FAST;
            LOAD_GLOBAL__BINARY_OP__LOAD_CONST__BINARY_OP = 483, 4, LOAD_GLOBAL;
            LOAD_GLOBAL__LOAD_CONST__LOAD_CONST__CALL = 484, 4, LOAD_GLOBAL;
            LOAD_GLOBAL__LOAD_FAST__LOAD_ATTR__CALL = 485, 4, LOAD_GLOBAL;
            LOAD_GLOBAL__LOAD_FAST__LOAD_CONST__CALL = 486, 4, LOAD_GLOBAL;
            LOAD_GLOBAL__LOAD_FAST__LOAD_CONST__LOAD_FAST = 487, 4, LOAD_GLOBAL;
            LOAD_GLOBAL__LOAD_FAST__LOAD_DEREF__CALL = 488, 4, LOAD_GLOBAL;
            LOAD_GLOBAL__LOAD_FAST__LOAD_FAST__CALL = 489, 4, LOAD_GLOBAL;
            LOAD_GLOBAL__LOAD_FAST__LOAD_GLOBAL__CALL = 490, 4, LOAD_GLOBAL;
            LOAD_GLOBAL__LOAD_FAST__UNARY_NEGATIVE__CALL = 491, 4, LOAD_GLOBAL;
            LOAD_GLOBAL__LOAD_GLOBAL__BUILD_TUPLE__CALL = 492, 4, LOAD_GLOBAL;
            LOAD_GLOBAL__LOAD_GLOBAL__LOAD_FAST__CALL = 493, 4, LOAD_GLOBAL;
            LOAD_GLOBAL__LOAD_GLOBAL__LOAD_FAST__LOAD_CONST = 494, 4, LOAD_GLOBAL;
            RESUME__LOAD_CONST__LOAD_FAST__LOAD_FAST = 495, 0, RESUME;
            RESUME__LOAD_FAST__LOAD_ATTR__CALL = 496, 0, RESUME;
            RESUME__LOAD_FAST__LOAD_ATTR__POP_JUMP_IF_NOT_NONE = 497, 0, RESUME;
            STORE_ATTR__BUILD_LIST__LOAD_FAST__STORE_ATTR = 498, 4, STORE_ATTR;
            STORE_ATTR__LOAD_FAST__LOAD_ATTR__CALL = 499, 4, STORE_ATTR;
            STORE_ATTR__LOAD_FAST__LOAD_ATTR__LOAD_CONST = 500, 4, STORE_ATTR;
            STORE_ATTR__LOAD_FAST__LOAD_FAST__STORE_ATTR = 501, 4, STORE_ATTR;
            STORE_FAST__LOAD_FAST__LOAD_ATTR__LOAD_FAST = 502, 0, STORE_FAST;
            STORE_FAST__LOAD_FAST__TO_BOOL__POP_JUMP_IF_FALSE = 503, 0, STORE_FAST;
            STORE_FAST__LOAD_GLOBAL__LOAD_FAST__CALL = 504, 0, STORE_FAST;
            STORE_SUBSCR__LOAD_FAST__LOAD_CONST__BINARY_OP = 505, 1, STORE_SUBSCR;
            STORE_SUBSCR__LOAD_FAST__LOAD_FAST__BINARY_OP = 506, 1, STORE_SUBSCR;
            STORE_SUBSCR__LOAD_FAST__LOAD_FAST__STORE_SUBSCR = 507, 1, STORE_SUBSCR;
            UNPACK_SEQUENCE__STORE_FAST__LOAD_FAST__LOAD_FAST = 508, 1, UNPACK_SEQUENCE;
            UNPACK_SEQUENCE__STORE_FAST__STORE_FAST__LOAD_FAST = 509, 1, UNPACK_SEQUENCE;
            }
            pseudo {
            // Pseudo-opcodes of the compiler.
            JUMP = 256, 0, JUMP;
            JUMP_NO_INTERRUPT = 257, 0, JUMP_NO_INTERRUPT;
            LOAD_CLOSURE = 258, 0, LOAD_CLOSURE;
            LOAD_METHOD = 259, 0, LOAD_METHOD;
            LOAD_SUPER_METHOD = 260, 0, LOAD_SUPER_METHOD;
            LOAD_ZERO_SUPER_ATTR = 261, 0, LOAD_ZERO_SUPER_ATTR;
            LOAD_ZERO_SUPER_METHOD = 262, 0, LOAD_ZERO_SUPER_METHOD;
            POP_BLOCK = 263, 0, POP_BLOCK;
            SETUP_CLEANUP = 264, 0, SETUP_CLEANUP;
            SETUP_FINALLY = 265, 0, SETUP_FINALLY;
            SETUP_WITH = 266, 0, SETUP_WITH;
            STORE_FAST_MAYBE_NULL = 267, 0, STORE_FAST_MAYBE_NULL;
            }
        }
    };
}

macro_rules! define {
    (
        executable { $($name:ident = $num:literal, $caches:literal, $family:ident;)* }
        pseudo { $($pname:ident = $pnum:literal, $pcaches:literal, $pfamily:ident;)* }
    ) => {
        /// An instruction. The discriminant is its number in [`for_each_opcode!`](crate::for_each_opcode).
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        #[expect(non_camel_case_types, reason = "opcodes keep CPython's spelling")]
        #[expect(missing_docs, reason = "each opcode is documented at its op!")]
        pub enum Opcode { $($name = $num,)* $($pname = $pnum,)* }

        impl Opcode {
            /// Every opcode, in the order of the list.
            pub const ALL: &[Opcode] = &[$(Opcode::$name,)* $(Opcode::$pname,)*];

            /// CPython's name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Opcode::$name => stringify!($name),)* $(Opcode::$pname => stringify!($pname),)* }
            }

            /// Inline-cache size in code units.
            #[inline]
            #[must_use]
            pub const fn caches(self) -> usize {
                CACHES[self as usize] as usize
            }

            /// The generic opcode this one is a specialised form of; itself if it is generic.
            #[inline]
            #[must_use]
            pub const fn family(self) -> Opcode {
                FAMILIES[self as usize]
            }

            /// The opcode of a number, if there is one.
            #[inline]
            #[must_use]
            pub const fn from_number(number: u16) -> Option<Opcode> {
                if (number as usize) < OPCODE_LIMIT { NUMBERS[number as usize] } else { None }
            }
        }

        static CACHES: [u8; OPCODE_LIMIT] = {
            let mut table = [0; OPCODE_LIMIT];
            $(table[$num] = $caches;)*
            $(table[$pnum] = $pcaches;)*
            table
        };

        static FAMILIES: [Opcode; OPCODE_LIMIT] = {
            let mut table = [Opcode::CACHE; OPCODE_LIMIT];
            $(table[$num] = Opcode::$family;)*
            $(table[$pnum] = Opcode::$pfamily;)*
            table
        };

        static NUMBERS: [Option<Opcode>; OPCODE_LIMIT] = {
            let mut table = [None; OPCODE_LIMIT];
            $(table[$num] = Some(Opcode::$name);)*
            $(table[$pnum] = Some(Opcode::$pname);)*
            table
        };
    };
}
for_each_opcode!(define);

/// Numbers are below this: the length of a handler table.
pub const OPCODE_LIMIT: usize = 512;

impl Opcode {
    /// The number in the list.
    #[must_use]
    pub const fn number(self) -> u16 {
        self as u16
    }

    /// Whether this is one of CPython's specialised forms.
    #[must_use]
    pub const fn is_specialized(self) -> bool {
        self.family() as u16 != self as u16 && (self as u16) < 256
    }

    /// The opcode under which CPython would show this one: internal forms stand for the opcode they replace.
    #[must_use]
    pub const fn shown(self) -> Opcode {
        if self as u16 >= 300 { self.family() } else { self }
    }

    /// Base instructions that one execution counts for, superinstructions and skipping forms apart (these report what they did
    /// beyond their first component). `END_FOR` takes back the `POP_TOP` that always follows it.
    #[must_use]
    pub const fn base_weight(self) -> i64 {
        match self {
            Opcode::CACHE | Opcode::EXTENDED_ARG | Opcode::NOP | Opcode::INTERPRETER_EXIT | Opcode::EXIT_INIT_CHECK => 0,
            Opcode::END_FOR => -1,
            _ => 1,
        }
    }
}

impl std::fmt::Debug for Opcode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
