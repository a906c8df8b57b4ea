//! What is worth knowing about the machine and the build, for the record. What the system does not say stays `None`.

use std::fs;
use std::path::Path;

use reports::measure::{BuildInfo, MachineInfo};

fn read(path: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?.trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// The value of a `key : value` line in `/proc/cpuinfo` and its like.
fn field(text: &str, key: &str) -> Option<String> {
    text.lines().filter_map(|line| line.split_once(':')).find(|(name, _)| name.trim() == key).map(|(_, value)| value.trim().to_owned())
}

/// The machine this runs on.
pub fn machine() -> MachineInfo {
    let cpuinfo = read("/proc/cpuinfo").unwrap_or_default();
    let memory = read("/proc/meminfo").and_then(|text| field(&text, "MemTotal"));
    let flags = field(&cpuinfo, "flags").unwrap_or_default();
    let has_hypervisor = flags.split_whitespace().any(|flag| flag == "hypervisor");
    let hypervisor = match read("/sys/hypervisor/type").or_else(|| read("/sys/class/dmi/id/sys_vendor")) {
        Some(name) if has_hypervisor => Some(format!("yes ({name})")),
        _ if has_hypervisor => Some("yes".to_owned()),
        _ if flags.is_empty() => None,
        _ => Some("none".to_owned()),
    };
    MachineInfo {
        cpu_model: field(&cpuinfo, "model name"),
        logical_cpus: std::thread::available_parallelism().ok().and_then(|n| u32::try_from(n.get()).ok()),
        memory_bytes: memory.and_then(|text| text.split_whitespace().next()?.parse::<u64>().ok()).map(|kibibytes| kibibytes * 1024),
        os: read("/etc/os-release").and_then(|text| {
            let line = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
            Some(line.trim_matches('"').to_owned())
        }),
        kernel: read("/proc/sys/kernel/osrelease"),
        hypervisor,
        governor: read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
        hardware_counters: hardware_counters(),
    }
}

/// Whether a process may read hardware counters, as far as the system's files say.
fn hardware_counters() -> Option<String> {
    if !Path::new("/sys/bus/event_source/devices/cpu").exists() {
        return None;
    }
    let level: i32 = read("/proc/sys/kernel/perf_event_paranoid")?.parse().ok()?;
    Some(format!("present, perf_event_paranoid = {level}; not used"))
}

/// This build, but for what only the command line knows (how tail calls are made).
pub fn build() -> BuildInfo {
    BuildInfo {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        profile: option_env!("HARNESS_PROFILE").unwrap_or(if cfg!(debug_assertions) { "dev" } else { "release" }).to_owned(),
        opt_level: option_env!("HARNESS_OPT_LEVEL").map(str::to_owned),
        rustc: option_env!("HARNESS_RUSTC").map(str::to_owned),
        target: Some(
            option_env!("HARNESS_TARGET").map_or_else(|| format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS), str::to_owned),
        ),
        tail_calls: None,
        revision: option_env!("HARNESS_REVISION").map(str::to_owned),
        executable_bytes: std::env::current_exe().and_then(fs::metadata).ok().map(|metadata| metadata.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_by_exact_name() {
        let text = "model\t\t: 85\nmodel name\t: Some Processor @ 2 GHz\n";
        assert_eq!(field(text, "model name").as_deref(), Some("Some Processor @ 2 GHz"));
        assert_eq!(field(text, "name"), None);
    }
}
