//! The schema folder as it is: which of its files a newer schema belongs to, and how a new file is
//! to be named.

use std::collections::BTreeMap;

use heck::{ToKebabCase, ToSnakeCase};
use serde_json::Value;

use crate::bundle::index::Index;
use crate::bundle::{resolve, roots};
use crate::diagnostic::{Diagnostic, Errors, Findings, Kind};
use crate::documents::{CORRECTIONS, Document, Documents};
use crate::draft::Draft;
use crate::place::Place;
use crate::update::source::Source;

/// The documents of the schema folder.
pub(crate) struct Folder<'a> {
    documents: &'a Documents,
    drafts: Vec<Draft>,
    index: Index,
}

/// The numbers of the folder's documents by the newer schemas that take their places.
pub(crate) type Counterparts = BTreeMap<Place, usize>;

/// Whether a document of the folder and a newer schema are the same one.
type Rule<'r> = &'r dyn Fn(usize, &Place) -> bool;

impl<'a> Folder<'a> {
    pub(crate) fn new(documents: &'a Documents) -> Result<Self, Errors> {
        let drafts: Vec<Draft> = documents.all().iter().map(|document| Draft::of(&document.value)).collect();
        let index = Index::new(documents, &drafts)?;
        Ok(Self { documents, drafts, index })
    }

    /// Whether a reference of a newer schema leads to a file of the folder: by its path from where that
    /// schema will be, or by the text of its `$id`.
    pub(crate) fn knows(&self, source: &Source, counterparts: &Counterparts, from: &Place, reference: &str) -> bool {
        if reference.starts_with('#') {
            let is_id = |(at, _)| self.index.id(&reference[..at]).is_some();
            return self.index.id(reference).is_some() || reference.match_indices('/').any(is_id);
        }
        let there = source.schema_of(from).and_then(Result::ok).and_then(|schema| counterparts.get(&schema).copied());
        let resolved = match there {
            Some(number) => resolve::resolve(self.documents, &self.index, &Place::new(number, ""), ("$ref", reference)),
            None => {
                // It is in no document of the folder yet: a place in none is one at the top of the folder.
                let at_the_top = Place::new(self.documents.all().len(), "");
                let path = source.path_of_file(from, reference);
                resolve::resolve(self.documents, &self.index, &at_the_top, ("$ref", &path))
            }
        };
        matches!(resolved, Ok(Some(_)))
    }

    /// The schema of the folder that a root of the settings names.
    pub(crate) fn named(&self, root: &str) -> Option<Place> {
        roots::named(self.documents, &self.index, root)
    }

    /// What newer schemas may call the schema that a root of the settings names.
    pub(crate) fn label(&self, root: &str) -> String {
        let number = self.named(root).map(|place| place.document);
        number.and_then(|number| self.id(number).or_else(|| self.title(number))).unwrap_or_else(|| root.to_owned())
    }

    /// Finds for each document of the folder the newer schema of the same `$id`, else of the same
    /// file name, else of the same title; only where there is exactly one.
    pub(crate) fn counterparts(&self, source: &Source) -> Counterparts {
        let mut found = Counterparts::new();
        let id = |number: usize, schema: &Place| same(self.id(number), source.id(schema));
        let name = |number: usize, schema: &Place| {
            let newer = source.documents().all().get(schema.document).map(|document| document.name.clone());
            same(self.document(number).map(|document| document.name.clone()), newer) && !source.is_member(schema)
        };
        let title = |number: usize, schema: &Place| same(self.title(number), source.title(schema));
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

    fn id(&self, number: usize) -> Option<String> {
        self.keyword(number, self.drafts.get(number)?.id_keyword())
    }

    fn title(&self, number: usize) -> Option<String> {
        self.keyword(number, "title")
    }

    fn keyword(&self, number: usize, keyword: &str) -> Option<String> {
        Some(self.document(number)?.value.get(keyword).and_then(Value::as_str)?.to_owned())
    }

    fn document(&self, number: usize) -> Option<&Document> {
        self.documents.all().get(number)
    }

    /// The names of the files that newer schemas become: of the file that they take the place of,
    /// else of their own file, else after the pattern of the folder.
    ///
    /// # Errors
    /// Names that no file can have, and names that two schemas would have.
    pub(crate) fn names<'s>(
        &self,
        source: &Source,
        schemas: impl IntoIterator<Item = &'s Place>,
        counterparts: &Counterparts,
    ) -> Result<BTreeMap<Place, String>, Errors> {
        let pattern = self.pattern();
        let mut findings = Findings::default();
        let mut names = BTreeMap::new();
        // Some file systems take names that differ in case alone for one.
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        for (number, document) in self.documents.all().iter().enumerate() {
            if !counterparts.values().any(|counterpart| *counterpart == number) {
                taken.insert(document.name.to_lowercase(), format!("`{}`", self.documents.path(&document.name)));
            }
        }
        for schema in schemas {
            let there = counterparts.get(schema).and_then(|number| self.document(*number));
            let name = match there {
                Some(document) => Ok(document.name.clone()),
                None => new_name(source, schema, &pattern),
            };
            let Some(name) = findings.keep(name) else { continue };
            let label = source.id(schema).or_else(|| source.title(schema)).unwrap_or_else(|| name.clone());
            if let Some(other) = taken.insert(name.to_lowercase(), format!("`{label}`")) {
                findings.push(collision(source, schema, &self.documents.path(&name), &other));
            }
            names.insert(schema.clone(), name);
        }
        findings.or(names)
    }

