//! `__doc__` and `__text_signature__` of the builtin functions. The signatures are CPython's, which `inspect` reads; the sentences are
//! this project's own.

/// Name, signature (empty where CPython has none) and sentence, sorted by name.
static DOCS: &[(&str, &str, &str)] = &[
    ("__build_class__", "", "Makes a class; the class statement calls it."),
    (
        "__import__",
        "($module, /, name, globals=None, locals=None, fromlist=(),\n           level=0)",
        "Imports a module; the import statement calls it.",
    ),
    ("abs", "($module, x, /)", "The absolute value of a number."),
    ("aiter", "($module, async_iterable, /)", "An asynchronous iterator over an asynchronous iterable."),
    ("all", "($module, iterable, /)", "Whether every element is true; so it is for no elements."),
    ("anext", "($module, aiterator, default=<unrepresentable>, /)", "An awaitable for an asynchronous iterator's next item."),
    ("any", "($module, iterable, /)", "Whether some element is true; none is where there are no elements."),
    ("ascii", "($module, obj, /)", "As repr(), with escapes for everything that is not ASCII."),
    ("bin", "($module, number, /)", "An integer in binary digits, with the prefix 0b."),
    ("breakpoint", "($module, /, *args, **kws)", "Calls sys.breakpointhook() with the arguments given."),
    ("callable", "($module, obj, /)", "Whether an object can be called."),
    ("chr", "($module, i, /)", "The character with a code point between 0 and 0x10ffff."),
    (
        "compile",
        "($module, /, source, filename, mode, flags=0,\n        dont_inherit=False, optimize=-1, *, _feature_version=-1)",
        "Compiles source text or a syntax tree; exec() and eval() run the code object.",
    ),
    ("delattr", "($module, obj, name, /)", "Removes an attribute that is named by a string."),
    ("dir", "", "The sorted names of an object's attributes or, without an argument, those of the local scope."),
    ("divmod", "($module, x, y, /)", "Quotient and remainder of a division, as a pair."),
    ("eval", "($module, source, /, globals=None, locals=None)", "The value of an expression, given as text or as a code object."),
    ("exec", "($module, source, /, globals=None, locals=None, *, closure=None)", "Runs statements, given as text or as a code object."),
    ("format", "($module, value, format_spec='', /)", "A value as text, as type(value).__format__ makes it."),
    ("getattr", "", "An attribute that is named by a string; a third argument stands in for one that is missing."),
    ("globals", "($module, /)", "The namespace of the running module: changes to it are seen."),
    ("hasattr", "($module, obj, name, /)", "Whether an object has an attribute of that name."),
    ("hash", "($module, obj, /)", "An object's hash; objects that are equal have the same."),
    ("hex", "($module, number, /)", "An integer in hexadecimal digits, with the prefix 0x."),
    ("id", "($module, obj, /)", "A number that no other object has at the same time."),
    ("input", "($module, prompt='', /)", "A line of standard input without its end, after showing a prompt."),
    ("isinstance", "($module, obj, class_or_tuple, /)", "Whether an object is an instance of a class, or of one of several."),
    ("issubclass", "($module, cls, class_or_tuple, /)", "Whether a class derives from another one, or from one of several."),
    ("iter", "", "An iterator over an object or, with two arguments, over what a callable gives until it gives the second."),
    ("len", "($module, obj, /)", "How many items a container has."),
    ("locals", "($module, /)", "The variables of the running scope, as a mapping."),
    ("max", "", "The largest item of an iterable, or the largest argument."),
    ("min", "", "The smallest item of an iterable, or the smallest argument."),
    ("next", "", "An iterator's next item; a second argument stands in for it at the end."),
    ("oct", "($module, number, /)", "An integer in octal digits, with the prefix 0o."),
    (
        "open",
        "($module, /, file, mode='r', buffering=-1, encoding=None,\n     errors=None, newline=None, closefd=True, opener=None)",
        "Opens a file and gives a stream.",
    ),
    ("ord", "($module, c, /)", "The code point of a character."),
    ("pow", "($module, /, base, exp, mod=None)", "A power, by a modulus if one is given."),
    ("print", "($module, /, *args, sep=' ', end='\\n', file=None, flush=False)", "Writes values to a text stream."),
    ("repr", "($module, obj, /)", "An object as text for programmers."),
    ("round", "($module, /, number, ndigits=None)", "A number rounded to a number of decimal digits, or to an integer."),
    ("setattr", "($module, obj, name, value, /)", "Sets an attribute that is named by a string."),
    ("sorted", "($module, iterable, /, *, key=None, reverse=False)", "A new list of an iterable's items in ascending order."),
    ("sum", "($module, iterable, /, start=0)", "A start value plus all items of an iterable."),
    ("vars", "", "An object's __dict__ or, without an argument, the local scope's variables."),
];

/// Signature and sentence of a builtin function.
pub(crate) fn of(name: &str) -> Option<(&'static str, &'static str)> {
    let at = DOCS.binary_search_by(|row| row.0.cmp(name)).ok()?;
    Some((DOCS[at].1, DOCS[at].2))
}

#[cfg(test)]
mod tests {
    use super::DOCS;

    #[test]
    fn sorted_by_name() {
        assert!(DOCS.is_sorted_by(|a, b| a.0 < b.0));
    }
}
