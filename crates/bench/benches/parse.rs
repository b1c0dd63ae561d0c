//! Measures reading a page with criterion: `cargo bench -p bench --bench parse`.

mod groups;

use bench::cases;
use criterion::{criterion_group, criterion_main};

fn parse(criterion: &mut criterion::Criterion) {
    groups::measure_comparisons(criterion, &cases::parse_comparisons());
}

criterion_group!(benches, parse);
criterion_main!(benches);
