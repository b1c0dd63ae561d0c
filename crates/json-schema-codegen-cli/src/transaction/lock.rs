//! Keeps two updates of one job from running at the same time.

use std::fs::File;
use std::path::Path;

use crate::diagnostics::{Failure, Problem};

/// A lock on the `codegen.toml` of a job, which the system releases when the process ends in any way. Other processes
/// can still read and edit the file. On systems other than Unix it locks nothing.
pub struct JobLock {
    _file: File,
}

impl JobLock {
    /// Locks the job with the settings file `config`. `None` if another process has locked it.
    ///
    /// # Errors
    /// If the file cannot be opened or locked.
    pub fn try_lock(config: &Path) -> Result<Option<Self>, Failure> {
        let file = File::open(config).map_err(|error| Failure::io_error(config, "read", &error))?;
        match try_lock_file(&file) {
            Ok(true) => Ok(Some(Self { _file: file })),
            Ok(false) => Ok(None),
            Err(error) => Err(Failure::io_error(config, "locked", &error)),
        }
    }

    /// Locks the job with the settings file `config`.
    ///
    /// # Errors
    /// If another process has locked it, or if the file cannot be opened or locked.
    pub fn lock_job(config: &Path) -> Result<Self, Failure> {
        Self::try_lock(config)?.ok_or_else(|| {
            let problem = Problem::new(format!("{}: another update of this job is running", config.display()));
            problem.help("nothing was changed; run the command again when the other one has ended").into()
        })
    }
}

/// Locks a file for this process. Returns false if another process has locked it. A file system without locks counts as
/// locked by this process.
#[cfg(unix)]
fn try_lock_file(file: &File) -> std::io::Result<bool> {
    use rustix::fs::{FlockOperation, flock};
    use rustix::io::Errno;
    match flock(file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) | Err(Errno::NOSYS | Errno::OPNOTSUPP | Errno::NOLCK) => Ok(true),
        Err(Errno::WOULDBLOCK) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Returns true: there is no lock that leaves the file readable for other processes.
#[cfg(not(unix))]
fn try_lock_file(_file: &File) -> std::io::Result<bool> {
    Ok(true)
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by it")]

    use super::JobLock;

    #[test]
    fn second_lock_of_a_job_fails_until_the_first_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("codegen.toml");
        std::fs::write(&config, "").unwrap();
        let is_free = || JobLock::try_lock(&config).ok().flatten().is_some();
        let first = JobLock::lock_job(&config).ok();
        assert!(first.is_some() && !is_free());
        drop(first);
        assert!(is_free());
    }
}
