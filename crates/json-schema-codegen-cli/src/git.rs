//! Reads files of a git revision by running the program `git`.

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use crate::diagnostics::{Failure, Problem};

/// A commit of a git repository. The paths of its files are given relative to `folder`, a folder of the working tree.
pub struct Revision {
    folder: PathBuf,
    /// The revision as the user named it.
    name: String,
    /// The hash of the commit.
    commit: String,
}

/// A file in a folder of a commit (a git tree).
struct GitTreeFile {
    /// Hash of the git object with the file's content.
    hash: String,
    /// Path of the file, relative to the folder of the commit that was listed.
    path: String,
}

impl Revision {
    /// Finds the commit of the revision `name`, such as `HEAD~1`, in the repository that contains `folder`.
    ///
    /// # Errors
    /// If git cannot be run, if `folder` is not in a repository, or if there is no such revision.
    pub fn find_revision(folder: &Path, name: &str) -> Result<Self, Failure> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if !run_git(folder, &["rev-parse", "--git-dir"])?.status.success() {
            let message = format!("`{}` is not in a git repository, so it has no revision `{name}`", folder.display());
            return Err(Problem::new(message).help(NO_REPOSITORY_HELP).into());
        }
        let commit =
            run_git(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{name}^{{commit}}")])?;
        if !commit.status.success() {
            let message = format!("there is no revision, folder or file `{name}`");
            return Err(Problem::new(message).help(MISSING_BASELINE_HELP).into());
        }
        let commit = String::from_utf8_lossy(&commit.stdout).trim().to_owned();
        Ok(Self { folder: folder.to_path_buf(), name: name.to_owned(), commit })
    }

    /// Returns `path` in the form that errors use: the name of the revision, a colon, and `path` with `/` on all
    /// systems, such as `HEAD:schema/event.json`.
    pub fn format_path_in_revision(&self, path: &Path) -> String {
        format!("{}:{}", self.name, path.display()).replace('\\', "/")
    }

    /// Reads the text of the file at `path`, relative to the revision's folder.
    ///
    /// # Errors
    /// If the revision does not have the file, or if it is not UTF-8.
    pub fn read_file(&self, path: &str) -> Result<String, Failure> {
        let output = run_git(&self.folder, &["cat-file", "blob", &self.git_object_name(path)])?;
        if !output.status.success() {
            return Err(self.missing_path_error(path));
        }
        self.decode_utf8(path, output.stdout)
    }

    /// Reads the `*.json` files in `folder`, which is relative to the revision's folder, and in its subfolders. Returns
    /// (path relative to `folder`, text) of each file.
    ///
    /// # Errors
    /// If the revision does not have the folder, or if one of the files is a link or not UTF-8.
    pub fn read_json_files(&self, folder: &str) -> Result<Vec<(String, String)>, Failure> {
        let tree = run_git(
            &self.folder,
            &["rev-parse", "--verify", "--quiet", "--end-of-options", &self.git_object_name(folder)],
        )?;
        if !tree.status.success() {
            return Err(self.missing_path_error(folder));
        }
        let tree = String::from_utf8_lossy(&tree.stdout).trim().to_owned();
        let listed = run_git(&self.folder, &["ls-tree", "-r", "-z", "--full-tree", &tree])?;
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        let entries = listed.split('\0').filter_map(|line| self.parse_tree_line(folder, line).transpose());
        let entries: Vec<GitTreeFile> = entries.collect::<Result<_, _>>()?;
        let contents =
            self.read_file_contents(&entries).map_err(|error| Failure::io_error(Path::new("git"), "read", &error))?;
        let texts = entries.into_iter().zip(contents);
        let to_text = |path: &str, bytes| self.decode_utf8(&Path::new(folder).join(path).to_string_lossy(), bytes);
        texts.map(|(entry, bytes)| to_text(&entry.path, bytes).map(|text| (entry.path, text))).collect()
    }

    /// Parses `line`, a line of `git ls-tree` about a file in `folder`: `100644 blob <hash>\t<path>`. `None` if the
    /// file is not `*.json`; an error if it is a symbolic link.
    fn parse_tree_line(&self, folder: &str, line: &str) -> Result<Option<GitTreeFile>, Failure> {
        let Some((attributes, path)) = line.split_once('\t').filter(|(_, path)| path.ends_with(".json")) else {
            return Ok(None);
        };
        let mut attributes = attributes.split(' ');
        if attributes.next() == Some("120000") {
            let message = format!(
                "`{}` is a symbolic link, which is not followed in a revision",
                self.format_path_in_revision(&self.folder.join(folder).join(path))
            );
            return Err(Problem::new(message).help("check the revision out, and give its folder").into());
        }
        Ok(attributes.nth(1).map(|hash| GitTreeFile { hash: hash.to_owned(), path: path.to_owned() }))
    }

