//! Finds out which schemas become views: those that the settings name for a place, and the objects in them. The schemas
//! go through the same rules as those of the types, with names of their own.

mod convert;
mod definition;
mod enums;
mod keywords;
mod places;
mod times;

use std::collections::{BTreeMap, HashMap};

pub(crate) use definition::{Accessor, View, ViewChoice, ViewId, ViewPlace, ViewType, Views};

use crate::diagnostic::{Errors, Findings};
use crate::normalize::definition::{DefinitionId, Definitions};
use crate::normalize::node::NodeKey;
use crate::normalize::normalizer::{Normalizer, ONLY_REFERS_TO_ITSELF};
use crate::normalize::notes::Notes;
use crate::normalize::schemas::RuleInput;
use crate::normalize::taken_names::TakenNames;
use crate::normalize::used::UsedSettings;
use crate::normalize::{build_waiting_definitions, introduced, naming, note_dangling_references, recursion, renames};
use crate::resolve::Resolved;
use crate::settings::{Settings, UnknownVariants};

/// The normalized types of the roots, with the state of their normalization that views need.
pub(super) struct GeneratedTypes<'a> {
    /// The definitions, which get the enums of the views.
    pub(super) definitions: &'a mut Definitions,
    pub(super) by_key: HashMap<NodeKey, DefinitionId>,
    pub(super) taken: TakenNames,
    pub(super) notes: &'a mut Notes,
    pub(super) used: &'a mut UsedSettings,
}

/// Makes the views that the settings ask for, and adds them to the definitions, with the enums of strings that their
/// methods return. An enum that the types have too is not added again.
///
/// # Errors
/// Places that are not in the types, schemas that are not objects, names that are taken, and schemas past the limits.
pub(super) fn add_views(resolved: &Resolved, settings: &Settings, types: GeneratedTypes<'_>) -> Result<(), Errors> {
    let GeneratedTypes { definitions, by_key, mut taken, notes, used } = types;
    if settings.views.is_empty() {
        return Ok(());
    }
    let mut findings = Findings::default();
    let first = definitions.all.len();
    let names = definitions.all.iter().map(|definition| &definition.name).chain(definitions.type_names.values());
    let renames = settings.renames();
    names.chain(renames.values()).for_each(|name| taken.mark_taken(name));
    let places = places::find_places(definitions, settings, &mut taken, notes, &mut findings);
    let Some(companions) = resolved.view_schemas() else { return findings.into_result(()) };
    companions.faults.iter().for_each(|fault| findings.push(fault.clone()));
    let own = make_view_settings(settings);
    let resolved = &*companions.resolved;
    let (type_names, taken) = naming::assign_type_names(resolved, &own, taken.with_name_suffix("View"), notes);
    let mut normalizer = Normalizer::new(RuleInput::new(resolved, &own, &type_names), taken, std::mem::take(notes));
    let roots = normalizer.define_roots();
    build_waiting_definitions(&mut normalizer)?;
    resolved.check_step_limit()?;
    recursion::widen_alias_cycles(&mut normalizer.definitions, &mut normalizer.notes, ONLY_REFERS_TO_ITSELF);
    normalizer.number_equal_names();
    let Normalizer { definitions: source, by_key: own_keys, mut taken, coverage, schemas, notes: own_notes, .. } =
        normalizer;
    *notes = own_notes;
    note_dangling_references(resolved, notes);
    introduced::note_unknown_keywords(resolved, notes);
    coverage.note_omitted_properties(&schemas, notes);
    resolved.check_step_limit()?;
    let shared = own_keys.iter().filter_map(|(key, id)| Some((*id, *by_key.get(key)?)));
    let same = enums::find_repeated_enums(&source, &type_names, &mut taken);
    let enums = convert::EnumSubstitutes { shared: shared.collect(), same };
    let mut converter = convert::ViewConverter::new(resolved, &source, enums, definitions, notes);
    let schemas: convert::NamedSchemas<'_> = companions
        .named
        .iter()
        .filter_map(|(text, location)| {
            let root = resolved.roots().iter().position(|root| root == location)?;
            Some((text.as_str(), convert::find_named_definition(&source, &roots.get(root)?.ty)))
        })
        .collect();
    let places = places.into_iter().map(|place| findings.record_errors(converter.convert_place(place, &schemas)));
    let places: Vec<ViewPlace> = places.collect::<Vec<_>>().into_iter().flatten().collect();
    definitions.views = Views { places, all: converter.into_views(), type_names };
    findings.record_errors(renames::apply_view_renames(definitions, first, settings, used));
    name_other_variants(&mut definitions.views);
    if settings.features.jiff.is_some() {
        times::assign_time_methods(&mut definitions.views, resolved, notes);
    }
    findings.into_result(())
}

/// Names the variant for values without a view in the enum of each place: `Other`, or `Other2` if a view is called
/// `Other`.
fn name_other_variants(views: &mut Views) {
    for place in &mut views.places {
        let mut taken = TakenNames::default();
        for choice in &place.choices {
            views.all.get(choice.view.0).into_iter().for_each(|view| taken.mark_taken(&view.name));
        }
        place.other = taken.take_unique_name("Other");
    }
}

/// Returns the settings by which schemas of views go through the rules: views return texts and numbers as they are in
/// JSON, and keep unlisted values.
fn make_view_settings(settings: &Settings) -> Settings {
    Settings {
        formats: BTreeMap::new(),
        types: BTreeMap::new(),
        replace: BTreeMap::new(),
        type_name: None,
        number_type: None,
        unknown_variants: UnknownVariants::default(),
        strict: false,
        ..settings.clone()
    }
}
