//! The newer documents of an update: their schemas that can become files, and the schemas that these refer
//! to.

use serde_json::Value;

use crate::diagnostic::{DiagnosticKind, Errors};
use crate::documents::{Document, Documents};
use crate::draft::{self, Draft};
use crate::load;
use crate::location::Location;
use crate::resolve::index::{SchemaIndex, find_outermost_schemas};
use crate::resolve::{drafts, nearest, roots};

/// The JSON pointer of the schemas in an OpenAPI document.
const COMPONENT_SCHEMAS_POINTER: &str = "/components/schemas";

/// The newer documents that an update takes schemas from. A schema that can become a file is identified by its
/// location: that of a whole document, or of a schema under `/components/schemas` of an OpenAPI document. Documents
/// that are mapped to a URL or built in only resolve references.
pub(crate) struct NewerDocuments {
    documents: Documents,
    /// The draft of each document, in the order of `documents`.
    drafts: Vec<Draft>,
    index: SchemaIndex,
}

impl NewerDocuments {
    /// Indexes the newer documents, after adding the metaschemas if a document refers to one.
    ///
    /// # Errors
    /// A single document that is neither a schema nor an OpenAPI document of version 3; two schemas with one `$id`.
    pub(crate) fn new(documents: Documents) -> Result<Self, Errors> {
        check_only_document(&documents)?;
        let documents = documents.with_used_metaschemas();
        let drafts = drafts::find_drafts(&documents, None);
        let index = SchemaIndex::new(&documents, &drafts)?;
        Ok(Self { documents, drafts, index })
    }

    /// Returns the newer documents, with those that are mapped to a URL or built in.
    pub(crate) fn documents(&self) -> &Documents {
        &self.documents
    }

    /// Returns the index that resolves references between the newer documents.
    pub(crate) fn index(&self) -> &SchemaIndex {
        &self.index
    }

    /// Returns the locations of all schemas that can become files: each whole document, and each schema under
    /// `/components/schemas` of an OpenAPI document.
    pub(crate) fn list_file_schemas(&self) -> Vec<Location> {
        let all =
            self.documents.all_documents().iter().enumerate().filter(|(_, document)| document.is_in_schema_folder());
        all.flat_map(|(number, _)| find_outermost_schemas(&self.documents, number)).collect()
    }

    /// Returns the `$id` of the newer schema at `schema`. A schema of an OpenAPI document without an `$id` gets
    /// `#/components/schemas/NAME`; `None` for a whole document without an `$id`.
    pub(crate) fn schema_id(&self, schema: &Location) -> Option<String> {
        let own = self.keyword_text(schema, self.draft_of_schema(schema).id_keyword());
        own.or_else(|| self.is_component_schema(schema).then(|| format!("#{}", schema.pointer())))
    }

    /// Returns the title of the newer schema at `schema`. For a schema of an OpenAPI document without a title, returns
    /// its name there; `None` for a whole document without a title.
    pub(crate) fn schema_title(&self, schema: &Location) -> Option<String> {
        self.keyword_text(schema, "title").or_else(|| schema.last_step())
    }

    /// Checks whether the newer schema at `schema` is a schema of an OpenAPI document and not a whole document.
    pub(crate) fn is_component_schema(&self, schema: &Location) -> bool {
        !schema.pointer().is_empty()
    }

    /// Returns the draft of the document that the newer schema at `schema` is in.
    pub(crate) fn draft_of_schema(&self, schema: &Location) -> Draft {
        self.drafts.get(schema.document).copied().unwrap_or(Draft::Y2020)
    }

    /// Returns the location of the value that `root`, a root in the settings, names, such as `order.json` or
    /// `order.json#/$defs/Line`. `None` if there is none, if there are several, or if it is not in a schema that can
    /// become a file.
    pub(crate) fn find_root(&self, root: &str) -> Option<Location> {
        let location = roots::find_schema_named(&self.documents, &self.index, root)?;
        self.find_file_schema(&location)?.ok().map(|_| location)
    }

    /// Returns the location at `pointer` relative to the newer schema at `schema`; `None` if there is no value.
    pub(crate) fn find_value_below(&self, schema: &Location, pointer: &str) -> Option<Location> {
        let location = Location::new(schema.document, format!("{}{pointer}", schema.pointer()));
        self.documents.value_at(&location).map(|_| location)
    }

    /// Returns the location of the schema whose `$id` is `#` and `pointer`, or else of the value at `pointer` in the
    /// only document that has a value there. `None` if no document or several have one.
    pub(crate) fn find_schema_by_pointer(&self, pointer: &str) -> Option<Location> {
        roots::find_schema_named(&self.documents, &self.index, &format!("#{pointer}"))
    }

    /// Returns the path for messages of the newer file, or of the folder if there are several files.
    pub(crate) fn display_path(&self) -> String {
        let only = find_only_root(&self.documents).map(|(_, document)| document.path.clone());
        only.unwrap_or_else(|| self.documents.display_path("").trim_end_matches('/').to_owned())
    }

