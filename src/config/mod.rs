//! What an operator sets, read from environment variables and from nothing else.

mod access;
mod storage;
mod tiles;

pub use access::{Listen, Metrics, PublicUrl, Tls, TrustedProxies};
pub use storage::{Database, KeysFile, Redis};
pub use tiles::Tiles;

/// Where a setting is read from: the process environment, or a list in a test.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A variable that is missing or wrong, in a sentence for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The variable's name.
    pub variable: &'static str,
    /// What is wrong and what to write instead.
    pub sentence: String,
}

impl Problem {
    fn new(variable: &'static str, sentence: impl Into<String>) -> Self {
        Self { variable, sentence: sentence.into() }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.variable, self.sentence)
    }
}

/// Everything an operator sets.
#[derive(Clone, Debug)]
pub struct Config {
    /// The truth.
    pub database: Database,
    /// What servers tell one another.
    pub redis: Redis,
    /// Where the server listens.
    pub listen: Listen,
    /// How phones reach it.
    pub public_url: PublicUrl,
    /// The file of secrets.
    pub keys: KeysFile,
    /// Whose word about a caller's address is taken.
    pub proxies: TrustedProxies,
    /// Own certificate, if no proxy has one.
    pub tls: Tls,
    /// Who may read the figures.
    pub metrics: Metrics,
    /// Where a map's pictures come from.
    pub tiles: Option<Tiles>,
}

impl Config {
    /// Reads every setting.
    ///
    /// # Errors
    /// All wrong or missing variables at once.
    pub fn read(lookup: Lookup<'_>) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let database = noted(Database::read(lookup), &mut problems);
        let listen = noted(Listen::read(lookup), &mut problems);
        let redis = noted(Redis::read(lookup), &mut problems);
        let proxies = noted(TrustedProxies::read(lookup), &mut problems);
        let tls = noted(Tls::read(lookup), &mut problems);
        let metrics = noted(Metrics::read(lookup), &mut problems);
        let tiles = noted(Tiles::read(lookup), &mut problems);
        let keys =
            database.as_ref().and_then(|database| noted(KeysFile::read(lookup, database), &mut problems));
        let public_url = noted(PublicUrl::read(lookup), &mut problems);
        match (database, redis, listen, public_url, keys, proxies, tls, metrics, tiles) {
            (
                Some(database),
                Some(redis),
                Some(listen),
                Some(public_url),
                Some(keys),
                Some(proxies),
                Some(tls),
                Some(metrics),
                Some(tiles),
            ) => {
                let public_url = public_url.unwrap_or_else(|| PublicUrl::of(listen.address, &tls));
                Ok(Self { database, redis, listen, public_url, keys, proxies, tls, metrics, tiles })
            }
            _ => Err(problems),
        }
    }

    /// Reads every setting from the process environment.
    ///
    /// # Errors
    /// All wrong or missing variables at once.
    pub fn from_environment() -> Result<Self, Vec<Problem>> {
        Self::read(&|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }
}

fn noted<T>(read: Result<T, Problem>, problems: &mut Vec<Problem>) -> Option<T> {
    read.map_err(|problem| problems.push(problem)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, Vec<Problem>> {
        let pairs: Vec<(String, String)> =
            pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        Config::read(&move |name| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()))
    }

    #[test]
    fn nothing_set_is_one_file_on_this_machine() {
        let config = read(&[]).unwrap();
        assert_eq!(config.database.url, "sqlite://data/daogang.db");
        assert_eq!(config.listen.address.to_string(), "127.0.0.1:8080");
        assert_eq!(config.public_url.text(), "http://127.0.0.1:8080");
        assert_eq!(config.keys.path.to_string_lossy(), "data/keys");
        assert!(config.redis.url.is_none() && config.proxies.networks.is_empty());
        assert!(config.tiles.is_none());
    }

    #[test]
    fn every_wrong_variable_is_named_at_once() {
        let problems = read(&[
            ("DATABASE_URL", "mysql://x"),
            ("DAOGANG_LISTEN", "here"),
            ("DAOGANG_TRUSTED_PROXIES", "10.0.0.0/99"),
            ("DAOGANG_TLS_CERT", "cert.pem"),
        ])
        .unwrap_err();
        let names: Vec<_> = problems.iter().map(|problem| problem.variable).collect();
        assert_eq!(names, ["DATABASE_URL", "DAOGANG_LISTEN", "DAOGANG_TRUSTED_PROXIES", "DAOGANG_TLS_KEY"]);
    }

    #[test]
    fn postgres_needs_its_keys_file_named() {
        let problems = read(&[("DATABASE_URL", "postgres://localhost/daogang")]).unwrap_err();
        assert_eq!(problems[0].variable, "DAOGANG_KEYS_FILE");
    }
}
