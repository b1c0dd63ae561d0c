//! The schema folder before the update: which of its files each newer schema replaces, and which names new
//! files get.

use std::collections::BTreeMap;

use heck::{ToKebabCase, ToSnakeCase};
use serde_json::Value;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::documents::{CORRECTIONS_ENDING, Document, Documents};
use crate::draft::Draft;
use crate::location::Location;
use crate::resolve::index::SchemaIndex;
use crate::resolve::{drafts, reference, roots};
use crate::update::source::NewerDocuments;

/// The documents of the schema folder before the update, with the index that resolves their references.
pub(crate) struct OldFolder<'a> {
    documents: &'a Documents,
    /// The draft of each document, in the order of `documents`.
    drafts: Vec<Draft>,
    index: SchemaIndex,
}

/// For each newer schema that replaces a document of the folder: (location of the newer schema, index of the document).
pub(crate) type Counterparts = BTreeMap<Location, usize>;

/// Checks whether the newer schema at a location is a newer version of the folder's document with the given index.
type DocumentMatchRule<'r> = &'r dyn Fn(usize, &Location) -> bool;

impl<'a> OldFolder<'a> {
    /// Indexes the documents of the schema folder.
    ///
    /// # Errors
    /// Two schemas with one `$id`.
    pub(crate) fn new(documents: &'a Documents) -> Result<Self, Errors> {
        let drafts = drafts::find_drafts(documents, None);
        let index = SchemaIndex::new(documents, &drafts)?;
        Ok(Self { documents, drafts, index })
    }

    /// Checks whether the schema folder has the target of a `reference` in the newer schema at `from`: by the path
    /// relative to the file that the newer schema becomes, or by an `$id`. A reference that begins with `#` may also
    /// consist of an `$id` and a pointer: `#/components/schemas/Order/properties/id`.
    pub(crate) fn has_reference_target(
        &self,
        source: &NewerDocuments,
        counterparts: &Counterparts,
        from: &Location,
        reference: &str,
    ) -> bool {
        if reference.starts_with('#') {
            let is_id = |(at, _)| self.index.find_schema_by_id(&reference[..at]).is_some();
            return self.index.find_schema_by_id(reference).is_some() || reference.match_indices('/').any(is_id);
        }
        let schema = source.find_file_schema(from).and_then(Result::ok);
        let replaced = schema.and_then(|schema| counterparts.get(&schema).copied());
        let resolved = match replaced {
            Some(number) => reference::resolve_reference(
                self.documents,
                &self.index,
                &Location::new(number, ""),
                ("$ref", reference),
            ),
            None => {
                // The schema becomes a new file. A number that no document has makes paths relative to the
                // top of the folder.
                let top = Location::new(self.documents.all_documents().len(), "");
                let path = source.rewrite_reference_from_top(from, reference);
                reference::resolve_reference(self.documents, &self.index, &top, ("$ref", &path))
            }
        };
        matches!(resolved, Ok(Some(_)))
    }

    /// Returns the location in the folder of the schema that `root`, a root in the settings, names; `None` if there is
    /// none or if there are several.
    pub(crate) fn find_root(&self, root: &str) -> Option<Location> {
        roots::find_schema_named(self.documents, &self.index, root)
    }

    /// Returns the name by which an error lists newer schemas similar to `root`, a root in the settings: the `$id` or
    /// else the title of the document that the root is in, or else `root` itself.
    pub(crate) fn root_search_name(&self, root: &str) -> String {
        let number = self.find_root(root).map(|location| location.document);
        number
            .and_then(|number| self.document_id(number).or_else(|| self.document_title(number)))
            .unwrap_or_else(|| root.to_owned())
    }

