//! Changes of the properties that objects allow without defining them by name: additional properties, and properties
//! whose names match a pattern (`patternProperties`).

use crate::changes::change_kind::ChangeKind;
use crate::changes::kinds::{ChangeLocation, SchemaChange};
use crate::changes::pairs::{DefinitionPairs, VersionPair};
use crate::changes::question::QuestionFocus;
use crate::changes::shown;
use crate::changes::type_part::TypePart;
use crate::normalize::{AdditionalProperties, PatternField, Struct};

/// Finds the objects whose additional properties or `patternProperties` changed.
pub(super) fn find_additional_property_changes(pairs: &DefinitionPairs<'_>) -> Vec<SchemaChange> {
    let changes_of = |pair: VersionPair<'_, Struct>| {
        let (old, new) = (pairs.old.definitions(), pairs.new.definitions());
        let texts = (
            shown::format_additional_properties(old, &pair.old.extra),
            shown::format_additional_properties(new, &pair.new.extra),
        );
        let extra = find_additional_change_kind(pairs, &pair)
            .and_then(|kind| create_additional_property_change(pairs, &pair, kind, texts));
        let texts = (shown::format_pattern_properties(old, pair.old), shown::format_pattern_properties(new, pair.new));
        let patterns = (!has_same_patterns(pairs, &pair)).then(|| {
            let fields = pair.old.patterns.iter().chain(&pair.new.patterns).map(|pattern| &pattern.field);
            Some(
                create_additional_property_change(pairs, &pair, ChangeKind::NamePatternsChanged, texts)?
                    .with_explained_members(fields),
            )
        });
        extra.into_iter().chain(patterns.flatten()).collect::<Vec<_>>()
    };
    pairs.struct_pairs().flat_map(changes_of).collect()
}

/// Creates a change of the kind `kind` with the texts `old` and `new`. The change explains differences of the fields
/// that hold the additional properties. `None` if the new version does not have the definition.
fn create_additional_property_change(
    pairs: &DefinitionPairs<'_>,
    pair: &VersionPair<'_, Struct>,
    kind: ChangeKind,
    (old, new): (String, String),
) -> Option<SchemaChange> {
    let location = ChangeLocation::New(pairs.new_definition(pair.ids.1)?.location.clone());
    let fields = [pair.old, pair.new].into_iter().filter_map(|object| object.extra.field_name());
    let change = SchemaChange::new(kind, pair.name, location)
        .with_explained_members(fields)
        .with_explained_part(TypePart::PrivateFields);
    Some(change.with_old_text(old).with_new_text(new).with_question(pair.ids, QuestionFocus::AdditionalProperties))
}

/// Returns the kind of change between the additional properties of the old and the new object. `None` if both allow
/// none, both allow any value, or both allow the same type.
fn find_additional_change_kind(pairs: &DefinitionPairs<'_>, pair: &VersionPair<'_, Struct>) -> Option<ChangeKind> {
    match (&pair.old.extra, &pair.new.extra) {
        (AdditionalProperties::Closed, AdditionalProperties::Closed)
        | (AdditionalProperties::Ignored, AdditionalProperties::Ignored) => None,
        (AdditionalProperties::Open { .. }, AdditionalProperties::Open { .. }) => None,
        (AdditionalProperties::Typed { ty: old, .. }, AdditionalProperties::Typed { ty: new, .. })
            if pairs.is_same_type(old, new) =>
        {
            None
        }
        (AdditionalProperties::Closed, _) => Some(ChangeKind::ObjectOpened),
        (_, AdditionalProperties::Closed) => Some(ChangeKind::ObjectClosed),
        _ => Some(ChangeKind::UnlistedTypeChanged),
    }
}

/// Checks whether both versions of an object have the same `patternProperties`, in the same order and with the same
/// types.
fn has_same_patterns(pairs: &DefinitionPairs<'_>, pair: &VersionPair<'_, Struct>) -> bool {
    let is_same =
        |(old, new): (&PatternField, &PatternField)| old.pattern == new.pattern && pairs.is_same_type(&old.ty, &new.ty);
    pair.old.patterns.len() == pair.new.patterns.len() && pair.old.patterns.iter().zip(&pair.new.patterns).all(is_same)
}
