//! Writes the table of a struct for `properties!` of the runtime, which reads and writes it without loss: unlisted
//! properties and explicit `null`s of optional properties are kept.

use crate::normalize::{AdditionalProperties, Property, Shape, Struct, Type};
use crate::pattern::PatternProgram;
use crate::refine::PassInput;
use crate::refine::table::{MacroTable, write_string_literal};
use crate::runtime::Step;
use crate::settings::{OptionalCollections, UnknownFields};

/// Returns the table of a struct, with a row for each property, pattern and view; `None` for any other type.
pub(crate) fn make_struct_table(item: &PassInput<'_>) -> Option<MacroTable> {
    let Shape::Struct(object) = &item.definition.shape else { return None };
    let name = &item.definition.name;
    let accepts_others = object.properties.iter().any(|property| property.accepts_others);
    let macro_name = match (item.keeps_mismatches(), accepts_others, item.is_candidate()) {
        (false, false, false) => "properties",
        (false, false, true) => "candidate_properties",
        (false, true, false) => "properties_or_others",
        (false, true, true) => "candidate_properties_or_others",
        (true, _, false) => "lenient_properties",
        (true, _, true) => "lenient_candidate_properties",
    };
    let mut table =
        MacroTable::new(macro_name, format!("{name}, {}", write_string_literal(&format!("an object ({name})"))));
    if item.definition.assertions.is_some() {
        table.mark_values_checked();
    }
    for property in &object.properties {
        add_property_row(item, property, &mut table);
    }
    for pattern in &object.patterns {
        let via = write_via_clause(item, &pattern.ty, write_map_type, &mut table);
        let program = write_pattern(&pattern.program, table.record_runtime_item("Pattern"));
        let (regex, field, mark) =
            (write_string_literal(&pattern.pattern), &pattern.field, item.choose_row_suffix(&pattern.ty));
        table.add_row(format!("matching {regex} => {field}{via}{mark} by {program}"));
    }
    add_unnamed_property_rows(item, object, &mut table);
    for place in item.view_places() {
        let (property, method) = (write_string_literal(&place.property), &place.method);
        table.record_runtime_item("inspect_viewed").add_row(format!("viewed {property} by {method}, inspect_viewed"));
    }
    Some(table)
}

/// Adds the row of a property, such as `"id" => id: Required`.
fn add_property_row(item: &PassInput<'_>, property: &Property, table: &mut MacroTable) {
    let presence = item.choose_presence_word(property);
    let via = match property.accepts_others && !item.keeps_mismatches() {
        true => write_via_or_other_clause(item, item.type_without_option(property), table),
        false => write_via_clause(item, item.type_without_option(property), |ty| ty, table),
    };
    let (wire, field, mark) =
        (write_string_literal(&property.json_name), &property.field, item.choose_row_suffix(&property.ty));
    table.record_runtime_item(presence).add_row(format!("{wire} => {field}: {presence}{via}{mark}"));
}

/// Adds the row that says what happens to the properties that have no other row, and the row of the field
/// for explicit nulls, if the struct has one.
fn add_unnamed_property_rows(item: &PassInput<'_>, object: &Struct, table: &mut MacroTable) {
    match &object.extra {
        AdditionalProperties::Open { field } => drop(table.add_row(format!("unlisted => {field}"))),
        AdditionalProperties::Typed { field, ty } => {
            let via = write_via_clause(item, ty, write_map_type, table);
            table.add_row(format!("additional => {field}{via}{}", item.choose_row_suffix(ty)));
        }
        AdditionalProperties::Ignored => {
            table.record_runtime_item("Ignored").add_row("additional: Ignored".to_owned());
        }
        AdditionalProperties::Closed => {
            let is_chosen = item.settings.unknown_fields == UnknownFields::Error;
            let word = if is_chosen { "Refused" } else { "Rejected" };
            table.record_runtime_item(word).add_row(format!("additional: {word}"));
        }
    }
    if has_nulls_field(item, object) {
        table.add_row("explicit nulls => nulls".to_owned());
    }
}

/// Returns the type of a map from names to values of the Rust type `values`.
fn write_map_type(values: String) -> String {
    format!("::std::collections::BTreeMap<String, {values}>")
}

/// Returns the part of a row for values that are read as another type than `ty`, such as
/// ` via unwrap_whole(runtime::Whole<i64>)`; empty if they are read as `ty`. `container` returns the type that holds
/// the values while they are read, such as a map of them. Records in the table which items of the runtime the row
/// names.
fn write_via_clause(
    item: &PassInput<'_>,
    ty: &Type,
    container: impl Fn(String) -> String,
    table: &mut MacroTable,
) -> String {
    let read = if item.keeps_mismatches() { item.write_lenient_type(ty) } else { item.write_differing_wire_type(ty) };
    let Some(read) = read else { return String::new() };
    for name in ["Whole", "WholeNonZero", "ByValue", "Checked", "Plain"] {
        if read.contains(name) {
            table.record_runtime_item(name);
        }
    }
    table.record_runtime_item("unwrap_whole");
    format!(" via unwrap_whole({})", container(read))
}