    /// Finds for each document of the folder the newer schema with the same `$id`, or else the same file name, or else
    /// the same title. If several newer schemas fit a document by one of these, the next is used.
    pub(crate) fn find_counterparts(&self, source: &NewerDocuments) -> Counterparts {
        let mut found = Counterparts::new();
        let id = |number: usize, schema: &Location| {
            are_present_and_equal(self.document_id(number), source.schema_id(schema))
        };
        let name = |number: usize, schema: &Location| {
            let newer = source.documents().all_documents().get(schema.document).map(|document| document.name.clone());
            are_present_and_equal(self.document_by_number(number).map(|document| document.name.clone()), newer)
                && !source.is_component_schema(schema)
        };
        let title = |number: usize, schema: &Location| {
            are_present_and_equal(self.document_title(number), source.schema_title(schema))
        };
        let rules: [DocumentMatchRule<'_>; 3] = [&id, &name, &title];
        let schemas = source.list_file_schemas();
        for rule in rules {
            for number in 0..self.documents.all_documents().len() {
                if found.values().any(|taken| *taken == number) {
                    continue;
                }
                let mut fitting = schemas.iter().filter(|schema| !found.contains_key(*schema) && rule(number, schema));
                if let (Some(schema), None) = (fitting.next(), fitting.next()) {
                    found.insert(schema.clone(), number);
                }
            }
        }
        found
    }

    /// Returns the `$id` (in draft 4 the `id`) of the document with the index `number`.
    fn document_id(&self, number: usize) -> Option<String> {
        self.top_level_text(number, self.drafts.get(number)?.id_keyword())
    }

    /// Returns the `title` of the document with the index `number`.
    fn document_title(&self, number: usize) -> Option<String> {
        self.top_level_text(number, "title")
    }

    /// Returns the string that `keyword` has at the top of the document with the index `number`; `None` if it is
    /// missing or not a string.
    fn top_level_text(&self, number: usize, keyword: &str) -> Option<String> {
        Some(self.document_by_number(number)?.value.get(keyword).and_then(Value::as_str)?.to_owned())
    }

    /// Returns the document with the index `number`.
    fn document_by_number(&self, number: usize) -> Option<&Document> {
        self.documents.all_documents().get(number)
    }

    /// Returns the name of the file that each newer schema becomes, by the schema's location: the name of the file that
    /// it replaces, or else the name of its own file, or else (in an OpenAPI document) a name that follows the pattern
    /// of the folder.
    ///
    /// # Errors
    /// Names that no schema file can have, and names that two schemas would have.
    pub(crate) fn choose_file_names<'s>(
        &self,
        source: &NewerDocuments,
        schemas: impl IntoIterator<Item = &'s Location>,
        counterparts: &Counterparts,
    ) -> Result<BTreeMap<Location, String>, Errors> {
        let pattern = self.find_naming_pattern();
        let mut findings = Findings::default();
        let mut names = BTreeMap::new();
        // The path or schema that has each name, by the name in lower case: in some file systems, names that differ
        // only in case are the same file.
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        for (number, document) in self.documents.all_documents().iter().enumerate() {
            if !counterparts.values().any(|counterpart| *counterpart == number) {
                taken
                    .insert(document.name.to_lowercase(), format!("`{}`", self.documents.display_path(&document.name)));
            }
        }
        for schema in schemas {
            let replaced = counterparts.get(schema).and_then(|number| self.document_by_number(*number));
            let name = match replaced {
                Some(document) => Ok(document.name.clone()),
                None => choose_new_file_name(source, schema, &pattern),
            };
            let Some(name) = findings.record_errors(name) else { continue };
            let label =
                source.schema_id(schema).or_else(|| source.schema_title(schema)).unwrap_or_else(|| name.clone());
            if let Some(holder) = taken.insert(name.to_lowercase(), format!("`{label}`")) {
                findings.push(name_collision_error(source, schema, &self.documents.display_path(&name), &holder));
            }
            names.insert(schema.clone(), name);
        }
        findings.into_result(names)
    }

