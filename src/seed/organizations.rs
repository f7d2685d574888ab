//! The demo city's organisations: those of its grids, and 673 units with branches of their own.

use serde::Deserialize;

use super::city::City;
use super::names::name_key;
use crate::error::{Error, Result};
use crate::orgs::{GridLevel, OrganizationKind};
use crate::units::OrganizationId;

/// As many units as report in the city.
pub(super) const UNITS: usize = 673;

/// An organisation before it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Organization {
    pub(super) id: OrganizationId,
    pub(super) parent: Option<OrganizationId>,
    pub(super) kind: OrganizationKind,
    pub(super) code: Option<String>,
    pub(super) name: String,
    /// Spelling, for order and search.
    pub(super) name_key: String,
}

/// The tree, numbered from 1: the grids' organisations as the grids are, then units, then branches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Organizations(Vec<Organization>);

#[derive(Deserialize)]
struct UnitNames {
    city: Vec<String>,
    district: Vec<String>,
    brands: Vec<String>,
    trades: Vec<String>,
    branches: Vec<String>,
}

impl Organizations {
    /// Builds the tree of a city.
    pub(super) fn of(city: &City) -> Result<Self> {
        let mut tree = Self(Vec::new());
        for place in city.places() {
            let kind = match place.level {
                GridLevel::City => OrganizationKind::City,
                GridLevel::District => OrganizationKind::District,
                GridLevel::Street => OrganizationKind::Street,
                GridLevel::Community => OrganizationKind::Community,
                GridLevel::Estates => continue,
            };
            let parent = place.parent.map(|parent| OrganizationId(parent.0));
            tree.add(parent, kind, Some(place.code.clone()), place.name.clone());
        }
        let names: UnitNames =
            serde_json::from_str(include_str!("data/units.json")).map_err(Error::internal)?;
        let units: Vec<OrganizationId> = unit_names(city, &names)
            .into_iter()
            .take(UNITS)
            .map(|(parent, name)| tree.add(Some(parent), OrganizationKind::Unit, None, name))
            .collect();
        // Every third unit is large enough for several branches.
        for unit in units.into_iter().step_by(3) {
            for name in &names.branches {
                tree.add(Some(unit), OrganizationKind::Branch, None, name.clone());
            }
        }
        Ok(tree)
    }

    fn add(
        &mut self,
        parent: Option<OrganizationId>,
        kind: OrganizationKind,
        code: Option<String>,
        name: String,
    ) -> OrganizationId {
        let id = OrganizationId(self.0.len() as i64 + 1);
        let name_key = name_key(&name);
        self.0.push(Organization { id, parent, kind, code, name, name_key });
        id
    }

    /// Every organisation by number.
    pub(super) fn all(&self) -> &[Organization] {
        &self.0
    }

    /// Those of a kind.
    pub(super) fn of_kind(&self, kind: OrganizationKind) -> impl Iterator<Item = &Organization> {
        self.0.iter().filter(move |organization| organization.kind == kind)
    }

    /// One by number.
    pub(super) fn get(&self, id: OrganizationId) -> Option<&Organization> {
        self.0.get(usize::try_from(id.0 - 1).ok()?)
    }

    /// The name of one; empty when there is none.
    pub(super) fn name(&self, id: OrganizationId) -> &str {
        self.get(id).map_or("", |organization| &organization.name)
    }

    /// It and all above it, upwards.
    pub(super) fn upwards(&self, id: OrganizationId) -> impl Iterator<Item = OrganizationId> {
        std::iter::successors(Some(id), |id| self.get(*id)?.parent)
    }

    /// A unit's branches.
    pub(super) fn branches(&self, unit: OrganizationId) -> impl Iterator<Item = &Organization> {
        self.of_kind(OrganizationKind::Branch).filter(move |branch| branch.parent == Some(unit))
    }
}

/// Names of units and where they stand: offices and schools, then companies in turn over city and districts.
fn unit_names(city: &City, names: &UnitNames) -> Vec<(OrganizationId, String)> {
    const TOP: OrganizationId = OrganizationId(1);
    let mut units: Vec<(OrganizationId, String)> =
        names.city.iter().map(|name| (TOP, name.clone())).collect();
    units.extend((1..=24).map(|n| (TOP, format!("市第{}中学", numeral(n)))));
    let mut parents = vec![TOP];
    for district in city.of_level(GridLevel::District) {
        let (id, name) = (district.organization(), &district.name);
        parents.push(id);
        units.extend(names.district.iter().map(|office| (id, format!("{name}{office}"))));
        units.extend((1..=12).map(|n| (id, format!("{name}第{}小学", numeral(n)))));
        units.extend((1..=8).map(|n| (id, format!("{name}第{}幼儿园", numeral(n)))));
    }
    let companies =
        names.trades.iter().flat_map(|trade| names.brands.iter().map(move |brand| format!("{brand}{trade}")));
    units.extend(parents.into_iter().cycle().zip(companies));
    units
}

/// A number from 1 to 99 as schools write it.
fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10 % 10, DIGITS[number % 10]);
    match tens {
        0 => ones.to_owned(),
        1 => format!("十{ones}"),
        _ => format!("{}十{ones}", DIGITS[tens]),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn six_hundred_and_seventy_three_units_bear_different_names() {
        let tree = Organizations::of(&City::read().unwrap()).unwrap();
        let names: HashSet<&str> =
            tree.of_kind(OrganizationKind::Unit).map(|unit| unit.name.as_str()).collect();
        assert_eq!(names.len(), UNITS);
        let community = tree.of_kind(OrganizationKind::Community).next().unwrap();
        assert_eq!(tree.upwards(community.id).count(), 4);
        assert_eq!(tree.of_kind(OrganizationKind::Branch).count(), UNITS.div_ceil(3) * 3);
    }

    #[test]
    fn schools_are_numbered_in_words() {
        let words: Vec<String> = [3, 10, 12, 20, 24].into_iter().map(numeral).collect();
        assert_eq!(words, ["三", "十", "十二", "二十", "二十四"]);
    }
}
