//! What the XML parser says: events for handlers, and its errors with expat's numbers and texts.

/// A number of `XML_Error`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Code(pub(super) u8);

/// Constants of `pyexpat.errors` and what they stand for, by number from 1.
pub(super) const ERRORS: &[(&str, &str)] = &[
    ("XML_ERROR_NO_MEMORY", "out of memory"),
    ("XML_ERROR_SYNTAX", "syntax error"),
    ("XML_ERROR_NO_ELEMENTS", "no element found"),
    ("XML_ERROR_INVALID_TOKEN", "not well-formed (invalid token)"),
    ("XML_ERROR_UNCLOSED_TOKEN", "unclosed token"),
    ("XML_ERROR_PARTIAL_CHAR", "partial character"),
    ("XML_ERROR_TAG_MISMATCH", "mismatched tag"),
    ("XML_ERROR_DUPLICATE_ATTRIBUTE", "duplicate attribute"),
    ("XML_ERROR_JUNK_AFTER_DOC_ELEMENT", "junk after document element"),
    ("XML_ERROR_PARAM_ENTITY_REF", "illegal parameter entity reference"),
    ("XML_ERROR_UNDEFINED_ENTITY", "undefined entity"),
    ("XML_ERROR_RECURSIVE_ENTITY_REF", "recursive entity reference"),
    ("XML_ERROR_ASYNC_ENTITY", "asynchronous entity"),
    ("XML_ERROR_BAD_CHAR_REF", "reference to invalid character number"),
    ("XML_ERROR_BINARY_ENTITY_REF", "reference to binary entity"),
    ("XML_ERROR_ATTRIBUTE_EXTERNAL_ENTITY_REF", "reference to external entity in attribute"),
    ("XML_ERROR_MISPLACED_XML_PI", "XML or text declaration not at start of entity"),
    ("XML_ERROR_UNKNOWN_ENCODING", "unknown encoding"),
    ("XML_ERROR_INCORRECT_ENCODING", "encoding specified in XML declaration is incorrect"),
    ("XML_ERROR_UNCLOSED_CDATA_SECTION", "unclosed CDATA section"),
    ("XML_ERROR_EXTERNAL_ENTITY_HANDLING", "error in processing external entity reference"),
    ("XML_ERROR_NOT_STANDALONE", "document is not standalone"),
    ("XML_ERROR_UNEXPECTED_STATE", "unexpected parser state - please send a bug report"),
    ("XML_ERROR_ENTITY_DECLARED_IN_PE", "entity declared in parameter entity"),
    ("XML_ERROR_FEATURE_REQUIRES_XML_DTD", "requested feature requires XML_DTD support in Expat"),
    ("XML_ERROR_CANT_CHANGE_FEATURE_ONCE_PARSING", "cannot change setting once parsing has begun"),
    ("XML_ERROR_UNBOUND_PREFIX", "unbound prefix"),
    ("XML_ERROR_UNDECLARING_PREFIX", "must not undeclare prefix"),
    ("XML_ERROR_INCOMPLETE_PE", "incomplete markup in parameter entity"),
    ("XML_ERROR_XML_DECL", "XML declaration not well-formed"),
    ("XML_ERROR_TEXT_DECL", "text declaration not well-formed"),
    ("XML_ERROR_PUBLICID", "illegal character(s) in public id"),
    ("XML_ERROR_SUSPENDED", "parser suspended"),
    ("XML_ERROR_NOT_SUSPENDED", "parser not suspended"),
    ("XML_ERROR_ABORTED", "parsing aborted"),
    ("XML_ERROR_FINISHED", "parsing finished"),
    ("XML_ERROR_SUSPEND_PE", "cannot suspend in external parameter entity"),
    ("XML_ERROR_RESERVED_PREFIX_XML", "reserved prefix (xml) must not be undeclared or bound to another namespace name"),
    ("XML_ERROR_RESERVED_PREFIX_XMLNS", "reserved prefix (xmlns) must not be declared or undeclared"),
    ("XML_ERROR_RESERVED_NAMESPACE_URI", "prefix must not be bound to one of the reserved namespace names"),
    ("XML_ERROR_INVALID_ARGUMENT", "invalid argument"),
    ("XML_ERROR_NO_BUFFER", "a successful prior call to function XML_GetBuffer was required"),
    ("XML_ERROR_AMPLIFICATION_LIMIT_BREACH", "limit on input amplification factor (from DTD and entities) breached"),
    ("XML_ERROR_NOT_STARTED", "parser not started"),
];