    /// Reads the contents of the files `entries`, in their order, with a single run of git.
    fn read_file_contents(&self, entries: &[GitTreeFile]) -> io::Result<Vec<Vec<u8>>> {
        let mut command = build_git_command(&self.folder, &["cat-file", "--batch"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let hashes: String = entries.iter().map(|entry| format!("{}\n", entry.hash)).collect();
        let stdin = child.stdin.take();
        let output = thread::scope(|scope| {
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(hashes.as_bytes())));
            child.wait_with_output()
        })?;
        split_batch_output(&output.stdout, entries.len())
            .ok_or_else(|| io::Error::other("git did not return all files"))
    }

    /// Returns the name by which git finds the file or folder at `path`, relative to the revision's folder:
    /// `<commit>:./schema`.
    fn git_object_name(&self, path: &str) -> String {
        format!("{}:./{}", self.commit, path.trim_start_matches("./"))
    }

    /// Converts `bytes`, the content of the file at `path`, to text. It is an error if they are not UTF-8.
    fn decode_utf8(&self, path: &str, bytes: Vec<u8>) -> Result<String, Failure> {
        String::from_utf8(bytes).map_err(|_| {
            let message = format!("`{}` is not UTF-8 text", self.format_path_in_revision(&self.folder.join(path)));
            Problem::new(message).help("give another revision").into()
        })
    }

    /// Creates the error for a file or folder at `path` that the revision does not have.
    fn missing_path_error(&self, path: &str) -> Failure {
        let path = self.format_path_in_revision(&self.folder.join(path));
        Problem::new(format!("there is no `{path}`"))
            .help("give a revision that has the codegen.toml and its schemas, or a folder or file")
            .into()
    }
}

/// Returns those of the files `names` in `folder` that have uncommitted edits, or that are neither tracked nor ignored
/// by git. Empty if `folder` is not in a repository or git cannot be run.
pub fn find_uncommitted_files(folder: &Path, names: &[&str]) -> Vec<String> {
    let is_uncommitted = |name: &&str| {
        let output = run_git(folder, &["status", "--porcelain", "--", &format!(":(literal){name}")]);
        output.is_ok_and(|output| output.status.success() && !output.stdout.is_empty())
    };
    names.iter().copied().filter(is_uncommitted).map(str::to_owned).collect()
}

/// The help of errors about a baseline that does not exist.
const MISSING_BASELINE_HELP: &str = "check the name after `--baseline`: `git tag` and `git branch` list revisions";

/// The help of errors about a revision outside a git repository.
const NO_REPOSITORY_HELP: &str = "give the folder or file of the older schemas with `--baseline`";

/// Splits the output of `git cat-file --batch` into the contents of `count` files. The content of each file follows a
/// line with its hash, kind and length. `None` if a file is missing.
fn split_batch_output(output: &[u8], count: usize) -> Option<Vec<Vec<u8>>> {
    let mut rest = output;
    let next_content = |_| {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let header = std::str::from_utf8(&rest[..end]).ok()?;
        let length: usize = header.split(' ').nth(2)?.parse().ok()?;
        let content = rest.get(end + 1..end + 1 + length)?.to_vec();
        rest = rest.get(end + 2 + length..)?;
        Some(content)
    };
    (0..count).map(next_content).collect()
}

/// Returns the command `git <arguments>` for running in `folder`.
fn build_git_command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments);
    command
}

/// Runs `git <arguments>` in `folder`, and returns its output. A failure of git is in the status of the output; it is
/// an error if git cannot be run.
fn run_git(folder: &Path, arguments: &[&str]) -> Result<Output, Failure> {
    build_git_command(folder, arguments).stdin(Stdio::null()).output().map_err(|error| {
        let message = match error.kind() {
            ErrorKind::NotFound => "the program `git`, which is needed to read a revision, is not installed".to_owned(),
            _ => format!("the program `git` cannot be run: {error}"),
        };
        Problem::new(message).help("install it, or give a folder or file with `--baseline`").into()
    })
}