    /// Returns the string that `keyword` has in the newer schema at `schema`; `None` if it is missing or not a string.
    fn keyword_text(&self, schema: &Location, keyword: &str) -> Option<String> {
        Some(self.documents.value_at(schema)?.get(keyword)?.as_str()?.to_owned())
    }

    /// Returns the location of the schema whose file will contain the value at `location`: for
    /// `/components/schemas/Order/properties/id` it is `/components/schemas/Order`.
    ///
    /// `None` if the document is mapped to a URL or built in; an error if `location` is in an OpenAPI document but not
    /// in one of its schemas.
    pub(crate) fn find_file_schema(&self, location: &Location) -> Option<Result<Location, Errors>> {
        let document = self.documents.all_documents().get(location.document)?;
        if !document.is_in_schema_folder() {
            return None;
        }
        if document.value.get("openapi").is_none() {
            return Some(Ok(Location::new(location.document, "")));
        }
        let name = location.pointer().strip_prefix(COMPONENT_SCHEMAS_POINTER).and_then(|names| names.split('/').nth(1));
        Some(
            name.map(|name| Location::new(location.document, format!("{COMPONENT_SCHEMAS_POINTER}/{name}")))
                .ok_or_else(|| {
                    let message = "this is not one of the schemas under `/components/schemas`, so it can have no file";
                    let help = format!("name one of them; {}", self.list_nearest_names(location.pointer()));
                    self.documents.make_diagnostic(DiagnosticKind::FileName, location, message).with_help(help).into()
                }),
        )
    }

    /// Rewrites a `reference` in the schema at `from` to be relative to the top of the folder: `line.json#/a` in
    /// `orders/order.json` becomes `orders/line.json#/a`. Returns a URL, and a path that leads outside the folder,
    /// unchanged.
    pub(crate) fn rewrite_reference_from_top(&self, from: &Location, reference: &str) -> String {
        let document = self.documents.all_documents().get(from.document);
        let document = document.filter(|document| document.value.get("openapi").is_none());
        let name = document.map_or("", |document| &document.name);
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let path = if path.contains(':') { None } else { load::resolve_relative_path(name, path) };
        path.map_or_else(|| reference.to_owned(), |path| format!("{path}#{fragment}"))
    }

    /// Returns the schemas that the root at `root` asks for if it is a whole document: the document's schema, its
    /// definitions if it has nothing else, or the schemas of an OpenAPI document. Empty for a root inside a document.
    pub(crate) fn find_schemas_of_root(&self, root: &Location) -> Vec<Location> {
        if root.pointer().is_empty() {
            roots::find_roots_of_document(&self.documents, root.document)
        } else {
            Vec::new()
        }
    }

    /// Returns a text for a help that lists the `$id`s or file names of the newer schemas most similar to `text`: "the
    /// nearest names here:", then the lines of [`nearest::list_similar_names`].
    pub(crate) fn list_nearest_names(&self, text: &str) -> String {
        let file_name = |schema: &Location| {
            self.documents.all_documents().get(schema.document).map(|document| document.name.clone())
        };
        let names = self
            .list_file_schemas()
            .into_iter()
            .filter_map(|schema| self.schema_id(&schema).or_else(|| file_name(&schema)));
        format!("the nearest names here:{}", nearest::list_similar_names(names, text))
    }
}

/// Returns an error if there is only one newer document, and it is neither a schema nor an OpenAPI document of version
/// 3.
fn check_only_document(documents: &Documents) -> Result<(), Errors> {
    let Some((number, document)) = find_only_root(documents) else { return Ok(()) };
    let text = |name| document.value.get(name).and_then(Value::as_str);
    let (at, message) = match (text("openapi"), text("swagger")) {
        (Some(version), _) if version.starts_with("3.") => return Ok(()),
        (Some(version), _) => ("/openapi", format!("this is an OpenAPI document of version {version}")),
        (None, Some(version)) => ("/swagger", format!("this is a Swagger document of version {version}")),
        (None, None) if can_be_schema(&document.value) => return Ok(()),
        (None, None) => ("", "this is neither a schema nor an OpenAPI document".to_owned()),
    };
    let help = "give a JSON Schema, a folder of them, or an OpenAPI document of version 3, in JSON or YAML";
    Err(documents
        .make_diagnostic(DiagnosticKind::NotASchema, &Location::new(number, at), message)
        .with_help(help)
        .into())
}

/// Returns (index, document) of the only document that is a root; `None` if there are several or none.
fn find_only_root(documents: &Documents) -> Option<(usize, &Document)> {
    let mut roots =
        documents.all_documents().iter().enumerate().filter(|(number, _)| documents.is_root_document(*number));
    roots.next().filter(|_| roots.next().is_none())
}

/// Checks whether `value` can be a schema: it is a boolean, or an object with at least one keyword of JSON Schema.
fn can_be_schema(value: &Value) -> bool {
    const SCHEMA_KEYWORDS: &[&str] = &["$schema", "$id", "id", "$ref", "type", "enum", "const", "title", "description"];
    let is_keyword = |name: &String| SCHEMA_KEYWORDS.contains(&name.as_str()) || draft::holds_subschemas(name);
    value.is_boolean() || value.as_object().is_some_and(|schema| schema.keys().any(is_keyword))
}
