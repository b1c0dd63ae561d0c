//! Measures reading events from a stream with criterion: `cargo bench -p bench --bench reader`.

mod groups;

use bench::cases;
use criterion::{criterion_group, criterion_main};

fn measure_readers(criterion: &mut criterion::Criterion) {
    groups::measure_with_criterion(criterion, &cases::list_reader_comparisons());
}

criterion_group!(benches, measure_readers);
criterion_main!(benches);