    /// Returns the pattern by which most files of the folder are named after the title of their schema (or, without a
    /// title, the last part of its `$id`); `NAME.json` if no file name contains its schema's name.
    fn find_naming_pattern(&self) -> NamingPattern {
        let mut counts: BTreeMap<NamingPattern, usize> = BTreeMap::new();
        for (number, document) in self.documents.all_documents().iter().enumerate() {
            let id = self.document_id(number).and_then(|id| Some(id.rsplit(['/', '#']).next()?.to_owned()));
            let name = self.document_title(number).or(id).filter(|name| !name.is_empty());
            for (case, convert) in CASE_CONVERSIONS.iter().enumerate() {
                let name = name.as_deref().map(convert);
                let found = name.and_then(|name| Some((document.name.rfind(&name)?, name.len())));
                if let Some((start, length)) = found {
                    let (before, name_and_after) = document.name.split_at(start);
                    let (before, after) = (before.to_owned(), name_and_after.split_at(length).1.to_owned());
                    *counts.entry(NamingPattern { case, before, after }).or_default() += 1;
                }
            }
        }
        // `max_by_key` returns the last of equal counts; reversed, that is the first.
        let best = counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(pattern, _)| pattern);
        best.unwrap_or_else(|| NamingPattern { case: 0, before: String::new(), after: ".json".to_owned() })
    }
}

/// The pattern by which a file is named after its schema: `before`, the schema's name in a case, `after`. With
/// `shop-`, lower case and `-schema.json`, `Order` becomes `shop-order-schema.json`.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct NamingPattern {
    /// The index in [`CASE_CONVERSIONS`] of the conversion of the schema's name.
    case: usize,
    /// The text before the schema's name.
    before: String,
    /// The text after the schema's name, with the file's ending.
    after: String,
}

/// The conversions of a schema's name to the case of a file name: unchanged, lower case, kebab case, snake case.
const CASE_CONVERSIONS: &[fn(&str) -> String] =
    &[str::to_owned, str::to_lowercase, |name| name.to_kebab_case(), |name| name.to_snake_case()];

/// Checks whether both texts are present and equal.
fn are_present_and_equal(a: Option<String>, b: Option<String>) -> bool {
    a.is_some() && a == b
}

/// Returns the name of the file that a newer schema becomes if it replaces no file: the name after `pattern` for a
/// schema of an OpenAPI document, otherwise the name of its document with the ending `.json` instead of `.yaml`.
///
/// # Errors
/// The name does not end with `.json`, is that of a file of corrections, or is made from a schema name with other
/// characters than letters, digits, `.`, `_` and `-`.
fn choose_new_file_name(source: &NewerDocuments, schema: &Location, pattern: &NamingPattern) -> Result<String, Errors> {
    let name = if source.is_component_schema(schema) {
        let name = schema.last_step().unwrap_or_default();
        let name = CASE_CONVERSIONS.get(pattern.case).map_or_else(|| name.clone(), |convert| convert(&name));
        format!("{}{name}{}", pattern.before, pattern.after)
    } else {
        let name = source.documents().all_documents().get(schema.document).map_or("", |document| &document.name);
        let stem = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"));
        stem.map_or_else(|| name.to_owned(), |stem| format!("{stem}.json"))
    };
    let schema_name = schema.last_step().unwrap_or_default();
    let is_plain = schema_name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
    if is_plain && !name.ends_with(CORRECTIONS_ENDING) && name.ends_with(".json") {
        return Ok(name);
    }
    let message = format!("this schema would be written to `{name}`, which cannot be the name of a schema's file");
    let help = "a schema's name has letters, digits, `.`, `_` and `-`; its file ends with `.json`, not `.patch.json`";
    Err(source.documents().make_diagnostic(DiagnosticKind::FileName, schema, message).with_help(help).into())
}

/// Returns the error for a newer schema whose file at `path` is also the file of `holder`: the name of another newer
/// schema in backticks, or the path in backticks of a file of the folder that no newer schema replaces.
fn name_collision_error(source: &NewerDocuments, schema: &Location, path: &str, holder: &str) -> Diagnostic {
    let message = if holder == format!("`{path}`") {
        format!("this schema would be written to `{path}`, which holds another schema")
    } else {
        format!("this schema would be written to `{path}`, and so would {holder}")
    };
    let help = "rename one of the two schemas or files: names that differ only in case are one file for some systems";
    source.documents().make_diagnostic(DiagnosticKind::FileName, schema, message).with_help(help)
}
