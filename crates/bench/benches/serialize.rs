//! Measures writing a page with criterion: `cargo bench -p bench --bench serialize`.

mod groups;

use bench::cases;
use criterion::{criterion_group, criterion_main};

fn serialize(criterion: &mut criterion::Criterion) {
    groups::measure_comparisons(criterion, &cases::serialize_comparisons());
}

criterion_group!(benches, serialize);
criterion_main!(benches);
