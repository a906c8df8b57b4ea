//! Where the standard descriptors 1 and 2 lead: the process's own, or what an embedding program gave instead. Buffers, encodings and
//! the objects `sys.stdout` and `sys.stderr` are in `io`.

use crate::machine::{Machine, Raised};
use crate::object::value::Value;
use std::io::Write;

/// What a machine's standard output and error write to.
pub struct StdIo {
    sinks: [Box<dyn Write>; 2],
}

impl Default for StdIo {
    fn default() -> Self {
        StdIo::to(Box::new(std::io::stdout()), Box::new(std::io::stderr()))
    }
}

impl StdIo {
    /// Streams that write to these sinks instead of the process's own.
    #[must_use]
    pub fn to(out: Box<dyn Write>, err: Box<dyn Write>) -> StdIo {
        StdIo { sinks: [out, err] }
    }

    /// Writes bytes to standard output (1) or error (2), at once.
    pub fn write(&mut self, fd: u8, bytes: &[u8]) -> std::io::Result<()> {
        let sink = &mut self.sinks[usize::from(fd == 2)];
        sink.write_all(bytes)?;
        sink.flush()
    }
}

impl Machine {
    /// Raises the `OSError` of an input or output error, as the class its number stands for.
    pub fn os_error(&mut self, error: &std::io::Error) -> Raised {
        match error.raw_os_error() {
            Some(n) => self.os_error_number(n, Value::NULL),
            None => {
                let class = self.exceptions.os_error;
                self.raise_message(class, &error.to_string())
            }
        }
    }
}
