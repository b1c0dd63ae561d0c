//! Checks that no two modules of a crate depend on each other, directly or through others, so that a reader who follows
//! the `use` paths of a file never comes back to it.
#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::{Item, UseTree};

/// The source folders of the crates that are checked, relative to the workspace.
const CHECKED_SOURCE_FOLDERS: &[&str] = &[
    "src",
    "crates/json-schema-codegen/src",
    "crates/json-schema-codegen-cli/src",
    "crates/json-schema-instances/src",
];

/// The circles of modules that are allowed, as (the circle as the test prints it, the reason). None is to be added.
const ALLOWED_CIRCLES: &[(&str, &str)] = &[];

/// The path of a module, relative to the crate's root: `["normalize", "rules"]`; empty for the root.
type ModulePath = Vec<String>;

/// The names that a module defines or re-exports, and the paths that it uses.
#[derive(Default)]
struct ModuleNames {
    defined: BTreeSet<String>,
    /// The re-exports as (name, path from the crate's root). Name and last step are `*` for a glob.
    exported: Vec<(String, ModulePath)>,
    used: Vec<ModulePath>,
}

#[test]
fn no_two_modules_depend_on_each_other() {
    let mut circles = Vec::new();
    for folder in CHECKED_SOURCE_FOLDERS {
        let modules = read_modules(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder));
        let edges = find_module_dependencies(&modules);
        circles
            .extend(find_module_circles(&edges).into_iter().map(|circle| format!("{folder}: {}", circle.join(" -> "))));
    }
    let gone = ALLOWED_CIRCLES.iter().find(|(allowed, _)| circles.iter().all(|circle| circle != allowed));
    assert_eq!(gone, None, "no longer a circle: remove it from the exceptions");
    circles.retain(|circle| !ALLOWED_CIRCLES.iter().any(|(allowed, _)| circle == allowed));
    assert!(circles.is_empty(), "modules that depend on each other:\n{}", circles.join("\n"));
}

/// Reads all modules in the source folder `folder`, by their paths. Leaves out test modules; the files of the runtime
/// are not modules of their own.
fn read_modules(folder: &Path) -> BTreeMap<ModulePath, ModuleNames> {
    let mut modules = BTreeMap::new();
    let mut waiting: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let relative = path.strip_prefix(folder).unwrap().with_extension("");
        let mut steps: ModulePath = relative.iter().map(|step| step.to_string_lossy().into_owned()).collect();
        let is_rust = path.extension().is_some_and(|extension| extension == "rs");
        // The files of the runtime are one module, which `runtime.rs` includes.
        let is_included = steps.first().is_some_and(|first| first == "runtime") && steps.len() > 1;
        if !is_rust || is_included || steps.contains(&"tests".to_owned()) {
            continue;
        }
        if ["mod", "lib", "main"].contains(&steps.last().unwrap().as_str()) {
            steps.pop();
        }
        let file = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
        let mut module = ModuleNames::default();
        add_items_to_module(&file.items, &steps, &mut module);
        modules.insert(steps, module);
    }
    modules
}

/// Adds the names and paths in `items`, the items of the module at `path`, to `module`.
fn add_items_to_module(items: &[Item], path: &ModulePath, module: &mut ModuleNames) {
    for item in items {
        match item {
            Item::Use(item) => {
                let mut found = Vec::new();
                list_use_paths(&item.tree, Vec::new(), &mut found);
                let is_exported = !matches!(item.vis, syn::Visibility::Inherited);
                for (name, steps) in found {
                    let Some(target) = resolve_use_path(path, &steps) else { continue };
                    if is_exported {
                        module.exported.push((name, target.clone()));
                    }
                    module.used.push(target);
                }
            }
            Item::Struct(item) => drop(module.defined.insert(item.ident.to_string())),
            Item::Enum(item) => drop(module.defined.insert(item.ident.to_string())),
            Item::Fn(item) => drop(module.defined.insert(item.sig.ident.to_string())),
            Item::Const(item) => drop(module.defined.insert(item.ident.to_string())),
            Item::Static(item) => drop(module.defined.insert(item.ident.to_string())),
            Item::Type(item) => drop(module.defined.insert(item.ident.to_string())),
            Item::Trait(item) => drop(module.defined.insert(item.ident.to_string())),
            _ => {}
        }
    }
}

