//! Gives back the pages of the executable that only start-up has used.
//!
//! Setting up a machine touches code all over the executable, once. The system counts these pages as the program's until memory is
//! short; nothing is lost by unmapping them, since they are unchanged pages of a file, and what the program does need is mapped again as it
//! comes to it.

/// Unmaps the executable's own read-only segments; the next instruction maps its page again.
#[cfg(all(target_os = "linux", not(target_env = "musl")))]
pub fn release_code() {
    // SAFETY: `release` has the type that is called for, and takes no data.
    unsafe {
        libc::dl_iterate_phdr(Some(release), std::ptr::null_mut());
    }
}

/// Does nothing: it is not known here which pages may go.
#[cfg(not(all(target_os = "linux", not(target_env = "musl"))))]
pub fn release_code() {}

/// Called with the executable first, for which it asks for an end by returning 1.
#[cfg(all(target_os = "linux", not(target_env = "musl")))]
unsafe extern "C" fn release(info: *mut libc::dl_phdr_info, _: libc::size_t, _: *mut libc::c_void) -> libc::c_int {
    // The system knows no smaller pages; where they are larger, a range that is not aligned to them is refused.
    const PAGE: usize = 4096;
    // SAFETY: the loader describes its own table.
    let (base, headers) = unsafe { ((*info).dlpi_addr as usize, std::slice::from_raw_parts((*info).dlpi_phdr, (*info).dlpi_phnum.into())) };
    if headers.iter().any(|header| header.p_type == libc::PT_DYNAMIC && has_text_relocations(base + header.p_vaddr as usize)) {
        return 1;
    }
    for header in headers {
        if header.p_type != libc::PT_LOAD || header.p_flags & libc::PF_W != 0 {
            continue;
        }
        let start = base + header.p_vaddr as usize;
        let (from, to) = (start.next_multiple_of(PAGE), (start + header.p_memsz as usize) / PAGE * PAGE);
        if from < to {
            // SAFETY: pages of a file, mapped privately and never written (the segment is read-only and has no relocations), are read
            // from it again. Failing does no harm.
            unsafe { libc::madvise(from as *mut libc::c_void, to - from, libc::MADV_DONTNEED) };
        }
    }
    1
}

/// Whether the loader has written to read-only segments, which must then stay.
#[cfg(all(target_os = "linux", not(target_env = "musl")))]
fn has_text_relocations(dynamic: usize) -> bool {
    const DT_NULL: usize = 0;
    const DT_TEXTREL: usize = 22;
    let mut entry = dynamic as *const [usize; 2];
    loop {
        // SAFETY: the dynamic section is an array of pairs of words that ends with a null tag.
        match unsafe { (*entry)[0] } {
            DT_NULL => return false,
            DT_TEXTREL => return true,
            _ => entry = entry.wrapping_add(1),
        }
    }
}

#[cfg(test)]
mod tests {
    static TABLE: [&str; 3] = ["constants", "and what they", "refer to"];

    #[test]
    fn code_and_constants_are_there_afterwards() {
        let before = TABLE.map(str::len);
        super::release_code();
        assert_eq!(TABLE.map(str::len), before);
        assert_eq!(format!("{:?}", TABLE[2]), "\"refer to\"");
    }
}
