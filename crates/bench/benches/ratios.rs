//! Prints the time of each variant and its ratio to the first variant of its comparison: `cargo bench -p bench
//! --bench ratios [-- part of a comparison's name]`.
//!
//! In each round all variants run in random order, each once to warm up and once measured. A ratio is the median
//! over the rounds of the ratios of one round, so that other load on the machine affects both sides alike.

use std::env;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use bench::cases::{EVENTS_PER_PAGE, list_all_comparisons};
use bench::comparison::TaskVariant;

/// The number of rounds. It is odd, so that one value is the median.
const MEASURED_ROUNDS: usize = 101;

/// The environment variables with which glibc keeps freed memory. Otherwise it gives memory back to the system, and the
/// page faults of later allocations slow down some of the variants.
const KEEP_FREED_MEMORY_VARIABLES: [(&str, &str); 2] =
    [("MALLOC_TRIM_THRESHOLD_", "4294967296"), ("MALLOC_MMAP_THRESHOLD_", "4294967296")];

/// The times of one run of a variant: until the result is there, and until it is dropped too.
type RunTimes = [Duration; 2];

fn main() -> ExitCode {
    // glibc reads the variables when a process starts: the program runs itself again with them.
    if env::var_os(KEEP_FREED_MEMORY_VARIABLES[0].0).is_none() {
        let program = env::current_exe().map(Command::new);
        let status = program
            .and_then(|mut program| program.args(env::args_os().skip(1)).envs(KEEP_FREED_MEMORY_VARIABLES).status());
        return ExitCode::from(u8::from(!status.is_ok_and(|status| status.success())));
    }
    let wanted = env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    for comparison in list_all_comparisons().iter().filter(|comparison| comparison.name.contains(&wanted)) {
        let variants = comparison.make_variants(EVENTS_PER_PAGE);
        print_comparison_table(comparison.name, &variants, &measure_variants(&variants));
    }
    ExitCode::SUCCESS
}

/// Returns the measured runs of each variant, in the order of the rounds.
fn measure_variants(variants: &[TaskVariant]) -> Vec<Vec<RunTimes>> {
    let mut runs = vec![Vec::new(); variants.len()];
    let mut order: Vec<usize> = (0..runs.len()).collect();
    let mut random: u64 = 7;
    for _ in 0..MEASURED_ROUNDS {
        shuffle_order(&mut order, &mut random);
        for number in &order {
            let variant = &variants[*number];
            measure_run(variant);
            runs[*number].push(measure_run(variant));
        }
    }
    runs
}

/// Runs a variant once, and returns its times.
fn measure_run(variant: &TaskVariant) -> RunTimes {
    let start = Instant::now();
    let result = std::hint::black_box(variant.run_task());
    let done = start.elapsed();
    drop(result);
    [done, start.elapsed()]
}

/// Shuffles `order` (Fisher–Yates). `random` is the state of a linear congruential generator; it changes with each
/// call.
fn shuffle_order(order: &mut [usize], random: &mut u64) {
    for last in (1..order.len()).rev() {
        *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(last, (*random >> 33) as usize % (last + 1));
    }
}

/// Prints a table for a comparison: a row for each variant with its median time, its ratios to the first variant, and
/// whether the ratio without drop meets the goal.
fn print_comparison_table(name: &str, variants: &[TaskVariant], runs: &[Vec<RunTimes>]) {
    println!("\n| {} | ms | events a second | ratio | with drop | target | |", name);
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for (variant, own) in variants.iter().zip(runs) {
        let seconds = find_median(own.iter().map(|[done, _]| done.as_secs_f64()));
        let [ratio, with_drop] = [0, 1].map(|kind| {
            find_median(own.iter().zip(&runs[0]).map(|(own, base)| own[kind].as_secs_f64() / base[kind].as_secs_f64()))
        });
        let target = variant.target.map_or_else(String::new, |target| format!("{target:.2}"));
        let verdict = variant.target.map_or("", |target| if ratio <= target { "met" } else { "**missed**" });
        println!(
            "| {} | {:.3} | {:.0} | {ratio:.3} | {with_drop:.3} | {target} | {verdict} |",
            variant.name,
            seconds * 1e3,
            EVENTS_PER_PAGE as f64 / seconds,
        );
    }
}

/// Returns the median of `values`, whose number is odd.
fn find_median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
