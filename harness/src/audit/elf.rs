//! This executable as bytes: which function covers an address, and its instructions.

use iced_x86::{Decoder, DecoderOptions, Instruction};
use object::{Object, ObjectSection, ObjectSymbol};
use std::collections::BTreeMap;

/// A function's code.
#[derive(Debug, Clone, Copy)]
pub(super) struct Code {
    /// Its address in the file's own address space.
    pub(super) start: usize,
    /// Its length.
    pub(super) bytes: u64,
}

/// The executable.
pub(super) struct Image {
    text: Vec<u8>,
    text_address: usize,
    /// Difference between addresses at run time and in the file.
    base: usize,
    functions: BTreeMap<usize, u64>,
    file_bytes: u64,
}

impl Image {
    /// Reads the executable of this process.
    pub(super) fn of_self() -> Result<Image, String> {
        let path = std::env::current_exe().map_err(|e| format!("the executable cannot be found: {e}"))?;
        let data = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let file = object::File::parse(&*data).map_err(|e| format!("{}: {e}", path.display()))?;
        let text = file.section_by_name(".text").ok_or("the executable has no .text section")?;
        let functions: BTreeMap<usize, u64> = file
            .symbols()
            .filter(|s| s.kind() == object::SymbolKind::Text && s.size() > 0)
            .map(|s| (s.address() as usize, s.size()))
            .collect();
        if functions.is_empty() {
            return Err("the executable has no symbols".to_owned());
        }
        let marker =
            file.symbols().find(|s| s.name() == Ok("harness_audit_marker")).ok_or("the executable's own marker symbol is missing")?;
        let base = (harness_audit_marker as *const () as usize).wrapping_sub(marker.address() as usize);
        Ok(Image {
            text_address: text.address() as usize,
            text: text.data().map_err(|e| e.to_string())?.to_vec(),
            base,
            functions,
            file_bytes: data.len() as u64,
        })
    }

    /// Size of the file.
    pub(super) fn file_bytes(&self) -> u64 {
        self.file_bytes
    }

    /// The function at an address, of this process or of the file.
    pub(super) fn function(&self, address: usize) -> Option<Code> {
        let cover = |at: usize| {
            let (&start, &bytes) = self.functions.range(..=at).next_back()?;
            (at < start + bytes as usize).then_some(Code { start, bytes })
        };
        if address >= self.base && self.base != 0 { cover(address - self.base) } else { cover(address) }
    }

    /// Where a jump or call through a fixed place in memory leads: the linker's table of addresses, which this process has filled.
    pub(super) fn through_memory(&self, i: &Instruction) -> Option<usize> {
        if !i.is_ip_rel_memory_operand() {
            return None;
        }
        let place = self.base.wrapping_add(i.ip_rel_memory_address() as usize) as *const usize;
        // SAFETY: the operand of an instruction of this process, which reads that word when it runs.
        let target = unsafe { place.read() };
        self.function(target).map(|code| code.start)
    }

    /// Its instructions.
    pub(super) fn instructions(&self, code: &Code) -> Vec<Instruction> {
        let from = code.start.saturating_sub(self.text_address);
        let to = (from + code.bytes as usize).min(self.text.len());
        let bytes = self.text.get(from..to).unwrap_or(&[]);
        Decoder::with_ip(64, bytes, code.start as u64, DecoderOptions::NONE).into_iter().collect()
    }
}

/// A function whose address at run time and in the symbol table tells where the executable was loaded.
#[unsafe(no_mangle)]
extern "C" fn harness_audit_marker() {}