/// Returns the part of a row for a property whose values may be of other types than `ty` and are then kept, such as
/// ` via unwrap_fitting_whole(runtime::OrOther<runtime::Whole<i64>>)`; `_` is the type of the
/// field. Records in the table which items of the runtime the row names.
fn write_via_or_other_clause(item: &PassInput<'_>, ty: &Type, table: &mut MacroTable) -> String {
    let (convert, read) = match item.write_differing_wire_type(ty) {
        Some(whole) => ("unwrap_fitting_whole", whole),
        None => ("unwrap_fitting", "_".to_owned()),
    };
    table.record_runtime_item("Whole").record_runtime_item(convert);
    format!(" via {convert}(runtime::OrOther<{read}>)")
}

/// Returns the expression for a compiled pattern: `runtime::Pattern(const { … })`. Records in the table which items of
/// the runtime it names.
fn write_pattern(program: &PatternProgram, table: &mut MacroTable) -> String {
    format!("runtime::Pattern({})", write_pattern_steps(program.steps(), table))
}

/// Returns the expression for the steps of a compiled pattern: `const { use runtime::Step::*; &[…] }`. Records in the
/// table which items of the runtime it names.
pub(super) fn write_pattern_steps(steps: &[Step], table: &mut MacroTable) -> String {
    let mut imports = "Step::*";
    let steps = steps.iter().map(|step| match step {
        Step::Class(ranges) => {
            imports = "{Step::*, one_of}";
            table.record_runtime_item("one_of");
            let ranges: Vec<String> = ranges.iter().map(|range| format!("{range:?}")).collect();
            format!("one_of(&[{}])", ranges.join(", "))
        }
        step => format!("{step:?}"),
    });
    let steps = steps.collect::<Vec<_>>().join(", ");
    format!("const {{ use runtime::{imports}; &[{steps}] }}")
}

/// Checks whether the struct has the field `nulls`: explicit `null`s are to be kept, and there is no `extra` that can
/// hold them.
pub(crate) fn has_nulls_field(item: &PassInput<'_>, object: &Struct) -> bool {
    let keeps_nulls = item.settings.unknown_fields == UnknownFields::Keep;
    keeps_nulls && !matches!(object.extra, AdditionalProperties::Open { .. }) && has_separate_nulls(item, object)
}

/// Checks whether the struct has a property whose explicit `null` its own field cannot hold.
fn has_separate_nulls(item: &PassInput<'_>, object: &Struct) -> bool {
    object.properties.iter().any(|property| item.needs_separate_null(property))
}

impl PassInput<'_> {
    /// Returns the end of the table row of a field or variant of the type `ty`: `, inspect` if its values can contain
    /// unlisted things, else `, opaque` if `ty` contains a type from the settings, else an empty text.
    pub(crate) fn choose_row_suffix(&self, ty: &Type) -> &'static str {
        match (self.can_hold_unlisted(ty), self.contains_settings_type(ty)) {
            (true, _) => ", inspect",
            (false, true) => ", opaque",
            (false, false) => "",
        }
    }

    /// Returns the type of `property` without its `Nullable` if the property is optional, since its field is an
    /// `Option` anyway.
    fn type_without_option<'a>(&self, property: &'a Property) -> &'a Type {
        match &property.ty {
            Type::Nullable(inner) if !property.required => inner,
            ty => ty,
        }
    }

    /// Checks whether `property` is an optional list or map whose field is empty if it is absent, and so has no
    /// `Option`: the settings have `optional_collections = "empty"`.
    pub(crate) fn is_collection_without_option(&self, property: &Property) -> bool {
        let is_asked = self.settings.optional_collections == OptionalCollections::Empty && !property.required;
        is_asked && self.is_collection(&property.ty)
    }

    /// Checks whether a type is a list or a map, looking through aliases.
    fn is_collection(&self, ty: &Type) -> bool {
        match ty {
            Type::Array(_) | Type::Map(_) => true,
            Type::Checked(inner, _) => self.is_collection(inner),
            Type::Named(id) => self.find_alias_target(*id).is_some_and(|ty| self.is_collection(ty)),
            _ => false,
        }
    }

    /// Checks whether an explicit `null` of `property` has to be kept outside the field of the property: the property
    /// is optional, `null` does not make reading fail, and the type of the field has no value for it.
    pub(crate) fn needs_separate_null(&self, property: &Property) -> bool {
        !property.required && !property.refuses_null && !self.holds_null(&property.ty)
    }
}
