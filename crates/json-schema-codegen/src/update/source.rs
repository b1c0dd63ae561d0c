//! The newer documents: which schemas they hold that become files, and what these reach.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::bundle::index::{Index, schema_roots};
use crate::bundle::{reference, resolve, roots};
use crate::diagnostic::{Diagnostic, Errors, Findings, Kind};
use crate::documents::{Document, Documents};
use crate::draft::{self, Draft};
use crate::load;
use crate::place::Place;
use crate::settings::Dangling;
use crate::update::folder::{Counterparts, Folder};

/// Where the schemas of an OpenAPI document stand.
const COMPONENTS: &str = "/components/schemas";

/// Newer documents. A schema of theirs that becomes a file is known by its place: a whole document,
/// or a member of an OpenAPI document's `components/schemas`.
pub(crate) struct Source {
    documents: Documents,
    drafts: Vec<Draft>,
    index: Index,
}

impl Source {
    pub(crate) fn new(documents: Documents) -> Result<Self, Errors> {
        check(&documents)?;
        let documents = documents.with_metaschemas();
        let drafts: Vec<Draft> = documents.all().iter().map(|document| Draft::of(&document.value)).collect();
        let index = Index::new(&documents, &drafts)?;
        Ok(Self { documents, drafts, index })
    }

    pub(crate) fn documents(&self) -> &Documents {
        &self.documents
    }

    /// All schemas that can become files.
    pub(crate) fn schemas(&self) -> Vec<Place> {
        let all = self.documents.all().iter().enumerate().filter(|(_, document)| document.is_of_folder());
        all.flat_map(|(number, _)| schema_roots(&self.documents, number)).collect()
    }

    /// What a schema is referred to by: its own `$id`, or what the `$id` of its file will be.
    pub(crate) fn id(&self, schema: &Place) -> Option<String> {
        let own = self.keyword(schema, self.draft(schema).id_keyword());
        own.or_else(|| self.is_member(schema).then(|| format!("#{}", schema.pointer())))
    }

    /// The title of a schema, else its name in the OpenAPI document.
    pub(crate) fn title(&self, schema: &Place) -> Option<String> {
        self.keyword(schema, "title").or_else(|| schema.last_step())
    }

    /// Whether a schema stands among others in an OpenAPI document.
    pub(crate) fn is_member(&self, schema: &Place) -> bool {
        !schema.pointer().is_empty()
    }

    pub(crate) fn draft(&self, schema: &Place) -> Draft {
        self.drafts.get(schema.document).copied().unwrap_or(Draft::Y2020)
    }

    /// The place that a root of the settings names.
    pub(crate) fn named(&self, root: &str) -> Option<Place> {
        let place = roots::named(&self.documents, &self.index, root)?;
        self.schema_of(&place)?.ok().map(|_| place)
    }

    /// What a JSON pointer leads to from a schema, when something is there.
    pub(crate) fn below(&self, schema: &Place, pointer: &str) -> Option<Place> {
        let place = Place::new(schema.document, format!("{}{pointer}", schema.pointer()));
        self.documents.get(&place).map(|_| place)
    }

    /// What a JSON pointer leads to in the one document that has something there, or what has it for
    /// its `$id`.
    pub(crate) fn at(&self, pointer: &str) -> Option<Place> {
        roots::named(&self.documents, &self.index, &format!("#{pointer}"))
    }

    /// The file or folder, as a person would write it.
    pub(crate) fn path(&self) -> String {
        let only = only_root(&self.documents).map(|(_, document)| document.path.clone());
        only.unwrap_or_else(|| self.documents.path("").trim_end_matches('/').to_owned())
    }

    fn keyword(&self, schema: &Place, keyword: &str) -> Option<String> {
        Some(self.documents.get(schema)?.get(keyword)?.as_str()?.to_owned())
    }

    /// The schema that becomes the file that a place is in; nothing for a place in a document that
    /// is mapped to a URL or built in.
    pub(crate) fn schema_of(&self, place: &Place) -> Option<Result<Place, Errors>> {
        let document = self.documents.all().get(place.document)?;
        if !document.is_of_folder() {
            return None;
        }
        if document.value.get("openapi").is_none() {
            return Some(Ok(Place::new(place.document, "")));
        }
        let name = place.pointer().strip_prefix(COMPONENTS).and_then(|rest| rest.split('/').nth(1));
        Some(name.map(|name| Place::new(place.document, format!("{COMPONENTS}/{name}"))).ok_or_else(|| {
            let message = "this is not one of the schemas under `/components/schemas`, so it can have no file";
            let help = format!("name one of them; {}", self.near(place.pointer()));
            self.documents.diagnostic(Kind::FileName, place, message).help(help).into()
        }))
    }

