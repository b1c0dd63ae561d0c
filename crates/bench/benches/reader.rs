//! Measures reading events from a stream with criterion: `cargo bench -p bench --bench reader`.

mod groups;

use bench::cases;
use criterion::{criterion_group, criterion_main};

fn reader(criterion: &mut criterion::Criterion) {
    groups::measure_comparisons(criterion, &cases::reader_comparisons());
}

criterion_group!(benches, reader);
criterion_main!(benches);
