//! The table of allocations: `cargo bench -p bench --bench allocations`. The counts are the same on
//! every run.

use std::alloc::System;

use bench::cases::{EVENTS, all};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    for comparison in all() {
        println!("\n| {} | allocations an event | bytes an event |", comparison.name);
        println!("| --- | --- | --- |");
        for variant in comparison.variants(EVENTS) {
            let region = Region::new(ALLOCATOR);
            let result = variant.run();
            let change = region.change();
            drop(result);
            let an_event = |count: usize| count as f64 / EVENTS as f64;
            let requests = change.allocations + change.reallocations;
            println!("| {} | {:.2} | {:.0} |", variant.name, an_event(requests), an_event(change.bytes_allocated));
        }
    }
}
