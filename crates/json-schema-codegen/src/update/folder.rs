//! The schema folder before the update: which of its files each newer schema replaces, and which names new
//! files get.

use std::collections::BTreeMap;

use heck::{ToKebabCase, ToSnakeCase};
use serde_json::Value;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::documents::{CORRECTIONS, Document, Documents};
use crate::draft::Draft;
use crate::location::Location;
use crate::resolve::index::Index;
use crate::resolve::{drafts, reference, roots};
use crate::update::source::Source;

/// The documents of the schema folder before the update.
pub(crate) struct Folder<'a> {
    documents: &'a Documents,
    /// The drafts of the documents, by the documents' numbers.
    drafts: Vec<Draft>,
    index: Index,
}

/// The numbers of the folder's documents by the locations of the newer schemas that replace them.
pub(crate) type Counterparts = BTreeMap<Location, usize>;

/// A test for whether the newer schema at a location is a newer version of the folder's document with a
/// number.
type Rule<'r> = &'r dyn Fn(usize, &Location) -> bool;

impl<'a> Folder<'a> {
    /// Indexes the documents of the folder.
    ///
    /// # Errors
    /// Two schemas with one `$id`.
    pub(crate) fn new(documents: &'a Documents) -> Result<Self, Errors> {
        let drafts = drafts::find_drafts(documents, None);
        let index = Index::new(documents, &drafts)?;
        Ok(Self { documents, drafts, index })
    }

    /// Checks whether a schema of the folder is the target of a reference in the newer schema at `from`: by
    /// the path relative to the file that the newer schema becomes, or by an `$id`. A reference that begins
    /// with `#` may also have an `$id` as its beginning: `#/components/schemas/Order/properties/id`.
    pub(crate) fn has_target(
        &self,
        source: &Source,
        counterparts: &Counterparts,
        from: &Location,
        reference: &str,
    ) -> bool {
        if reference.starts_with('#') {
            let is_id = |(at, _)| self.index.find_by_id(&reference[..at]).is_some();
            return self.index.find_by_id(reference).is_some() || reference.match_indices('/').any(is_id);
        }
        let schema = source.file_schema(from).and_then(Result::ok);
        let replaced = schema.and_then(|schema| counterparts.get(&schema).copied());
        let resolved = match replaced {
            Some(number) => {
                reference::resolve(self.documents, &self.index, &Location::new(number, ""), ("$ref", reference))
            }
            None => {
                // The schema becomes a new file. A number that no document has makes paths relative to the
                // top of the folder.
                let top = Location::new(self.documents.all().len(), "");
                let path = source.reference_from_top(from, reference);
                reference::resolve(self.documents, &self.index, &top, ("$ref", &path))
            }
        };
        matches!(resolved, Ok(Some(_)))
    }

    /// Returns the location in the folder that a root of the settings names; `None` if there is none or it is
    /// ambiguous.
    pub(crate) fn find_root(&self, root: &str) -> Option<Location> {
        roots::find_schema_named(self.documents, &self.index, root)
    }

    /// Returns the name to look for among the newer schemas instead of a root of the settings: the `$id` or
    /// the title of the document that the root is in, else the text of the root.
    pub(crate) fn root_label(&self, root: &str) -> String {
        let number = self.find_root(root).map(|location| location.document);
        number.and_then(|number| self.id(number).or_else(|| self.title(number))).unwrap_or_else(|| root.to_owned())
    }

