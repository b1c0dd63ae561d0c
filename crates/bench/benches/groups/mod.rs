//! Runs the comparisons with criterion.

use std::time::Duration;

use bench::cases::EVENTS_PER_PAGE;
use bench::comparison::TaskComparison;
use criterion::{BatchSize, Criterion, Throughput};

/// Measures each comparison as a group of criterion, with a function for each variant.
pub fn measure_with_criterion(criterion: &mut Criterion, comparisons: &[TaskComparison]) {
    for comparison in comparisons {
        let mut group = criterion.benchmark_group(comparison.name);
        group.throughput(Throughput::Elements(EVENTS_PER_PAGE as u64));
        group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
        for variant in comparison.make_variants(EVENTS_PER_PAGE) {
            group.bench_function(variant.name, |bencher| {
                // The result of a run is dropped before the next run, outside the measured time.
                bencher.iter_batched(|| (), |()| variant.run_task(), BatchSize::PerIteration);
            });
        }
        group.finish();
    }
}
