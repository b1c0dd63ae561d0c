//! Prints how time and memory grow with hostile schemas: each family at 1, 2, 4 and 8 times its size.
//!
//! `cargo run --release -p lab --example hostile_growth [part of a name]`; Linux alone, since
//! it reads the peak of memory from `/proc`. Each run is a process of its own, so that each has its own peak.

use std::process::Command;
use std::time::Instant;

use json_schema_codegen::{Documents, Settings, generate};
use lab::hostile::{SCHEMA_FAMILIES, SchemaFamily};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [number, size] = arguments.as_slice() {
        if let (Ok(number), Ok(size)) = (number.parse::<usize>(), size.parse()) {
            return SCHEMA_FAMILIES.get(number).map_or((), |family| print_time_and_memory(family, size));
        }
    }
    let wanted = arguments.first().map_or("", String::as_str);
    println!("{:<34} {:>9} {:>9} {:>9} {:>9}   ms and MiB at 1, 2, 4, 8 times the size", "", 1, 2, 4, 8);
    for (number, family) in SCHEMA_FAMILIES.iter().enumerate().filter(|(_, family)| family.name.contains(wanted)) {
        print!("{:<34}", format!("{} ({})", family.name, family.size));
        for times in [1, 2, 4, 8] {
            let mut again = Command::new(std::env::current_exe().unwrap_or_default());
            let run = again.args([number.to_string(), (family.size * times).to_string()]).output();
            let text = run.map(|run| String::from_utf8_lossy(&run.stdout).trim().to_owned());
            print!(" {:>14}", text.ok().filter(|text| !text.is_empty()).unwrap_or("aborted".to_owned()));
        }
        println!();
    }
}

/// Generates types from the schema of `family` with `size` repetitions. Prints the milliseconds and the MiB of memory
/// that this takes, as `12/3`, with `!` after it if the generator rejects the schema.
fn print_time_and_memory(family: &SchemaFamily, size: usize) {
    let text = (family.make_schema_text)(size);
    let before = read_peak_memory_kib();
    let start = Instant::now();
    let generated = Documents::from_texts("schema", [("schema.json", text)])
        .and_then(|documents| generate(documents, &Settings::default()));
    let mark = match generated {
        Ok(generated) => {
            let report = generated.report();
            let parts = (generated.json_schema_impls(), generated.schema(), generated.schema_pointers());
            drop(std::hint::black_box((report, parts)));
            ""
        }
        Err(errors) => {
            std::hint::black_box(errors.to_string());
            "!"
        }
    };
    println!("{}/{}{mark}", start.elapsed().as_millis(), (read_peak_memory_kib() - before) / 1024);
}

/// Returns the most memory that this process has had so far, in KiB; 0 if the system does not report it.
fn read_peak_memory_kib() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