    /// What most files of the folder make of their schema's name.
    fn pattern(&self) -> Pattern {
        let mut counts: BTreeMap<Pattern, usize> = BTreeMap::new();
        for (number, document) in self.documents.all().iter().enumerate() {
            let id = self.id(number).and_then(|id| Some(id.rsplit(['/', '#']).next()?.to_owned()));
            let name = self.title(number).or(id).filter(|name| !name.is_empty());
            for (case, change) in CASES.iter().enumerate() {
                let name = name.as_deref().map(change);
                let parts = name.and_then(|name| Some((document.name.rfind(&name)?, name.len())));
                if let Some((at, length)) = parts {
                    let (before, rest) = document.name.split_at(at);
                    let (before, after) = (before.to_owned(), rest.split_at(length).1.to_owned());
                    *counts.entry(Pattern { case, before, after }).or_default() += 1;
                }
            }
        }
        // The first of those that are most frequent.
        let best = counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(pattern, _)| pattern);
        best.unwrap_or_else(|| Pattern { case: 0, before: String::new(), after: ".json".to_owned() })
    }
}

/// How the name of a file is made of the name of its schema.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Pattern {
    /// The index of what is done to the name.
    case: usize,
    before: String,
    after: String,
}

/// What files do to the names of schemas.
const CASES: &[fn(&str) -> String] =
    &[str::to_owned, str::to_lowercase, |name| name.to_kebab_case(), |name| name.to_snake_case()];

fn same(one: Option<String>, other: Option<String>) -> bool {
    one.is_some() && one == other
}

fn new_name(source: &Source, schema: &Place, pattern: &Pattern) -> Result<String, Errors> {
    let name = if source.is_member(schema) {
        let name = schema.last_step().unwrap_or_default();
        let name = CASES.get(pattern.case).map_or_else(|| name.clone(), |change| change(&name));
        format!("{}{name}{}", pattern.before, pattern.after)
    } else {
        let name = source.documents().all().get(schema.document).map_or("", |document| &document.name);
        let stem = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"));
        stem.map_or_else(|| name.to_owned(), |stem| format!("{stem}.json"))
    };
    let last = schema.last_step().unwrap_or_default();
    let is_plain = last.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
    if is_plain && !name.ends_with(CORRECTIONS) && name.ends_with(".json") {
        return Ok(name);
    }
    let message = format!("this schema would be written to `{name}`, which is no name of a schema's file");
    let help = "a schema's name has letters, digits, `.`, `_` and `-`; its file ends with `.json`, not `.patch.json`";
    Err(source.documents().diagnostic(Kind::FileName, schema, message).help(help).into())
}

fn collision(source: &Source, schema: &Place, path: &str, other: &str) -> Diagnostic {
    let message = format!("this schema would be written to `{path}`, and so would {other}");
    let message = if other == format!("`{path}`") {
        format!("this schema would be written to `{path}`, which holds another schema")
    } else {
        message
    };
    let help = "rename one of the two schemas or files: names that differ in case alone are one file for some systems";
    source.documents().diagnostic(Kind::FileName, schema, message).help(help)
}
