//! Checks the licences and registries of all dependencies of the published packages against `deny.toml`, without the
//! tool cargo-deny.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;
use spdx::{Expression, ParseMode};

use crate::{find_workspace_folder, is_publishable, read_metadata};

/// The parts of the file `deny.toml` that these tests read.
#[derive(Deserialize)]
struct DenyFile {
    licenses: DenyLicenses,
    sources: DenySources,
}

#[derive(Deserialize)]
struct DenyLicenses {
    allow: BTreeSet<String>,
    /// Licences that are allowed for a single package only.
    exceptions: Vec<LicenceException>,
}

#[derive(Deserialize)]
struct LicenceException {
    #[serde(rename = "crate")]
    package: String,
    allow: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct DenySources {
    allow_registry: BTreeSet<String>,
}

impl DenyFile {
    /// Reads `deny.toml` from the workspace.
    fn read_deny_file() -> Self {
        basic_toml::from_str(&std::fs::read_to_string(find_workspace_folder().join("deny.toml")).unwrap()).unwrap()
    }

    /// Checks whether `deny.toml` allows the licence `expression`: for `A OR B` at least one of them, for `A AND B`
    /// both. Exceptions are not considered.
    fn allows_licence(&self, expression: &str) -> bool {
        let expression = Expression::parse_mode(expression, ParseMode::LAX);
        expression.is_ok_and(|terms| terms.evaluate(|term| self.licenses.allow.contains(&term.to_string())))
    }

    /// Returns a line with the licence and the source of `package`, an entry of the JSON of `cargo metadata`, if
    /// `deny.toml` does not allow one of them; `None` if it allows both.
    fn describe_refusal(&self, package: &Value) -> Option<String> {
        let source = package["source"].as_str().unwrap_or("a folder");
        let registry = source.strip_prefix("registry+").unwrap_or(source);
        let license = package["license"].as_str().unwrap_or("none");
        let allowed = self.sources.allow_registry.contains(registry) && self.allows_licence(license);
        (!allowed).then(|| format!("{} {}: {license}, from {source}", package["name"], package["version"]))
    }
}

/// Returns the packages on which the published packages depend, directly or through others, on any platform. `metadata`
/// is the JSON of `cargo metadata`. Leaves out dev-dependencies, and the packages of the workspace.
fn find_packages_depended_on(metadata: &Value) -> Vec<&Value> {
    let by_id = |list: &'static str| {
        let list = metadata.pointer(list).unwrap().as_array().unwrap();
        list.iter().map(|entry| (entry["id"].as_str().unwrap(), entry)).collect::<BTreeMap<_, _>>()
    };
    let (packages, nodes) = (by_id("/packages"), by_id("/resolve/nodes"));
    let members = metadata["workspace_members"].as_array().unwrap().iter().map(|id| id.as_str().unwrap());
    let members: BTreeSet<_> = members.collect();
    let mut to_do: Vec<_> = members.iter().copied().filter(|id| is_publishable(packages[id])).collect();
    let mut found = BTreeSet::new();
    while let Some(id) = to_do.pop() {
        if found.insert(id) {
            let dependencies =
                nodes[id]["deps"].as_array().unwrap().iter().filter(|dependency| is_not_dev_dependency(dependency));
            to_do.extend(dependencies.map(|dependency| dependency["pkg"].as_str().unwrap()));
        }
    }
    found.difference(&members).map(|id| packages[id]).collect()
}

/// Checks whether `dependency`, an entry of the JSON of `cargo metadata`, is anything else than a dev-dependency.
fn is_not_dev_dependency(dependency: &Value) -> bool {
    dependency["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"] != "dev")
}

#[test]
fn all_dependencies_have_allowed_licences_and_sources() {
    let metadata = read_metadata(&[]);
    let dependencies = find_packages_depended_on(&metadata);
    assert!(dependencies.iter().any(|package| package["name"] == "serde_json"), "{} packages", dependencies.len());
    let deny = DenyFile::read_deny_file();
    let refused: Vec<_> = dependencies.into_iter().filter_map(|package| deny.describe_refusal(package)).collect();
    assert!(refused.is_empty(), "deny.toml does not allow:\n{}", refused.join("\n"));
}

#[test]
fn each_allowed_licence_is_needed_by_some_package() {
    let metadata = read_metadata(&[]);
    let packages = find_packages_depended_on(&metadata);
    let mut deny = DenyFile::read_deny_file();
    for licence in deny.licenses.allow.clone() {
        deny.licenses.allow.remove(&licence);
        let is_needed = packages.iter().any(|package| deny.describe_refusal(package).is_some());
        assert!(is_needed, "deny.toml allows {licence}, and nothing needs it");
        deny.licenses.allow.insert(licence);
    }
}

/// Checks too that each exception in `deny.toml` is needed.
#[test]
fn licences_of_published_packages_are_those_in_deny_toml() {
    let (metadata, deny) = (read_metadata(&["--no-deps"]), DenyFile::read_deny_file());
    let packages = metadata["packages"].as_array().unwrap().iter().filter(|package| is_publishable(package));
    for package in packages {
        let licence = package["license"].as_str().unwrap();
        let exception = deny.licenses.exceptions.iter().find(|exception| package["name"] == *exception.package);
        let mut with_exception = DenyFile::read_deny_file();
        with_exception.licenses.allow.extend(exception.iter().flat_map(|exception| exception.allow.clone()));
        assert!(with_exception.allows_licence(licence), "deny.toml does not allow {licence} of {}", package["name"]);
        assert_eq!(
            deny.allows_licence(licence),
            exception.is_none(),
            "the exception for {} in deny.toml",
            package["name"]
        );
    }
}

#[test]
fn one_licence_of_an_or_and_all_of_an_and_must_be_allowed() {
    let deny = DenyFile::read_deny_file();
    for allowed in ["MIT", "MIT/Apache-2.0", "GPL-3.0-only OR MIT", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
        assert!(deny.allows_licence(allowed), "{allowed}");
    }
    for refused in ["GPL-3.0-only", "MIT AND GPL-3.0-only", "Apache-2.0 WITH LLVM-exception", "none", ""] {
        assert!(!deny.allows_licence(refused), "{refused}");
    }
}
