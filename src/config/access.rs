//! How callers reach the server, and whom it believes.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use actix_web::http::Uri;
use ipnet::IpNet;

use super::{Lookup, Problem};

/// Where the server listens (`DAOGANG_LISTEN`, `127.0.0.1:8080` unless set).
#[derive(Clone, Debug)]
pub struct Listen {
    /// Address and port; port 0 takes a free one.
    pub address: SocketAddr,
}

impl Listen {
    pub(super) fn read(lookup: Lookup<'_>) -> Result<Self, Problem> {
        let text = lookup("DAOGANG_LISTEN").unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        let address = text.parse().map_err(|_| {
            Problem::new("DAOGANG_LISTEN", "write an address and a port, such as 0.0.0.0:8080")
        })?;
        Ok(Self { address })
    }
}

/// How phones reach the server (`DAOGANG_PUBLIC_URL`; the listen address unless set).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// The URL that the operator set, if any.
    pub(super) fn read(lookup: Lookup<'_>) -> Result<Option<Self>, Problem> {
        let Some(text) = lookup("DAOGANG_PUBLIC_URL") else { return Ok(None) };
        let text = text.trim_end_matches('/').to_owned();
        let uri: Option<Uri> = text.parse().ok();
        let fits = uri.is_some_and(|uri| {
            matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some() && uri.path() == "/"
        });
        if fits {
            Ok(Some(Self(text)))
        } else {
            Err(Problem::new(
                "DAOGANG_PUBLIC_URL",
                "write the address that phones open, such as https://daogang.example",
            ))
        }
    }

    /// The URL of a server that is reached where it listens.
    pub fn of(address: SocketAddr, tls: &Tls) -> Self {
        let scheme = if tls.files.is_some() { "https" } else { "http" };
        Self(format!("{scheme}://{address}"))
    }

    /// The URL without a slash at its end.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Phones give camera and position to https pages only.
    pub fn is_secure(&self) -> bool {
        self.0.starts_with("https://")
    }
}

/// The proxies whose `X-Forwarded-For` is believed (`DAOGANG_TRUSTED_PROXIES`: networks such as `10.0.0.0/8`,
/// separated by commas; none unless set).
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies {
    /// The networks.
    pub networks: Vec<IpNet>,
}

impl TrustedProxies {
    pub(super) fn read(lookup: Lookup<'_>) -> Result<Self, Problem> {
        let text = lookup("DAOGANG_TRUSTED_PROXIES").unwrap_or_default();
        let networks = text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| part.parse::<IpNet>().or_else(|_| part.parse::<IpAddr>().map(IpNet::from)))
            .collect::<Result<_, _>>()
            .map_err(|_| {
                Problem::new("DAOGANG_TRUSTED_PROXIES", "write networks such as 10.0.0.0/8, 192.168.1.5/32")
            })?;
        Ok(Self { networks })
    }

    /// The caller's address: the last one in `forwarded` that no trusted proxy wrote for another.
    pub fn caller(&self, peer: IpAddr, forwarded: Option<&str>) -> IpAddr {
        let trusted = |address: &IpAddr| self.networks.iter().any(|network| network.contains(address));
        if !trusted(&peer) {
            return peer;
        }
        let chain =
            forwarded.unwrap_or_default().rsplit(',').map_while(|part| part.trim().parse::<IpAddr>().ok());
        let mut caller = peer;
        for address in chain {
            caller = address;
            if !trusted(&address) {
                break;
            }
        }
        caller
    }
}

/// An own certificate (`DAOGANG_TLS_CERT` and `DAOGANG_TLS_KEY`: PEM files; plain http unless set).
#[derive(Clone, Debug, Default)]
pub struct Tls {
    /// Certificate chain and private key.
    pub files: Option<(PathBuf, PathBuf)>,
}

impl Tls {
    pub(super) fn read(lookup: Lookup<'_>) -> Result<Self, Problem> {
        let both = "name a certificate and its key, or neither";
        match (lookup("DAOGANG_TLS_CERT"), lookup("DAOGANG_TLS_KEY")) {
            (Some(cert), Some(key)) => Ok(Self { files: Some((cert.into(), key.into())) }),
            (None, None) => Ok(Self::default()),
            (Some(_), None) => Err(Problem::new("DAOGANG_TLS_KEY", both)),
            (None, Some(_)) => Err(Problem::new("DAOGANG_TLS_CERT", both)),
        }
    }
}

/// Who may read `/metrics` (`DAOGANG_METRICS_LISTEN` or `DAOGANG_METRICS_TOKEN`; neither: there is no such page).
#[derive(Clone, Debug, Default)]
pub struct Metrics {
    /// An address of its own, for a network that only operators reach.
    pub listen: Option<SocketAddr>,
    /// A bearer token for the ordinary address.
    pub token: Option<String>,
}

impl Metrics {
    pub(super) fn read(lookup: Lookup<'_>) -> Result<Self, Problem> {
        let listen = lookup("DAOGANG_METRICS_LISTEN").map(|text| text.parse()).transpose().map_err(|_| {
            Problem::new("DAOGANG_METRICS_LISTEN", "write an address and a port, such as 127.0.0.1:9100")
        })?;
        let token = lookup("DAOGANG_METRICS_TOKEN");
        if token.as_ref().is_some_and(|token| token.len() < 16) {
            return Err(Problem::new("DAOGANG_METRICS_TOKEN", "use at least 16 characters"));
        }
        Ok(Self { listen, token })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forwarded_address_counts_only_through_trusted_proxies() {
        let proxies = TrustedProxies { networks: vec!["10.0.0.0/8".parse().unwrap()] };
        let at = |text: &str| text.parse::<IpAddr>().unwrap();
        for (peer, forwarded, caller) in [
            ("8.8.8.8", Some("1.1.1.1"), "8.8.8.8"),
            ("10.0.0.1", Some("1.1.1.1"), "1.1.1.1"),
            ("10.0.0.1", Some("6.6.6.6, 1.1.1.1, 10.0.0.2"), "1.1.1.1"),
            ("10.0.0.1", Some("nonsense"), "10.0.0.1"),
            ("10.0.0.1", None, "10.0.0.1"),
        ] {
            assert_eq!(proxies.caller(at(peer), forwarded), at(caller), "{peer} {forwarded:?}");
        }
    }
}
