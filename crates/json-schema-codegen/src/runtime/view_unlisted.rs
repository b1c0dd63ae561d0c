// The search for what neither the schema of a property nor that of its view lists.

/// Removes those unlisted things in the property `name`, of the value at the collector's path, that the schema of
/// `view` lists: only what neither the property's own schema nor that of `view` lists remains.
pub(super) fn inspect_viewed(collector: &mut Collector, name: &str, view: &impl Inspect) {
    let owner = collector.path.len();
    let outside = collector.items.iter().rposition(|item| !is_path_within(&item.path, &collector.path));
    let first = outside.map_or(0, |outside| outside + 1);
    push_property_name(&mut collector.path, name);
    let noted = collector.items[first..].iter().position(|item| is_path_within(&item.path, &collector.path));
    if let Some(start) = noted.map(|noted| first + noted) {
        let later = collector.items.split_off(start);
        let (own, others): (Vec<_>, Vec<_>) =
            later.into_iter().partition(|item| is_path_within(&item.path, &collector.path));
        view.collect_unlisted(collector);
        let seen = collector.items.split_off(start);
        collector.items.extend(intersect_unlisted(own, seen));
        collector.items.extend(others);
    }
    collector.path.truncate(owner);
}

/// Returns the unlisted things that are in both lists: those of `own` whose path is within that of a thing in `seen`,
/// and those of `seen` whose path is within that of a thing in `own`. If both have the path of an unlisted property,
/// the kind is that in `seen`.
fn intersect_unlisted(own: Vec<Unlisted>, seen: Vec<Unlisted>) -> Vec<Unlisted> {
    let mut both = Vec::new();
    for mut item in own {
        if let Some(other) = seen.iter().find(|other| is_path_within(&item.path, &other.path)) {
            if item.kind == UnlistedKind::Property && item.path == other.path {
                item.kind = other.kind;
            }
            both.push(item);
        } else {
            both.extend(seen.iter().filter(|other| is_path_within(&other.path, &item.path)).cloned());
        }
    }
    both
}

/// Checks whether `path` is the path `outer`, or one inside of it: `a.b` and `a[0]` are within `a`, and `ab` is not.
fn is_path_within(path: &str, outer: &str) -> bool {
    let inside = path.strip_prefix(outer);
    outer.is_empty() || inside.is_some_and(|inside| inside.is_empty() || inside.starts_with(['.', '[']))
}
