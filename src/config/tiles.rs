//! The pictures under the map.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Lookup, Problem};
use crate::geo::Datum;

/// Where a map's tiles come from (`DAOGANG_TILES` and its companions); maps are usable without.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Tiles {
    /// `tianditu`, `amap` or `custom`.
    #[schema(example = "tianditu")]
    name: &'static str,
    /// What the tiles' places are drawn in.
    datum: Datum,
    /// Addresses with `{z}`, `{x}`, `{y}` and, when there are subdomains, `{s}`; drawn one over the other.
    layers: Vec<String>,
    /// What may stand for `{s}`.
    subdomains: &'static [&'static str],
    /// The closest zoom that there are tiles for.
    max_zoom: u8,
    /// Stands on the map.
    attribution: String,
    /// Where browsers may fetch the tiles, as a source in a Content-Security-Policy; nothing for the server itself.
    #[serde(skip)]
    source: Option<String>,
}

const TIANDITU: &str = "https://t{s}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0\
                        &LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}\
                        &TILECOL={x}&tk={key}";
const AMAP: &str =
    "https://webrd0{s}.is.autonavi.com/appmaptile?lang=zh_cn&size=1&scale=1&style=8&x={x}&y={y}&z={z}";

impl Tiles {
    pub(super) fn read(lookup: Lookup<'_>) -> Result<Option<Self>, Problem> {
        let key = key(lookup)?;
        let datum = datum(lookup)?;
        let known = match lookup("DAOGANG_TILES").as_deref().unwrap_or("none") {
            "none" => return Ok(None),
            "tianditu" => Self::tianditu(key.as_deref())?,
            "amap" => Self::amap(),
            template => return Self::custom(template, key.as_deref(), datum, lookup).map(Some),
        };
        match datum {
            Some(other) if other != known.datum => Err(Problem::new(
                "DAOGANG_TILES_DATUM",
                format!("leave it out: {} has a datum of its own", known.name),
            )),
            _ => Ok(Some(known)),
        }
    }

    fn tianditu(key: Option<&str>) -> Result<Self, Problem> {
        let key = key.ok_or_else(|| {
            Problem::new("DAOGANG_TILES_KEY", "Tianditu wants a key for browsers: get one at tianditu.gov.cn")
        })?;
        let layer = |name: &str| TIANDITU.replace("{layer}", name).replace("{key}", key);
        Ok(Self {
            name: "tianditu",
            datum: Datum::Wgs84,
            layers: vec![layer("vec"), layer("cva")],
            subdomains: &["0", "1", "2", "3", "4", "5", "6", "7"],
            max_zoom: 18,
            attribution: "© 天地图".to_owned(),
            source: Some("https://*.tianditu.gov.cn".to_owned()),
        })
    }

    fn amap() -> Self {
        Self {
            name: "amap",
            datum: Datum::Gcj02,
            layers: vec![AMAP.to_owned()],
            subdomains: &["1", "2", "3", "4"],
            max_zoom: 18,
            attribution: "© 高德地图".to_owned(),
            source: Some("https://*.is.autonavi.com".to_owned()),
        }
    }

    fn custom(
        template: &str,
        key: Option<&str>,
        datum: Option<Datum>,
        lookup: Lookup<'_>,
    ) -> Result<Self, Problem> {
        let wrong = || {
            Problem::new(
                "DAOGANG_TILES",
                "write none, tianditu, amap, or an address such as https://tiles.example/{z}/{x}/{y}.png \
                 (or /tiles/{z}/{x}/{y}.png behind the same proxy)",
            )
        };
        if !["{z}", "{x}", "{y}"].iter().all(|part| template.contains(part)) || template.contains("{s}") {
            return Err(wrong());
        }
        let source = if is_path(template) { None } else { Some(source_of(template).ok_or_else(wrong)?) };
        let layer = match key {
            Some(key) => template.replace("{key}", key),
            None if template.contains("{key}") => {
                return Err(Problem::new(
                    "DAOGANG_TILES_KEY",
                    "set the key that DAOGANG_TILES has a place for",
                ));
            }
            None => template.to_owned(),
        };
        let datum = datum.ok_or_else(|| {
            Problem::new("DAOGANG_TILES_DATUM", "say what the tiles are drawn in: wgs84, gcj02 or bd09")
        })?;
        let attribution = lookup("DAOGANG_TILES_ATTRIBUTION").unwrap_or_default();
        Ok(Self {
            name: "custom",
            datum,
            layers: vec![layer],
            subdomains: &[],
            max_zoom: 18,
            attribution,
            source,
        })
    }

    /// The source's name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Where browsers may fetch the tiles, as a source in a Content-Security-Policy; `None` for the server itself.
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }
}

