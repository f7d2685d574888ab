//! Commands that let a phone in the same network open a server on this machine.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use chrono::{Datelike, TimeDelta};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use rcgen::{CertificateParams, DnType, ExtendedKeyUsagePurpose, KeyPair, date_time_ymd};

use super::files;
use crate::clock::{Clock, Timestamp};
use crate::error::{Error, Result};

/// iPhones refuse certificates that are good for longer than 398 days.
const GOOD_FOR: TimeDelta = TimeDelta::days(397);

/// For which addresses a certificate is made, and where it is written.
#[derive(Debug, clap::Args)]
pub(super) struct Certificate {
    /// An address or a name that phones open, such as 192.168.1.20; give it again for a second one
    #[arg(long, value_name = "IP", required = true)]
    host: Vec<String>,
    /// The file to write the certificate to (PEM), for DAOGANG_TLS_CERT
    #[arg(long, value_name = "FILE")]
    cert: PathBuf,
    /// The file to write its key to (PEM), for DAOGANG_TLS_KEY
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
}

pub(super) fn certificate(wanted: &Certificate) -> Result<()> {
    for path in [&wanted.cert, &wanted.key] {
        refuse_existing(path)?;
    }
    let now = Clock::real_time().real();
    let (cert, key) = sign(&wanted.host, now)?;
    files::write_private(&wanted.key, key.as_bytes())?;
    files::write_private(&wanted.cert, cert.as_bytes())?;
    println!(
        "A certificate for {} is in {}, its key in {}. It is good until {}. Phones warn about it, since nobody vouches \
         for it: it is for trying things out.",
        wanted.host.join(", "),
        wanted.cert.display(),
        wanted.key.display(),
        now.plus(GOOD_FOR).day()
    );
    Ok(())
}

fn refuse_existing(path: &Path) -> Result<()> {
    if path.exists() {
        let sentence = format!("{} is there already: name another file, or remove it first", path.display());
        return Err(Error::internal(sentence));
    }
    Ok(())
}

/// A certificate that vouches for itself, and its key, as PEM text.
fn sign(hosts: &[String], now: Timestamp) -> Result<(String, String)> {
    let wrong = |error| Error::internal(format!("a certificate for these addresses can't be made: {error}"));
    let day = |at: Timestamp| {
        let day = at.utc().date_naive();
        // Months and days fit: the calendar has 12 and 31 at the most.
        date_time_ymd(day.year(), day.month() as u8, day.day() as u8)
    };
    let mut params = CertificateParams::new(hosts).map_err(wrong)?;
    params.distinguished_name.push(DnType::CommonName, "Daogang");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    // A phone's clock may be behind by a day.
    params.not_before = day(now.minus(TimeDelta::days(1)));
    params.not_after = day(now.plus(GOOD_FOR));
    let key = KeyPair::generate().map_err(wrong)?;
    let cert = params.self_signed(&key).map_err(wrong)?;
    Ok((cert.pem(), key.serialize_pem()))
}

/// Prints an address as a picture that a phone's scanner opens.
pub(super) fn qr(url: &str) -> Result<()> {
    let picture = QrCode::new(url).map_err(|error| {
        Error::internal(format!("{url} can't be drawn ({error}): a code holds about 2,000 letters"))
    })?;
    let picture = picture.render::<Dense1x2>().quiet_zone(true).build();
    let colours = if std::io::stdout().is_terminal() { ("\x1b[30;107m", "\x1b[0m") } else { ("", "") };
    for line in picture.lines() {
        println!("{}{line}{}", colours.0, colours.1);
    }
    println!("{url}");
    Ok(())
}