    /// Finds for each document of the folder the newer schema with the same `$id`, or else the same file name,
    /// or else the same title. A document for which several newer schemas fit by one of these is matched by
    /// the next, or not at all.
    pub(crate) fn find_counterparts(&self, source: &Source) -> Counterparts {
        let mut found = Counterparts::new();
        let id = |number: usize, schema: &Location| are_equal(self.id(number), source.id(schema));
        let name = |number: usize, schema: &Location| {
            let newer = source.documents().all().get(schema.document).map(|document| document.name.clone());
            are_equal(self.document(number).map(|document| document.name.clone()), newer) && !source.is_member(schema)
        };
        let title = |number: usize, schema: &Location| are_equal(self.title(number), source.title(schema));
        let rules: [Rule<'_>; 3] = [&id, &name, &title];
        let schemas = source.schemas();
        for rule in rules {
            for number in 0..self.documents.all().len() {
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

    /// Returns the `$id` of a document of the folder, or in draft 4 its `id`.
    fn id(&self, number: usize) -> Option<String> {
        self.keyword(number, self.drafts.get(number)?.id_keyword())
    }

    /// Returns the title of a document of the folder.
    fn title(&self, number: usize) -> Option<String> {
        self.keyword(number, "title")
    }

    /// Returns the text that a keyword has at the top of a document of the folder; `None` if it is not there or
    /// not a string.
    fn keyword(&self, number: usize, keyword: &str) -> Option<String> {
        Some(self.document(number)?.value.get(keyword).and_then(Value::as_str)?.to_owned())
    }

    fn document(&self, number: usize) -> Option<&Document> {
        self.documents.all().get(number)
    }

    /// Returns the names of the files that newer schemas become, by the schemas' locations: the name of the
    /// file that the schema replaces, else of the schema's own file, else (in an OpenAPI document) a name
    /// after the pattern of the folder.
    ///
    /// # Errors
    /// Names that no schema file can have, and names that two schemas would have.
    pub(crate) fn file_names<'s>(
        &self,
        source: &Source,
        schemas: impl IntoIterator<Item = &'s Location>,
        counterparts: &Counterparts,
    ) -> Result<BTreeMap<Location, String>, Errors> {
        let pattern = self.naming_pattern();
        let mut findings = Findings::default();
        let mut names = BTreeMap::new();
        // The path or schema that has each name, by the name in lower case: in some file systems, names that differ
        // only in case are the same file.
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        for (number, document) in self.documents.all().iter().enumerate() {
            if !counterparts.values().any(|counterpart| *counterpart == number) {
                taken.insert(document.name.to_lowercase(), format!("`{}`", self.documents.path(&document.name)));
            }
        }
        for schema in schemas {
            let replaced = counterparts.get(schema).and_then(|number| self.document(*number));
            let name = match replaced {
                Some(document) => Ok(document.name.clone()),
                None => new_file_name(source, schema, &pattern),
            };
            let Some(name) = findings.keep(name) else { continue };
            let label = source.id(schema).or_else(|| source.title(schema)).unwrap_or_else(|| name.clone());
            if let Some(holder) = taken.insert(name.to_lowercase(), format!("`{label}`")) {
                findings.push(name_collision(source, schema, &self.documents.path(&name), &holder));
            }
            names.insert(schema.clone(), name);
        }
        findings.or(names)
    }

    /// Returns the pattern by which most files of the folder are named after the title of their schema (or,
    /// without a title, the last part of its `$id`); `NAME.json` if no file name has its schema's name in it.
    fn naming_pattern(&self) -> NamingPattern {
        let mut counts: BTreeMap<NamingPattern, usize> = BTreeMap::new();
        for (number, document) in self.documents.all().iter().enumerate() {
            let id = self.id(number).and_then(|id| Some(id.rsplit(['/', '#']).next()?.to_owned()));
            let name = self.title(number).or(id).filter(|name| !name.is_empty());
            for (case, convert) in CASES.iter().enumerate() {
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
    /// The index in [`CASES`] of the conversion of the schema's name.
    case: usize,
    /// The text before the schema's name.
    before: String,
    /// The text after the schema's name, with the file's ending.
    after: String,
}

/// The conversions of a schema's name in a file name: unchanged, lower case, kebab case, snake case.
const CASES: &[fn(&str) -> String] =
    &[str::to_owned, str::to_lowercase, |name| name.to_kebab_case(), |name| name.to_snake_case()];

/// Checks whether both texts exist and are equal.
fn are_equal(a: Option<String>, b: Option<String>) -> bool {
    a.is_some() && a == b
}

/// Returns the name of the file that a newer schema becomes if it replaces none: after `pattern` for a schema
/// of an OpenAPI document, else the name of its document with the ending `.json` instead of `.yaml`.
///
/// # Errors
/// The name does not end with `.json`, is that of a file of corrections, or is made from a schema name with
/// other characters than letters, digits, `.`, `_` and `-`.
fn new_file_name(source: &Source, schema: &Location, pattern: &NamingPattern) -> Result<String, Errors> {
    let name = if source.is_member(schema) {
        let name = schema.last_step().unwrap_or_default();
        let name = CASES.get(pattern.case).map_or_else(|| name.clone(), |convert| convert(&name));
        format!("{}{name}{}", pattern.before, pattern.after)
    } else {
        let name = source.documents().all().get(schema.document).map_or("", |document| &document.name);
        let stem = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"));
        stem.map_or_else(|| name.to_owned(), |stem| format!("{stem}.json"))
    };
    let schema_name = schema.last_step().unwrap_or_default();
    let is_plain = schema_name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
    if is_plain && !name.ends_with(CORRECTIONS) && name.ends_with(".json") {
        return Ok(name);
    }
    let message = format!("this schema would be written to `{name}`, which cannot be the name of a schema's file");
    let help = "a schema's name has letters, digits, `.`, `_` and `-`; its file ends with `.json`, not `.patch.json`";
    Err(source.documents().diagnostic(DiagnosticKind::FileName, schema, message).help(help).into())
}

/// Returns the error of a newer schema whose file `path` is also that of `holder`: another newer schema, or a
/// file of the folder that no newer schema replaces (then `holder` is its path in backticks).
fn name_collision(source: &Source, schema: &Location, path: &str, holder: &str) -> Diagnostic {
    let message = if holder == format!("`{path}`") {
        format!("this schema would be written to `{path}`, which holds another schema")
    } else {
        format!("this schema would be written to `{path}`, and so would {holder}")
    };
    let help = "rename one of the two schemas or files: names that differ only in case are one file for some systems";
    source.documents().diagnostic(DiagnosticKind::FileName, schema, message).help(help)
}