impl Code {
    pub(super) const SYNTAX: Code = Code(2);
    pub(super) const NO_ELEMENTS: Code = Code(3);
    pub(super) const INVALID_TOKEN: Code = Code(4);
    pub(super) const UNCLOSED_TOKEN: Code = Code(5);
    pub(super) const PARTIAL_CHAR: Code = Code(6);
    pub(super) const TAG_MISMATCH: Code = Code(7);
    pub(super) const DUPLICATE_ATTRIBUTE: Code = Code(8);
    pub(super) const JUNK_AFTER_DOC_ELEMENT: Code = Code(9);
    pub(super) const PARAM_ENTITY_REF: Code = Code(10);
    pub(super) const UNDEFINED_ENTITY: Code = Code(11);
    pub(super) const RECURSIVE_ENTITY_REF: Code = Code(12);
    pub(super) const ASYNC_ENTITY: Code = Code(13);
    pub(super) const BAD_CHAR_REF: Code = Code(14);
    pub(super) const BINARY_ENTITY_REF: Code = Code(15);
    pub(super) const ATTRIBUTE_EXTERNAL_ENTITY_REF: Code = Code(16);
    pub(super) const MISPLACED_XML_PI: Code = Code(17);
    pub(super) const UNKNOWN_ENCODING: Code = Code(18);
    pub(super) const INCORRECT_ENCODING: Code = Code(19);
    pub(super) const UNCLOSED_CDATA_SECTION: Code = Code(20);
    pub(super) const EXTERNAL_ENTITY_HANDLING: Code = Code(21);
    pub(super) const NOT_STANDALONE: Code = Code(22);
    pub(super) const UNBOUND_PREFIX: Code = Code(27);
    pub(super) const UNDECLARING_PREFIX: Code = Code(28);
    pub(super) const XML_DECL: Code = Code(30);
    pub(super) const TEXT_DECL: Code = Code(31);
    pub(super) const PUBLICID: Code = Code(32);
    pub(super) const FINISHED: Code = Code(36);
    pub(super) const RESERVED_PREFIX_XML: Code = Code(38);
    pub(super) const RESERVED_PREFIX_XMLNS: Code = Code(39);
    pub(super) const RESERVED_NAMESPACE_URI: Code = Code(40);
    pub(super) const AMPLIFICATION: Code = Code(43);

    /// What is told of it.
    pub(super) fn text(self) -> &'static str {
        usize::from(self.0).checked_sub(1).and_then(|i| ERRORS.get(i)).map_or("unknown error", |e| e.1)
    }
}

/// A content model: type, quantifier, name and parts, numbered as in `pyexpat.model`.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) kind: i64,
    pub(super) quantifier: i64,
    pub(super) name: Option<String>,
    pub(super) parts: Vec<Model>,
}

/// Where an entity or notation is kept: system and public identifiers.
pub(super) type External = (Option<String>, Option<String>);

/// Something a handler may be called for.
#[derive(Clone, Debug)]
pub(super) enum Event {
    Declaration {
        version: Option<String>,
        encoding: Option<String>,
        standalone: i64,
    },
    Start {
        name: String,
        attributes: Vec<(String, String)>,
        specified: usize,
    },
    End(String),
    Text(String),
    Instruction(String, String),
    Comment(String),
    StartCdata,
    EndCdata,
    StartNamespace(Option<String>, Option<String>),
    EndNamespace(Option<String>),
    Doctype {
        name: String,
        external: External,
        subset: bool,
    },
    EndDoctype,
    Element(String, Model),
    Attlist {
        element: String,
        attribute: String,
        kind: String,
        default: Option<String>,
        required: bool,
    },
    Entity {
        name: String,
        parameter: bool,
        value: Option<String>,
        external: External,
        notation: Option<String>,
    },
    Unparsed {
        name: String,
        external: External,
        notation: String,
    },
    Notation(String, External),
    ExternalEntity {
        context: Option<String>,
        external: External,
    },
    Skipped(String, bool),
    NotStandalone,
    /// What else belongs to the document type.
    Bracket,
    /// Text that only the default handler sees.
    Other,
}

/// An event, and its text in the document.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) event: Event,
    pub(super) raw: String,
    /// Where it is said to be, if not where its token starts.
    pub(super) at: Option<usize>,
}
