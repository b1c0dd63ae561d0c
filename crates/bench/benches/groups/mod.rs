//! Runs the comparisons with criterion.

use std::time::Duration;

use bench::cases::{Comparison, EVENTS};
use criterion::{BatchSize, Criterion, Throughput};

/// Measures each comparison as a group of criterion, with a function for each variant.
pub fn measure_comparisons(criterion: &mut Criterion, comparisons: &[Comparison]) {
    for comparison in comparisons {
        let mut group = criterion.benchmark_group(comparison.name);
        group.throughput(Throughput::Elements(EVENTS as u64));
        group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
        for variant in comparison.variants(EVENTS) {
            group.bench_function(variant.name, |bencher| {
                // The result of a run is dropped before the next run, outside the measured time.
                bencher.iter_batched(|| (), |()| variant.run(), BatchSize::PerIteration);
            });
        }
        group.finish();
    }
}