fn key(lookup: Lookup<'_>) -> Result<Option<String>, Problem> {
    let key = lookup("DAOGANG_TILES_KEY");
    let fits = |key: &String| key.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    match key {
        Some(key) if !fits(&key) => Err(Problem::new("DAOGANG_TILES_KEY", "write letters and digits only")),
        key => Ok(key),
    }
}

fn datum(lookup: Lookup<'_>) -> Result<Option<Datum>, Problem> {
    let datum = lookup("DAOGANG_TILES_DATUM").map(|text| text.parse()).transpose();
    datum.map_err(|_| Problem::new("DAOGANG_TILES_DATUM", "write wgs84, gcj02 or bd09"))
}

fn is_path(template: &str) -> bool {
    template.starts_with('/') && !template.starts_with("//")
}

/// Scheme and host of an address; a host of other letters could say something else in the policy.
fn source_of(template: &str) -> Option<String> {
    let (scheme, rest) = template.split_once("://")?;
    let host = rest.split('/').next().filter(|host| !host.is_empty())?;
    let fits = host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:".contains(c));
    (matches!(scheme, "http" | "https") && fits).then(|| format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Option<Tiles>, &'static str> {
        let found =
            |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Tiles::read(&found).map_err(|problem| problem.variable)
    }

    #[test]
    fn a_source_knows_its_datum_and_where_browsers_may_go() {
        assert_eq!(read(&[]), Ok(None));
        assert_eq!(read(&[("DAOGANG_TILES", "none")]), Ok(None));
        let tianditu =
            read(&[("DAOGANG_TILES", "tianditu"), ("DAOGANG_TILES_KEY", "abc1")]).unwrap().unwrap();
        assert_eq!((tianditu.datum, tianditu.source()), (Datum::Wgs84, Some("https://*.tianditu.gov.cn")));
        assert!(
            tianditu.layers.len() == 2 && tianditu.layers.iter().all(|layer| layer.ends_with("&tk=abc1"))
        );
        let amap = read(&[("DAOGANG_TILES", "amap"), ("DAOGANG_TILES_DATUM", "gcj02")]).unwrap().unwrap();
        assert_eq!((amap.datum, amap.source()), (Datum::Gcj02, Some("https://*.is.autonavi.com")));
    }

    #[test]
    fn an_own_source_is_an_address_with_a_datum() {
        let own = |template, others: &[_]| {
            let mut all = vec![("DAOGANG_TILES", template), ("DAOGANG_TILES_DATUM", "wgs84")];
            all.extend_from_slice(others);
            read(&all)
        };
        let tiles =
            own("https://tiles.example:8443/a/{z}/{x}/{y}.png?k={key}", &[("DAOGANG_TILES_KEY", "k-1")]);
        let tiles = tiles.unwrap().unwrap();
        assert_eq!(tiles.layers, ["https://tiles.example:8443/a/{z}/{x}/{y}.png?k=k-1"]);
        assert_eq!(tiles.source(), Some("https://tiles.example:8443"));
        assert_eq!(own("/tiles/{z}/{x}/{y}.png", &[]).unwrap().unwrap().source(), None);
        assert_eq!(read(&[("DAOGANG_TILES", "/tiles/{z}/{x}/{y}.png")]), Err("DAOGANG_TILES_DATUM"));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (tiles, variable) in [
            ("openstreetmap", "DAOGANG_TILES"),
            ("https://tiles.example/{z}/{x}.png", "DAOGANG_TILES"),
            ("https://{s}.tiles.example/{z}/{x}/{y}.png", "DAOGANG_TILES"),
            ("ftp://tiles.example/{z}/{x}/{y}.png", "DAOGANG_TILES"),
            ("//tiles.example/{z}/{x}/{y}.png", "DAOGANG_TILES"),
            ("https://tiles.example; script-src */{z}/{x}/{y}.png", "DAOGANG_TILES"),
            ("https://tiles.example/{z}/{x}/{y}.png?k={key}", "DAOGANG_TILES_KEY"),
            ("tianditu", "DAOGANG_TILES_KEY"),
            ("amap", "DAOGANG_TILES_DATUM"),
        ] {
            let found = read(&[("DAOGANG_TILES", tiles), ("DAOGANG_TILES_DATUM", "wgs84")]);
            assert_eq!(found, Err(variable), "{tiles}");
        }
        assert_eq!(read(&[("DAOGANG_TILES_KEY", "a b")]), Err("DAOGANG_TILES_KEY"));
        assert_eq!(read(&[("DAOGANG_TILES_DATUM", "nad27")]), Err("DAOGANG_TILES_DATUM"));
    }
}
