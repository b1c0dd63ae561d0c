//! Prints the number of instructions for an event, counted by valgrind: `cargo bench -p bench --bench
//! instructions [-- part of a comparison's name]`. The counts do not depend on the load of the machine.

use std::error::Error;
use std::process::Command;
use std::{env, io};

use bench::cases::list_all_comparisons;

/// The number of events in a page: fewer than in other benches, since valgrind is slow, and enough for a count.
const EVENTS_PER_PAGE: usize = 200;

/// The argument with which this program, started by valgrind, runs a single variant: `--only COMPARISON VARIANT TIMES`.
const SINGLE_VARIANT_ARGUMENT: &str = "--only";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [option, comparison, variant, times] = arguments.as_slice() {
        if option == SINGLE_VARIANT_ARGUMENT {
            return run_variant(comparison.parse()?, variant.parse()?, times.parse()?);
        }
    }
    let wanted = arguments.iter().find(|argument| !argument.starts_with('-')).map_or("", String::as_str);
    for (number, comparison) in
        list_all_comparisons().iter().enumerate().filter(|(_, comparison)| comparison.name.contains(wanted))
    {
        println!("\n| {} | instructions per event, with drop | ratio |", comparison.name);
        println!("| --- | --- | --- |");
        let mut base = None;
        for (variant, name) in comparison.make_variants(EVENTS_PER_PAGE).iter().map(|variant| variant.name).enumerate()
        {
            let count = count_instructions_per_event(number, variant)?;
            let ratio = count / *base.get_or_insert(count);
            println!("| {name} | {count:.0} | {ratio:.3} |");
        }
    }
    Ok(())
}

/// Runs a variant `times` times, in the process whose instructions valgrind counts. `comparison` is an index in the
/// list of comparisons, and `variant` an index in the list of the comparison's variants.
fn run_variant(comparison: usize, variant: usize, times: usize) -> Result<(), Box<dyn Error>> {
    let variants = list_all_comparisons()
        .get(comparison)
        .map(|comparison| comparison.make_variants(EVENTS_PER_PAGE))
        .unwrap_or_default();
    let variant = variants.get(variant).ok_or("there is no such variant")?;
    (0..times).for_each(|_| drop(std::hint::black_box(variant.run_task())));
    Ok(())
}

/// Returns the number of instructions that a run of a variant takes for one event. It is the difference between a
/// process with two runs and a process with one, so that the start of the process is not counted.
fn count_instructions_per_event(comparison: usize, variant: usize) -> Result<f64, Box<dyn Error>> {
    let [once, twice] =
        [count_process_instructions(comparison, variant, 1)?, count_process_instructions(comparison, variant, 2)?];
    Ok((twice - once) / EVENTS_PER_PAGE as f64)
}

/// Returns the number of instructions of a whole process that runs a variant `times` times.
fn count_process_instructions(comparison: usize, variant: usize, times: usize) -> Result<f64, Box<dyn Error>> {
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env::current_exe()?)
        .arg(SINGLE_VARIANT_ARGUMENT);
    let output = valgrind.args([comparison, variant, times].map(|number| number.to_string())).output();
    let output = output.map_err(|error| io::Error::new(error.kind(), format!("valgrind is needed: {error}")))?;
    let text = String::from_utf8_lossy(&output.stderr);
    let count = text.lines().find_map(|line| line.split_once("Collected : ")).map(|(_, count)| count.trim().parse());
    Ok(count.ok_or_else(|| format!("valgrind counted nothing: {text}"))??)
}
