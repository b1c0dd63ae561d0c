//! The table of instructions, as valgrind counts them: `cargo bench -p bench --bench instructions
//! [-- part of a comparison's name]`. The counts do not depend on what else the machine does.

use std::error::Error;
use std::process::Command;
use std::{env, io};

use bench::cases::all;

/// The events of a page: fewer than elsewhere, since valgrind is slow, and as good for a count.
const EVENTS: usize = 200;

const ONLY: &str = "--only";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [only, comparison, variant, times] = arguments.as_slice() {
        if only == ONLY {
            return run(comparison.parse()?, variant.parse()?, times.parse()?);
        }
    }
    let wanted = arguments.iter().find(|argument| !argument.starts_with('-')).map_or("", String::as_str);
    for (number, comparison) in all().iter().enumerate().filter(|(_, comparison)| comparison.name.contains(wanted)) {
        println!("\n| {} | instructions an event, with drop | ratio |", comparison.name);
        println!("| --- | --- | --- |");
        let mut base = None;
        for (variant, name) in comparison.variants(EVENTS).iter().map(|variant| variant.name).enumerate() {
            let count = count(number, variant)?;
            let ratio = count / *base.get_or_insert(count);
            println!("| {name} | {count:.0} | {ratio:.3} |");
        }
    }
    Ok(())
}

/// Does what is measured; for valgrind.
fn run(comparison: usize, variant: usize, times: usize) -> Result<(), Box<dyn Error>> {
    let variants = all().get(comparison).map(|comparison| comparison.variants(EVENTS)).unwrap_or_default();
    let variant = variants.get(variant).ok_or("there is no such variant")?;
    (0..times).for_each(|_| drop(std::hint::black_box(variant.run())));
    Ok(())
}

/// The instructions of one run for an event: those of a process that runs it twice less those of
/// one that runs it once.
fn count(comparison: usize, variant: usize) -> Result<f64, Box<dyn Error>> {
    let [once, twice] = [total(comparison, variant, 1)?, total(comparison, variant, 2)?];
    Ok((twice - once) / EVENTS as f64)
}

fn total(comparison: usize, variant: usize, times: usize) -> Result<f64, Box<dyn Error>> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(env::current_exe()?).arg(ONLY);
    let output = valgrind.args([comparison, variant, times].map(|number| number.to_string())).output();
    let output = output.map_err(|error| io::Error::new(error.kind(), format!("valgrind is needed: {error}")))?;
    let text = String::from_utf8_lossy(&output.stderr);
    let count = text.lines().find_map(|line| line.split_once("Collected : ")).map(|(_, count)| count.trim().parse());
    Ok(count.ok_or_else(|| format!("valgrind counted nothing: {text}"))??)
}
