//! Measures writing a page with criterion: `cargo bench -p bench --bench serialize`.

mod groups;

use bench::cases;
use criterion::{criterion_group, criterion_main};

fn measure_serializing(criterion: &mut criterion::Criterion) {
    groups::measure_with_criterion(criterion, &cases::list_serialize_comparisons());
}

criterion_group!(benches, measure_serializing);
criterion_main!(benches);