/// Adds the paths of a use tree to `found`, as (name that the path introduces, path). Name and last step are `*` for a
/// glob. `before` has the steps around the tree.
fn list_use_paths(tree: &UseTree, mut before: Vec<String>, found: &mut Vec<(String, Vec<String>)>) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            list_use_paths(&path.tree, before, found);
        }
        UseTree::Name(name) if name.ident == "self" => found.push((before.last().unwrap().clone(), before)),
        UseTree::Name(name) => {
            before.push(name.ident.to_string());
            found.push((name.ident.to_string(), before));
        }
        UseTree::Rename(rename) => {
            before.push(rename.ident.to_string());
            found.push((rename.rename.to_string(), before));
        }
        UseTree::Glob(_) => {
            before.push("*".to_owned());
            found.push(("*".to_owned(), before));
        }
        UseTree::Group(group) => group.items.iter().for_each(|item| list_use_paths(item, before.clone(), found)),
    }
}

/// Returns the path of a `use` in the module `module`, relative to the crate's root. A path that begins with neither
/// `crate`, `self` nor `super` is taken for a path of a child module; such a module need not exist. `None` if the path
/// leads outside the crate.
fn resolve_use_path(module: &ModulePath, steps: &[String]) -> Option<ModulePath> {
    let mut path = module.clone();
    let rest = match steps.first()?.as_str() {
        "crate" => {
            path.clear();
            &steps[1..]
        }
        "self" => &steps[1..],
        "super" => {
            let supers = steps.iter().take_while(|step| *step == "super").count();
            path.truncate(path.len().checked_sub(supers)?);
            &steps[supers..]
        }
        _ => steps,
    };
    path.extend(rest.iter().cloned());
    Some(path)
}

/// Returns, for each module, the modules that define what it uses.
fn find_module_dependencies(
    modules: &BTreeMap<ModulePath, ModuleNames>,
) -> BTreeMap<&ModulePath, BTreeSet<&ModulePath>> {
    let targets = |(path, module): (&'_ ModulePath, &'_ ModuleNames)| {
        let used = module.used.iter().filter_map(|used| find_defining_module(modules, used, 0));
        used.filter(|definer| *definer != path).cloned().collect::<BTreeSet<_>>()
    };
    modules
        .iter()
        .map(|(path, module)| {
            let found = targets((path, module));
            (path, modules.keys().filter(|other| found.contains(*other)).collect())
        })
        .collect()
}

/// Returns the module that defines the name at the end of `path`, looking through at most 8 re-exports. `None` if
/// `path` names nothing in this crate. `depth` is the number of re-exports that were followed so far.
fn find_defining_module<'a>(
    modules: &'a BTreeMap<ModulePath, ModuleNames>,
    path: &[String],
    depth: usize,
) -> Option<&'a ModulePath> {
    if depth > 8 {
        return None;
    }
    let (module_path, module) = modules.get_key_value(path).or_else(|| {
        let (_, parent) = path.split_last()?;
        modules.get_key_value(parent)
    })?;
    let Some(name) = path.get(module_path.len()).filter(|name| *name != "*") else { return Some(module_path) };
    if module.defined.contains(name) {
        return Some(module_path);
    }
    module.exported.iter().find_map(|(exported, target)| match exported.as_str() {
        "*" => {
            let mut target = target.clone();
            *target.last_mut()? = name.clone();
            let found = find_defining_module(modules, &target, depth + 1)?;
            modules.get(found)?.defined.contains(name).then_some(found)
        }
        exported if exported == name => find_defining_module(modules, target, depth + 1),
        _ => None,
    })
}

/// Returns the groups of modules that depend on each other, each as the names of its modules. `edges` has, for each
/// module, the modules that it depends on.
fn find_module_circles(edges: &BTreeMap<&ModulePath, BTreeSet<&ModulePath>>) -> Vec<Vec<String>> {
    let reached = |from: &ModulePath| {
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<&ModulePath> = edges.get(from).into_iter().flatten().copied().collect();
        while let Some(module) = waiting.pop() {
            if seen.insert(module) {
                waiting.extend(edges.get(module).into_iter().flatten().copied());
            }
        }
        seen
    };
    let reached: BTreeMap<&ModulePath, BTreeSet<&ModulePath>> =
        edges.keys().map(|path| (*path, reached(path))).collect();
    let mut circles = BTreeSet::new();
    for (path, others) in &reached {
        let circle: BTreeSet<&ModulePath> =
            others.iter().copied().filter(|other| reached.get(other).is_some_and(|back| back.contains(path))).collect();
        if circle.len() > 1 {
            circles.insert(circle.into_iter().map(|path| path.join("::")).collect::<Vec<_>>());
        }
    }
    circles.into_iter().collect()
}
