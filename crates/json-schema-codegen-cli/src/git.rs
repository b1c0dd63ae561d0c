//! Reads files of a revision, through the program `git`.

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use crate::diagnostics::{Failure, Problem};

/// A commit, and the folder from which paths in it are named.
pub struct Revision {
    folder: PathBuf,
    /// The revision as the user named it.
    name: String,
    commit: String,
}

/// A file of a tree.
struct Entry {
    hash: String,
    name: String,
}

impl Revision {
    /// The commit that `name` stands for in the repository that `folder` is in.
    ///
    /// # Errors
    /// No git, no repository, or no such revision.
    pub fn find(folder: &Path, name: &str) -> Result<Self, Failure> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if !git(folder, &["rev-parse", "--git-dir"])?.status.success() {
            let message = format!("`{}` is in no git repository, and there is no `{name}`", folder.display());
            return Err(Problem::new(message).help(BASELINES).into());
        }
        let commit =
            git(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{name}^{{commit}}")])?;
        if !commit.status.success() {
            let message = format!("`{name}` is no revision, folder or file");
            return Err(Problem::new(message).help(BASELINES).into());
        }
        let commit = String::from_utf8_lossy(&commit.stdout).trim().to_owned();
        Ok(Self { folder: folder.to_path_buf(), name: name.to_owned(), commit })
    }

    /// A path of the revision as messages name it.
    pub fn path(&self, path: &Path) -> String {
        format!("{}:{}", self.name, path.display()).replace('\\', "/")
    }

    /// The text of a file by its path from the folder.
    ///
    /// # Errors
    /// A file that the revision has not, or that is no text.
    pub fn file(&self, name: &str) -> Result<String, Failure> {
        let found = git(&self.folder, &["cat-file", "blob", &self.at(name)])?;
        if !found.status.success() {
            return Err(self.missing(name));
        }
        self.text(name, found.stdout)
    }

    /// The `*.json` files of a folder and those in it, by their paths from there, with their texts.
    ///
    /// # Errors
    /// A folder that the revision has not, and files that are links or no text.
    pub fn json_files(&self, folder: &str) -> Result<Vec<(String, String)>, Failure> {
        let tree = git(&self.folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &self.at(folder)])?;
        if !tree.status.success() {
            return Err(self.missing(folder));
        }
        let tree = String::from_utf8_lossy(&tree.stdout).trim().to_owned();
        let listed = git(&self.folder, &["ls-tree", "-r", "-z", "--full-tree", &tree])?;
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        let entries = listed.split('\0').filter_map(|line| self.entry(line).transpose());
        let entries: Vec<Entry> = entries.collect::<Result<_, _>>()?;
        let contents = self.contents(&entries).map_err(|error| Failure::io(Path::new("git"), "read", &error))?;
        let texts = entries.into_iter().zip(contents);
        texts.map(|(entry, bytes)| self.text(&entry.name, bytes).map(|text| (entry.name, text))).collect()
    }

    /// What a line of `git ls-tree` says, if it is about a JSON file.
    fn entry(&self, line: &str) -> Result<Option<Entry>, Failure> {
        let Some((about, name)) = line.split_once('\t').filter(|(_, name)| name.ends_with(".json")) else {
            return Ok(None);
        };
        let mut about = about.split(' ');
        if about.next() == Some("120000") {
            let message = format!("`{}` is a link, which is not followed in a revision", self.path(Path::new(name)));
            return Err(Problem::new(message).help("check the revision out, and name its folder").into());
        }
        Ok(about.nth(1).map(|hash| Entry { hash: hash.to_owned(), name: name.to_owned() }))
    }

    /// The contents of files, in one run of git.
    fn contents(&self, entries: &[Entry]) -> io::Result<Vec<Vec<u8>>> {
        let mut command = command(&self.folder, &["cat-file", "--batch"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let asked: String = entries.iter().map(|entry| format!("{}\n", entry.hash)).collect();
        let stdin = child.stdin.take();
        let output = thread::scope(|scope| {
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(asked.as_bytes())));
            child.wait_with_output()
        })?;
        split(&output.stdout, entries.len()).ok_or_else(|| io::Error::other("git gave no such file"))
    }

    /// A path as git takes it, from the folder.
    fn at(&self, name: &str) -> String {
        format!("{}:./{}", self.commit, name.trim_start_matches("./"))
    }

    fn text(&self, name: &str, bytes: Vec<u8>) -> Result<String, Failure> {
        String::from_utf8(bytes).map_err(|_| {
            let message = format!("`{}` is not UTF-8 text", self.path(Path::new(name)));
            Problem::new(message).help("name another revision").into()
        })
    }

    fn missing(&self, name: &str) -> Failure {
        let path = self.path(&self.folder.join(name));
        Problem::new(format!("there is no `{path}`"))
            .help("name a revision that has the job, or a folder or file")
            .into()
    }
}

const BASELINES: &str = "name a revision, folder or file with `--baseline`";

/// What `git cat-file --batch` gave: each file after a line with its hash, kind and length.
fn split(output: &[u8], count: usize) -> Option<Vec<Vec<u8>>> {
    let mut rest = output;
    let one = |_| {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let header = std::str::from_utf8(&rest[..end]).ok()?;
        let length: usize = header.split(' ').nth(2)?.parse().ok()?;
        let content = rest.get(end + 1..end + 1 + length)?.to_vec();
        rest = rest.get(end + 2 + length..)?;
        Some(content)
    };
    (0..count).map(one).collect()
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments);
    command
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Output, Failure> {
    command(folder, arguments).stdin(Stdio::null()).output().map_err(|error| {
        let message = match error.kind() {
            ErrorKind::NotFound => "there is no program `git`, which reads revisions".to_owned(),
            _ => format!("the program `git` cannot be run: {error}"),
        };
        Problem::new(message).help("install it, or name a folder or file with `--baseline`").into()
    })
}
