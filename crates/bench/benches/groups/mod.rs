//! A group of criterion's for each comparison.

use std::time::Duration;

use bench::cases::{Comparison, EVENTS};
use criterion::{BatchSize, Criterion, Throughput};

pub fn measure(criterion: &mut Criterion, comparisons: &[Comparison]) {
    for comparison in comparisons {
        let mut group = criterion.benchmark_group(comparison.name);
        group.throughput(Throughput::Elements(EVENTS as u64));
        group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
        for variant in comparison.variants(EVENTS) {
            group.bench_function(variant.name, |bencher| {
                // What is read is dropped before the next, and uncounted.
                bencher.iter_batched(|| (), |()| variant.run(), BatchSize::PerIteration);
            });
        }
        group.finish();
    }
}
