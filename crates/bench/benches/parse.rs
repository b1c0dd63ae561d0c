//! Measures reading a page with criterion: `cargo bench -p bench --bench parse`.

mod groups;

use bench::cases;
use criterion::{criterion_group, criterion_main};

fn measure_parsing(criterion: &mut criterion::Criterion) {
    groups::measure_with_criterion(criterion, &cases::list_parse_comparisons());
}

criterion_group!(benches, measure_parsing);
criterion_main!(benches);
