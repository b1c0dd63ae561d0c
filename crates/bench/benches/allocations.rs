//! Prints the number and the bytes of allocations for an event: `cargo bench -p bench --bench allocations`.
//! The counts are the same on every run.

use std::alloc::System;

use bench::cases::{EVENTS_PER_PAGE, list_all_comparisons};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    for comparison in list_all_comparisons() {
        println!("\n| {} | allocations per event | bytes per event |", comparison.name);
        println!("| --- | --- | --- |");
        for variant in comparison.make_variants(EVENTS_PER_PAGE) {
            let region = Region::new(ALLOCATOR);
            let result = variant.run_task();
            let change = region.change();
            drop(result);
            let per_event = |count: usize| count as f64 / EVENTS_PER_PAGE as f64;
            let allocations = change.allocations + change.reallocations;
            println!("| {} | {:.2} | {:.0} |", variant.name, per_event(allocations), per_event(change.bytes_allocated));
        }
    }
}
