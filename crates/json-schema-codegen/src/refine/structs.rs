//! Reads and writes structs without losing anything, by the table that `properties!` of the runtime
//! takes: unlisted properties stay, and so does an explicit `null` of an optional property.

use crate::normalize::{Extra, Property, Shape, Struct, Type};
use crate::pattern::Program;
use crate::refine::Item;
use crate::refine::table::{Table, literal};
use crate::runtime::Step;

pub(crate) fn pass(item: &Item<'_>) -> Option<Table> {
    let Shape::Struct(object) = &item.definition.shape else { return None };
    let name = &item.definition.name;
    let macro_name = if item.is_candidate() { "candidate_properties" } else { "properties" };
    let mut table = Table::new(macro_name, format!("{name}, {}", literal(&format!("an object ({name})"))));
    for (number, property) in object.properties.iter().enumerate() {
        listed(item, number, property, &mut table);
    }
    for pattern in &object.patterns {
        let via = via(item, &pattern.ty, map, &mut table);
        let program = program(&pattern.program, table.uses("Pattern"));
        let mark = if item.is_opaque(&pattern.ty) { ", opaque" } else { "" };
        table.row(format!("matching {program} => {}{via}{mark}", pattern.field));
    }
    rest(item, object, &mut table);
    unlisted(item, object, &mut table);
    Some(table)
}

/// The row of a property: `0 "id" => id: Required`.
fn listed(item: &Item<'_>, number: usize, property: &Property, table: &mut Table) {
    let how = match (property.required, item.notes_null(property)) {
        (true, _) => "Required",
        (false, true) => "Optional",
        (false, false) => "Nullable",
    };
    let via = via(item, item.held(property), |whole| whole, table);
    let mark = match (item.can_drift(&property.ty), item.is_opaque(&property.ty)) {
        (true, _) => ", inspect",
        (false, true) => ", opaque",
        (false, false) => "",
    };
    let (wire, field) = (literal(&property.json_name), &property.field);
    table.uses(how).row(format!("{number} {wire} => {field}: {how}{via}{mark}"));
}

/// The rows of what is done with properties that are not listed, and with explicit nulls.
fn rest(item: &Item<'_>, object: &Struct, table: &mut Table) {
    match &object.extra {
        Extra::Open { field } => {
            table.row(format!("rest {field}"));
            if notes_nulls(item, object) {
                table.row(format!("keep_nulls {field}"));
            }
        }
        Extra::Typed { field, ty } => {
            let via = via(item, ty, map, table);
            let mark = if item.is_opaque(ty) { ", opaque" } else { "" };
            table.row(format!("rest {field}{via}{mark}"));
        }
        Extra::Closed => drop(table.uses("Closed").row("closed Closed".to_owned())),
    }
    if has_nulls(item, object) {
        table.row("nulls nulls".to_owned());
    }
}

/// The rows of where to look for what the schema does not list, beside the properties themselves.
fn unlisted(item: &Item<'_>, object: &Struct, table: &mut Table) {
    for pattern in object.patterns.iter().filter(|pattern| item.can_drift(&pattern.ty)) {
        table.row(format!("inspect {}", pattern.field));
    }
    let is_nullable = |property: &&Property| !property.required && property.accepts_null && item.notes_null(property);
    let nullable = object.properties.iter().filter(is_nullable).map(|property| literal(&property.json_name));
    let nullable = nullable.collect::<Vec<_>>().join(", ");
    match &object.extra {
        Extra::Open { field } => drop(table.row(format!("unlisted extra in {field} but [{nullable}]"))),
        Extra::Typed { field, ty } if item.can_drift(ty) => drop(table.row(format!("inspect {field}"))),
        Extra::Typed { .. } | Extra::Closed => {}
    }
    if has_nulls(item, object) {
        table.row(format!("unlisted nulls in nulls but [{nullable}]"));
    }
}

fn map(values: String) -> String {
    format!("::std::collections::BTreeMap<String, {values}>")
}

/// How a type is read that is not read as itself: through the type that `within` makes of its own.
fn via(item: &Item<'_>, ty: &Type, within: impl Fn(String) -> String, table: &mut Table) -> String {
    let whole = item.whole(ty).map(|whole| {
        table.uses("plain").uses("Whole");
        format!(" via plain({})", within(whole))
    });
    whole.unwrap_or_default()
}

/// Returns the program of a pattern as a constant, and notes in the table what it needs of the runtime.
fn program(program: &Program, table: &mut Table) -> String {
    let mut imports = "Step::*";
    let steps = program.steps().iter().map(|step| match step {
        Step::Class(ranges) => {
            imports = "{Step::*, one_of}";
            table.uses("one_of");
            let ranges: Vec<String> = ranges.iter().map(|range| format!("{range:?}")).collect();
            format!("one_of(&[{}])", ranges.join(", "))
        }
        step => format!("{step:?}"),
    });
    let steps = steps.collect::<Vec<_>>().join(", ");
    format!("runtime::Pattern(const {{ use runtime::{imports}; &[{steps}] }})")
}

/// Whether nulls are noted beside `extra`, which cannot hold them.
pub(crate) fn has_nulls(item: &Item<'_>, object: &Struct) -> bool {
    !matches!(object.extra, Extra::Open { .. }) && notes_nulls(item, object)
}

/// Whether an explicit `null` of any property has to be noted.
fn notes_nulls(item: &Item<'_>, object: &Struct) -> bool {
    object.properties.iter().any(|property| item.notes_null(property))
}

impl Item<'_> {
    /// The type in the slot of a property: without the `Option` that an optional one has anyway.
    fn held<'a>(&self, property: &'a Property) -> &'a Type {
        match &property.ty {
            Type::Nullable(inner) if !property.required => inner,
            ty => ty,
        }
    }

    /// Whether an explicit `null` of a property is something that its field cannot hold.
    fn notes_null(&self, property: &Property) -> bool {
        !property.required && !self.holds_null(&property.ty)
    }
}
