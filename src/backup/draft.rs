//! A file that is there once it is whole, and not before.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// A file that is being written under another name; gone when it is dropped unfinished.
pub(super) struct Draft {
    path: PathBuf,
    wanted: PathBuf,
}

impl Draft {
    /// Begins one, empty, for its owner alone.
    pub(super) fn of(wanted: &Path) -> Result<Self> {
        let shown = wanted.display();
        if wanted.exists() {
            return Err(Error::internal(format!("{shown} is there already: name another file")));
        }
        let path = beside(wanted, "unfinished");
        // What a killed run may have left behind.
        let _ = fs::remove_file(&path);
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .map_err(|error| Error::internal(format!("{shown} can't be written: {error}")))?;
        Ok(Self { path, wanted: wanted.to_owned() })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes it safe on the disk and gives it its name; its size in bytes.
    pub(super) fn finish(self) -> Result<u64> {
        let finish = || {
            File::open(&self.path)?.sync_all()?;
            fs::rename(&self.path, &self.wanted)?;
            sync_folder_of(&self.wanted)?;
            fs::metadata(&self.wanted).map(|metadata| metadata.len())
        };
        finish().map_err(|error: std::io::Error| {
            Error::internal(format!("{} can't be written: {error}", self.wanted.display()))
        })
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // After a rename there is nothing under this name.
        let _ = fs::remove_file(&self.path);
    }
}

/// Makes a new name safe on the disk.
pub(super) fn sync_folder_of(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

/// `daogang.db` and `wal` give `daogang.db-wal`.
pub(super) fn beside(path: &Path, what: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-");
    name.push(what);
    name.into()
}
