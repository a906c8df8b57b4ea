//! What every heap object starts with, and the typed handle to one.

use super::typeobj::Type;
use super::value::Value;
use crate::heap::Marker;
use std::cell::Cell;
use std::ptr::NonNull;

/// The first word of every object: its type. Null in a free cell.
#[repr(C)]
pub struct Header {
    ty: Cell<*const Type>,
}

impl Header {
    /// A header of an object of that type.
    #[must_use]
    pub fn new(ty: Gc<Type>) -> Header {
        Header { ty: Cell::new(ty.as_ptr()) }
    }

    /// The object's type, as a raw pointer.
    #[inline(always)]
    pub fn ty(&self) -> *const Type {
        self.ty.get()
    }

    /// Changes the type (`__class__` assignment, bootstrap).
    pub fn set_ty(&self, ty: *const Type) {
        self.ty.set(ty);
    }
}

/// Which Rust struct an object's memory holds. Subclasses made in Python share the layout of the native type they derive from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[expect(missing_docs, reason = "each names the struct of the same name")]
pub enum LayoutId {
    Instance,
    Type,
    Int,
    Float,
    Complex,
    Str,
    StrBuf,
    Bytes,
    ByteArray,
    List,
    Tuple,
    Dict,
    Set,
    Slice,
    Range,
    Cell,
    Code,
    Function,
    NativeFunction,
    MethodDescr,
    SlotWrapper,
    MethodWrapper,
    GetSetDescr,
    MemberDescr,
    BoundMethod,
    Property,
    ClassMethod,
    StaticMethod,
    Super,
    Module,
    Generator,
    Frame,
    Traceback,
    Exception,
    SeqIter,
    ListIter,
    TupleIter,
    RangeIter,
    StrIter,
    DictIter,
    DictView,
    SetIter,
    CallableIter,
    Enumerate,
    Zip,
    Map,
    Filter,
    Reversed,
    BytesIter,
    MappingProxy,
    Buffer,
    WeakRef,
    MemoryView,
    File,
    StringIO,
    IoBase,
    FileIo,
    BytesIo,
    Buffered,
    BufferedPair,
    NewlineDecoder,
    OwnDecoder,
    DirEntry,
    ScandirIter,
    GenericAlias,
    Union,
    TypeVar,
    TypeAlias,
    AsyncGenAwait,
    Namespace,
    Accumulate,
    Array,
    ArrayIter,
    AsyncioState,
    AttrGetter,
    Batched,
    Chain,
    CmpKey,
    Combinations,
    Compress,
    Context,
    Token,
    ContextVar,
    Count,
    Cycle,
    Deque,
    DequeIter,
    DropWhile,
    FilterFalse,
    Future,
    FutureIter,
    GroupBy,
    Grouper,
    HamtItems,
    ISlice,
    ItemGetter,
    Lock,
    LruCache,
    LruLink,
    MethodCaller,
    OrderedIter,
    Pairwise,
    Partial,
    Permutations,
    Product,
    Proxy,
    RLock,
    Repeat,
    SimpleQueue,
    SiteBuiltin,
    StarMap,
    TakeWhile,
    Task,
    TaskStep,
    Tee,
    TeeData,
    Capsule,
    MultibyteCodec,
    MultibytePiecewise,
    ThreadHandle,
    ThreadLocal,
    TupleGetter,
    ZipLongest,
    AbcData,
    StructObj,
    StructIter,
    Random,
    Regex,
    RegexMatch,
    RegexScanner,
    RegexTemplate,
    Hasher,
    Compressor,
    Decompressor,
    JsonScanner,
    JsonEncoder,
    Pickler,
    Unpickler,
    PickleMemo,
    PickleBuffer,
    CsvDialect,
    CsvReader,
    CsvWriter,
    Decimal,
    DecimalContext,
    DecimalManager,
    SignalDict,
    FieldIter,
    Date,
    DateTime,
    Time,
    TimeDelta,
    TimeZone,
    Ucd,
    XmlParser,
    TableCell,
    TableBlock,
    Other,
}