    /// The schemas of the roots and all that they reach, as far as the newer documents hold them. What
    /// they lack may be in the folder.
    pub(crate) fn reached(
        &self,
        roots: &[Place],
        folder: &Folder<'_>,
        counterparts: &Counterparts,
        dangling: Dangling,
    ) -> Result<BTreeSet<Place>, Errors> {
        let mut findings = Findings::default();
        let mut schemas = BTreeSet::new();
        let mut waiting = Vec::new();
        let mut take = |place: &Place, waiting: &mut Vec<Place>, findings: &mut Findings| {
            let file = self.schema_of(place).and_then(|file| findings.keep(file));
            schemas.extend(file.clone());
            waiting.extend(file.into_iter().chain([place.clone()]));
        };
        for root in roots.iter().flat_map(|root| self.whole(root)).chain(roots.iter().cloned()) {
            take(&root, &mut waiting, &mut findings);
        }
        let mut seen = BTreeSet::new();
        while let Some(place) = waiting.pop() {
            let Some(Value::Object(schema)) = self.documents.get(&place) else { continue };
            if findings.is_full() || !seen.insert(place.clone()) {
                continue;
            }
            waiting.extend(draft::applied(&place, schema));
            let Some((keyword, reference)) = reference(self.draft(&place), schema) else { continue };
            match resolve::resolve(&self.documents, &self.index, &place, (keyword, reference)) {
                Ok(Some(target)) => take(&target, &mut waiting, &mut findings),
                _ if folder.knows(self, counterparts, &place, reference) => {}
                Ok(None) if dangling == Dangling::Widen => {}
                Ok(None) => findings.push(self.dangling(&place.child(keyword), reference)),
                Err(diagnostic) => findings.push(*diagnostic),
            }
        }
        findings.or(schemas)
    }

    /// A reference to a file as it is from the top of the folder; a URL as it is.
    pub(crate) fn path_of_file(&self, from: &Place, reference: &str) -> String {
        let document = self.documents.all().get(from.document).filter(|one| one.value.get("openapi").is_none());
        let name = document.map_or("", |document| &document.name);
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let path = if path.contains(':') { None } else { load::relative(name, path) };
        path.map_or_else(|| reference.to_owned(), |path| format!("{path}#{fragment}"))
    }

    /// What a root stands for: the definitions of a document that is nothing but a folder of them.
    fn whole(&self, root: &Place) -> Vec<Place> {
        if root.pointer().is_empty() { roots::whole(&self.documents, root.document) } else { Vec::new() }
    }

    fn dangling(&self, at: &Place, reference: &str) -> Diagnostic {
        let message = format!("`{reference}` refers to nothing, here or in the schema folder");
        let help = format!("correct the reference, or add the schema; {}", self.near(reference));
        self.documents.diagnostic(Kind::DanglingReference, at, message).help(help)
    }

    /// The names of the schemas that are most like a text.
    pub(crate) fn near(&self, text: &str) -> String {
        const SHOWN: usize = 5;
        let own_name = |schema: &Place| self.documents.all().get(schema.document).map(|document| document.name.clone());
        let names = self.schemas().into_iter().filter_map(|schema| self.id(&schema).or_else(|| own_name(&schema)));
        let mut names: Vec<String> = names.collect();
        let unlike = |name: &String| (strsim::damerau_levenshtein(&last(name), &last(text)), name.clone());
        names.sort_by_cached_key(unlike);
        let rest = names.len().checked_sub(SHOWN).filter(|rest| *rest > 0);
        let rest = rest.map(|rest| format!("\n… and {rest} more")).unwrap_or_default();
        let shown: String = names.iter().take(SHOWN).map(|name| format!("\n`{name}`")).collect();
        format!("the nearest names here:{shown}{rest}")
    }
}

/// The part of a name that tells it from others: after the last `/`, in lower case.
fn last(name: &str) -> String {
    name.rsplit('/').next().unwrap_or(name).to_lowercase()
}

/// A single document must be a schema, or an OpenAPI document of a version that is understood.
fn check(documents: &Documents) -> Result<(), Errors> {
    let Some((number, document)) = only_root(documents) else { return Ok(()) };
    let text = |name| document.value.get(name).and_then(Value::as_str);
    let (at, message) = match (text("openapi"), text("swagger")) {
        (Some(version), _) if version.starts_with("3.") => return Ok(()),
        (Some(version), _) => ("/openapi", format!("this is an OpenAPI document of version {version}")),
        (None, Some(version)) => ("/swagger", format!("this is a Swagger document of version {version}")),
        (None, None) if is_schema(&document.value) => return Ok(()),
        (None, None) => ("", "this is neither a schema nor an OpenAPI document".to_owned()),
    };
    let help = "give a JSON Schema, a folder of them, or an OpenAPI document of version 3, in JSON or YAML";
    Err(documents.diagnostic(Kind::NotASchema, &Place::new(number, at), message).help(help).into())
}

fn only_root(documents: &Documents) -> Option<(usize, &Document)> {
    let mut roots = documents.all().iter().enumerate().filter(|(number, _)| documents.is_root(*number));
    roots.next().filter(|_| roots.next().is_none())
}

/// Whether a document has a keyword that makes it a schema.
fn is_schema(value: &Value) -> bool {
    const NAMES: &[&str] = &["$schema", "$id", "id", "$ref", "type", "enum", "const", "title", "description"];
    let is_keyword = |name: &String| NAMES.contains(&name.as_str()) || draft::is_applicator(name);
    value.is_boolean() || value.as_object().is_some_and(|schema| schema.keys().any(is_keyword))
}
