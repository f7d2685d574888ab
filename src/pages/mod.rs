//! The pages that people see, carried inside the binary: whoever has the program has them too.

pub mod http;
pub mod plain;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::io::Read;
use std::sync::{Arc, OnceLock};

use actix_web::web::Bytes;
use flate2::read::GzDecoder;
use rust_embed::RustEmbed;

use crate::crypto;

/// What `npm run build` made in `web/`; nothing when that was never run.
#[derive(RustEmbed)]
#[folder = "web/dist"]
#[exclude = "*.map"]
#[allow_missing = true]
struct Built;

/// What the scanned code was, for the page that opens behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum CodeState {
    /// Good now: the moment is kept in the ticket's cookie.
    Seen,
    /// It has expired.
    Stale,
    /// This installation didn't make it.
    Unknown,
}

/// One file, with what it was compressed to beforehand; what compresses is carried in its small forms alone.
#[derive(Debug)]
struct File {
    plain: OnceLock<Bytes>,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    /// `text/css; charset=utf-8` and its like.
    kind: String,
    /// Weak, since it is the same for every compression.
    tag: String,
}

/// All files of the pages by their paths, such as `assets/index-4f2a.js`. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Pages(Arc<HashMap<String, File>>);

const INDEX: &str = "index.html";

impl Pages {
    /// The pages that are inside this binary; none when it was built without them.
    pub fn built() -> Self {
        Self::of(Built::iter().filter_map(|path| {
            let bytes = match Built::get(&path)?.data {
                Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                Cow::Owned(bytes) => Bytes::from(bytes),
            };
            Some((path.into_owned(), bytes))
        }))
    }

    /// Pages of these files. `x.br` and `x.gz` are taken as the file `x`, compressed.
    pub fn of(files: impl IntoIterator<Item = (String, Bytes)>) -> Self {
        let mut files: HashMap<String, Bytes> = files.into_iter().collect();
        let paths: BTreeSet<String> = files.keys().map(|path| named(path).to_owned()).collect();
        let file_of = |path: String| {
            let plain = files.remove(&path);
            let brotli = files.remove(&format!("{path}.br"));
            let gzip = files.remove(&format!("{path}.gz"));
            let tag = tag_of(plain.as_ref().or(gzip.as_ref())?);
            let plain = plain.map(OnceLock::from).unwrap_or_default();
            Some((path.clone(), File { plain, brotli, gzip, kind: kind_of(&path), tag }))
        };
        Self(Arc::new(paths.into_iter().filter_map(file_of).collect()))
    }

    /// Whether there are any.
    pub fn are_there(&self) -> bool {
        self.0.contains_key(INDEX)
    }

    /// The page behind a scanned code: the ordinary first page, whose root element tells what the code was; `None` without
    /// pages.
    pub fn behind_code(&self, state: CodeState) -> Option<String> {
        let page = std::str::from_utf8(self.0.get(INDEX)?.plain()).ok()?;
        let state: &str = state.into();
        Some(page.replacen("<html", &format!("<html data-code-state=\"{state}\""), 1))
    }
}

impl File {
    /// Its plain form, made from the compressed one when a caller first asks for it.
    fn plain(&self) -> &Bytes {
        self.plain.get_or_init(|| {
            let mut plain = Vec::new();
            let zipped = self.gzip.as_deref().unwrap_or_default();
            match GzDecoder::new(zipped).read_to_end(&mut plain) {
                Ok(_) => plain.into(),
                Err(cause) => {
                    tracing::error!(%cause, kind = self.kind, "a page's file can't be unpacked");
                    Bytes::new()
                }
            }
        })
    }
}

/// The file that a path is a form of.
fn named(path: &str) -> &str {
    path.strip_suffix(".br").or_else(|| path.strip_suffix(".gz")).unwrap_or(path)
}

fn tag_of(bytes: &[u8]) -> String {
    format!("W/\"{}\"", crypto::to_url_text(&crypto::sha256(&[bytes])[..12]))
}

fn kind_of(path: &str) -> String {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    if kind.type_() == mime_guess::mime::TEXT { format!("{kind}; charset=utf-8") } else { kind.to_string() }
}