/// How the heap handles objects of one Rust struct.
#[derive(Debug)]
pub struct Layout {
    /// Which struct.
    pub id: LayoutId,
    /// Its size in bytes; a subclass's `__dict__`, weak-reference and `__slots__` words follow it.
    pub size: usize,
    /// Marks the values it holds. The object is only read.
    pub trace: unsafe fn(*const Header, &mut Marker<'_>),
    /// Releases memory outside the heap; objects with it live in blocks of their own.
    pub drop: Option<unsafe fn(*mut Header)>,
}

/// A Rust struct that is an object's memory.
///
/// # Safety
/// The struct is `#[repr(C)]` and its first field is a [`Header`]; `LAYOUT` is made by [`layout_of`]; `trace` visits every `Value`
/// and `Gc` it holds.
pub unsafe trait Payload: Sized + 'static {
    /// How the heap handles it.
    const LAYOUT: &'static Layout;
    /// Marks what it refers to.
    fn trace(&self, marker: &mut Marker<'_>);
}

/// # Safety
/// `p` points to a live `T`.
unsafe fn trace_thunk<T: Payload>(p: *const Header, marker: &mut Marker<'_>) {
    // SAFETY: the heap calls this only for objects of layout `T`.
    unsafe { (*p.cast::<T>()).trace(marker) }
}

/// # Safety
/// `p` points to a dead `T` that is not used again.
unsafe fn drop_thunk<T>(p: *mut Header) {
    // SAFETY: the heap calls this once for a dead object of layout `T`.
    unsafe { std::ptr::drop_in_place(p.cast::<T>()) }
}

/// The layout of `T`: `static`-promoted by `&const { layout_of::<T>(id) }`. Objects whose struct needs no `Drop` get none.
#[must_use]
pub const fn layout_of<T: Payload>(id: LayoutId) -> Layout {
    Layout {
        id,
        size: size_of::<T>(),
        trace: trace_thunk::<T>,
        drop: if std::mem::needs_drop::<T>() { Some(drop_thunk::<T>) } else { None },
    }
}

/// A handle to a live object. Copyable: collection is non-moving, and handles in native frames are found by scanning the native stack.
#[repr(transparent)]
pub struct Gc<T>(NonNull<T>);

impl<T> Clone for Gc<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Gc<T> {}
impl<T> PartialEq for Gc<T> {
    #[inline(always)]
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Gc<T> {}

impl<T> Gc<T> {
    /// The handle of a pointer to a live `T`.
    ///
    /// # Safety
    /// `p` points to a live heap object whose memory is a `T`.
    #[inline(always)]
    #[must_use]
    pub const unsafe fn from_raw(p: *mut T) -> Gc<T> {
        // SAFETY: a live object is not at address zero.
        Gc(unsafe { NonNull::new_unchecked(p) })
    }

    /// The handle of a header.
    ///
    /// # Safety
    /// As [`Gc::from_raw`].
    #[inline(always)]
    #[must_use]
    pub const unsafe fn from_header(p: *mut Header) -> Gc<T> {
        // SAFETY: as the caller promises.
        unsafe { Self::from_raw(p.cast()) }
    }

    /// The address.
    #[inline(always)]
    #[must_use]
    pub const fn as_ptr(self) -> *mut T {
        self.0.as_ptr()
    }

    /// As an untyped value.
    #[inline(always)]
    #[must_use]
    pub fn value(self) -> Value {
        Value::from_ptr(self.0.cast())
    }
}

impl<T> std::ops::Deref for Gc<T> {
    type Target = T;
    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: a handle denotes a live object; objects are mutated only through cells.
        unsafe { self.0.as_ref() }
    }
}

impl<T> std::fmt::Debug for Gc<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gc({:p})", self.0)
    }
}

impl<T> From<Gc<T>> for Value {
    #[inline(always)]
    fn from(g: Gc<T>) -> Value {
        g.value()
    }
}
