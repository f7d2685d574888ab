//! The keys of an installation: a file that its servers share, known to the database by fingerprint.

use std::io::Write;
use std::path::Path;

use diesel::prelude::*;
use strum::{EnumIter, EnumString, IntoEnumIterator, IntoStaticStr};

use super::{from_url_text, random, sha256, to_url_text};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::schema::keys;

/// What a key is for; a key serves one purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Purpose {
    /// Codes on a lead's screen and on posters.
    Codes,
    /// Phone and identity numbers at rest.
    Encryption,
    /// Looking such numbers up.
    Index,
    /// Tickets and other signed values that a browser keeps.
    Cookies,
    /// Signed heads of the ledger.
    Heads,
}

/// One secret key.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    /// Its number, printed into codes; 1 to 65,535.
    pub id: i64,
    /// What it is for.
    pub purpose: Purpose,
    /// 256 random bits.
    pub secret: [u8; 32],
}

impl Key {
    fn fingerprint(&self) -> String {
        to_url_text(&sha256(&[b"daogang key", &self.secret])[..12])
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({} {:?} {})", self.id, self.purpose, self.fingerprint())
    }
}

/// All keys of an installation, oldest first.
#[derive(Clone, Debug)]
pub struct Keys(Vec<Key>);

impl Keys {
    /// A fresh key for each purpose.
    pub fn generate() -> Self {
        Self(Purpose::iter().zip(1..).map(|(purpose, id)| Key { id, purpose, secret: random() }).collect())
    }

    /// The newest key of a purpose.
    pub fn current(&self, purpose: Purpose) -> Option<&Key> {
        self.0.iter().rev().find(|key| key.purpose == purpose)
    }

    /// The key with this id, if it serves the purpose.
    pub fn find(&self, purpose: Purpose, id: i64) -> Option<&Key> {
        self.0.iter().find(|key| key.purpose == purpose && key.id == id)
    }

    /// Reads the file's text: a line a key (`id purpose secret`), `#` begins a remark.
    pub fn parse(text: &str) -> Option<Self> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let keys: Vec<Key> = lines.map(parse_line).collect::<Option<_>>()?;
        let keys = Self(keys);
        Purpose::iter().all(|purpose| keys.current(purpose).is_some()).then_some(keys)
    }

    fn to_text(&self) -> String {
        let mut text = String::from(
            "# Keys of this Daogang installation. Whoever reads them can forge check-ins and read phone numbers.\n\
             # All servers share this file; keep a copy apart from the database's backups.\n",
        );
        for key in &self.0 {
            let purpose: &str = key.purpose.into();
            text.push_str(&format!("{} {purpose} {}\n", key.id, to_url_text(&key.secret)));
        }
        text
    }

    /// Reads the file of keys and checks it against the database. The file is made when it is missing and the
    /// database knows no keys yet.
    ///
    /// # Errors
    /// When the file can't be read, or lacks a key that the database knows.
    pub fn settle(path: &Path, db: &mut Db, now: Timestamp) -> Result<Self> {
        let known: Vec<(i64, String)> = keys::table.select((keys::id, keys::fingerprint)).load(db)?;
        let own = match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text)
                .ok_or_else(|| Error::internal(format!("{} is not a file of keys", path.display())))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && known.is_empty() => {
                Self::create(path)?
            }
            Err(error) => {
                return Err(Error::internal(format!(
                    "the file of keys {} can't be read ({error}); copy it from another server or from its backup",
                    path.display()
                )));
            }
        };
        for (id, fingerprint) in &known {
            if !own.0.iter().any(|key| key.id == *id && key.fingerprint() == *fingerprint) {
                return Err(Error::internal(format!(
                    "{} lacks key {id} that the database knows; servers share one file of keys",
                    path.display()
                )));
            }
        }
        for key in own.0.iter().filter(|key| !known.iter().any(|(id, _)| *id == key.id)) {
            let purpose: &str = key.purpose.into();
            diesel::insert_into(keys::table)
                .values((
                    keys::id.eq(key.id),
                    keys::purpose.eq(purpose),
                    keys::fingerprint.eq(key.fingerprint()),
                    keys::created_at.eq(now),
                ))
                .execute(db)?;
        }
        Ok(own)
    }

    fn create(path: &Path) -> Result<Self> {
        use std::os::unix::fs::OpenOptionsExt;
        let keys = Self::generate();
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(Error::internal)?;
        }
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .map_err(|error| Error::internal(format!("{} can't be made: {error}", path.display())))?;
        file.write_all(keys.to_text().as_bytes()).and_then(|()| file.sync_all()).map_err(Error::internal)?;
        Ok(keys)
    }
}

fn parse_line(line: &str) -> Option<Key> {
    let mut parts = line.split_whitespace();
    let id = parts.next()?.parse().ok().filter(|id| (1..=65_535).contains(id))?;
    let purpose = parts.next()?.parse().ok()?;
    let secret = from_url_text(parts.next()?)?.try_into().ok()?;
    parts.next().is_none().then_some(Key { id, purpose, secret })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_keys_reads_back() {
        let keys = Keys::generate();
        assert_eq!(Keys::parse(&keys.to_text()).unwrap().0, keys.0);
        assert!(Keys::parse("1 codes short").is_none());
        assert!(Keys::parse("").is_none());
    }
}
