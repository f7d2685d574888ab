//! The demo city's people: officers, those who hold places already, and members who hold none yet.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

use super::city::{City, Place};
use super::draw::Draw;
use super::names::{Names, name_key};
use super::organizations::Organizations;
use crate::accounts::Standing;
use crate::error::{Error, Result};
use crate::orgs::{GridLevel, OrganizationKind, Role};
use crate::units::{MemberId, OrganizationId};

/// What an account of the demo city is for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumIter, EnumString, IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum DemoRole {
    /// Serves, and holds no place yet.
    Member,
    /// Leads shifts on the spot.
    SiteLead,
    /// Acts for a community.
    CommunityOfficer,
    /// Acts for a unit.
    UnitOfficer,
    /// Acts for a street.
    StreetOfficer,
    /// Acts for a district.
    DistrictOfficer,
    /// Acts for the city.
    CityOfficer,
    /// Reads the city masked.
    Auditor,
}

impl DemoRole {
    /// The role that is held in an organisation, if any.
    pub(super) fn held(self) -> Option<Role> {
        match self {
            Self::Member | Self::SiteLead => None,
            Self::CommunityOfficer => Some(Role::CommunityOfficer),
            Self::UnitOfficer => Some(Role::UnitOfficer),
            Self::StreetOfficer => Some(Role::StreetOfficer),
            Self::DistrictOfficer => Some(Role::DistrictOfficer),
            Self::CityOfficer => Some(Role::CityOfficer),
            Self::Auditor => Some(Role::Auditor),
        }
    }
}

/// A way to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Login {
    pub(super) role: DemoRole,
    pub(super) account: String,
}

/// A member before they are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) id: MemberId,
    pub(super) name: String,
    pub(super) name_key: String,
    pub(super) standing: Standing,
    pub(super) unit: Option<OrganizationId>,
    pub(super) branch: Option<OrganizationId>,
    pub(super) community: OrganizationId,
    pub(super) phone: String,
    pub(super) login: Option<Login>,
    pub(super) held: Option<(Role, OrganizationId)>,
    /// Whether the unit may see their numbers.
    pub(super) consents: bool,
}

/// The community whose grid holds the crossing at 盘旋路.
pub(super) const CROSSING: &str = "620102020004";
/// So many units have an officer, and half of all members.
const UNITS_WITH_OFFICER: usize = 20;
/// Further members who hold the demo's own places.
const HOLDERS: usize = 110;
/// As many posts in data/posts.json have a lead of their own.
pub(super) const LEADS: usize = 6;

/// Everyone, numbered from 1: officers, leads, holders, then members, so that their number changes nobody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct People {
    all: Vec<Person>,
    officers: HashMap<OrganizationId, MemberId>,
}

impl People {
    /// Everyone by number.
    pub(super) fn all(&self) -> &[Person] {
        &self.all
    }

    /// The officer who publishes for an organisation.
    pub(super) fn officer_of(&self, organization: OrganizationId) -> Option<MemberId> {
        self.officers.get(&organization).copied()
    }

    /// Those who lead on the spot.
    pub(super) fn leads(&self) -> impl Iterator<Item = &Person> {
        self.all
            .iter()
            .filter(|person| person.login.as_ref().is_some_and(|login| login.role == DemoRole::SiteLead))
    }

    /// Those who hold the demo's own places: they have no account.
    pub(super) fn holders(&self) -> impl Iterator<Item = &Person> {
        self.all.iter().filter(|person| person.login.is_none())
    }

    /// Settles everyone in a city.
    pub(super) fn settle(
        city: &City,
        tree: &Organizations,
        officers: &Officers,
        seed: u64,
        members: usize,
    ) -> Result<Self> {
        let mut hall = Registry::open(city, tree, officers)?;
        let mut draw = Draw::new(seed, "officers");
        for (role, organization) in &officers.0 {
            hall.appoint(*role, *organization, &mut draw);
        }
        let mut draw = Draw::new(seed, "holders");
        for number in 0..LEADS {
            let name = (number == 0).then_some("李秀英");
            hall.enrol(name, number == 0, Some(DemoRole::SiteLead), &mut draw);
        }
        for _ in 0..HOLDERS {
            hall.enrol(None, false, None, &mut draw);
        }
        let mut draw = Draw::new(seed, "members");
        let told = ["王建国", "赵敏", "陈刚"];
        for number in 0..members {
            match told.get(number) {
                Some(name) => hall.enrol(Some(name), true, Some(DemoRole::Member), &mut draw),
                None if number == told.len() => hall.volunteer("刘玉兰", &mut draw),
                None => hall.enrol(None, false, Some(DemoRole::Member), &mut draw),
            }
        }
        Ok(Self { all: hall.people, officers: hall.officers })
    }
}

/// Which organisation has an officer of which role, those of 盘旋路 and 市商务局 first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Officers(Vec<(DemoRole, OrganizationId)>);

impl Officers {
    /// City, districts, two streets a district with two communities each, the crossing's own, some units.
    pub(super) fn choose(city: &City, tree: &Organizations) -> Result<Self> {
        let missing = || Error::internal("the demo city has no community for the crossing");
        let crossing = city.by_code(CROSSING).ok_or_else(missing)?;
        let home = city.above(crossing).ok_or_else(missing)?;
        let mut officers = Vec::new();
        for place in city.of_level(GridLevel::City) {
            officers.push((DemoRole::CityOfficer, place.organization()));
            officers.push((DemoRole::Auditor, place.organization()));
        }
        let mut districts: Vec<&Place> = city.of_level(GridLevel::District).collect();
        districts.sort_by_key(|place| Some(place.id) != home.parent);
        let mut streets = vec![home];
        for district in &districts {
            officers.push((DemoRole::DistrictOfficer, district.organization()));
            streets.extend(city.below(district.id).filter(|street| street.id != home.id).take(2));
        }
        officers.extend(streets.iter().map(|street| (DemoRole::StreetOfficer, street.organization())));
        // Street by street in turn, so that neighbours in this list stand in different streets.
        let mut communities = vec![crossing];
        for turn in 0..2 {
            communities.extend(streets[1..].iter().filter_map(|street| city.below(street.id).nth(turn)));
        }
        officers.extend(communities.iter().map(|place| (DemoRole::CommunityOfficer, place.organization())));
        let units = tree.of_kind(OrganizationKind::Unit).take(UNITS_WITH_OFFICER);
        officers.extend(units.map(|unit| (DemoRole::UnitOfficer, unit.id)));
        Ok(Self(officers))
    }

    /// Where officers of a role act.
    pub(super) fn of_role(&self, role: DemoRole) -> impl Iterator<Item = OrganizationId> {
        self.0.iter().filter(move |(held, _)| *held == role).map(|(_, organization)| *organization)
    }
}

/// Where people are entered, one after the other.
struct Registry {
    names: Names,
    crossing: OrganizationId,
    near: Vec<OrganizationId>,
    communities: Vec<OrganizationId>,
    units: Vec<OrganizationId>,
    branches: HashMap<OrganizationId, Vec<OrganizationId>>,
    people: Vec<Person>,
    officers: HashMap<OrganizationId, MemberId>,
    accounts: HashMap<DemoRole, usize>,
    in_units: usize,
}

impl Registry {
    fn open(city: &City, tree: &Organizations, officers: &Officers) -> Result<Self> {
        let near: Vec<OrganizationId> = officers.of_role(DemoRole::CommunityOfficer).collect();
        let units: Vec<OrganizationId> = tree.of_kind(OrganizationKind::Unit).map(|unit| unit.id).collect();
        let branches = units
            .iter()
            .map(|unit| (*unit, tree.branches(*unit).map(|branch| branch.id).collect()))
            .collect();
        Ok(Self {
            names: Names::read()?,
            crossing: near[0],
            near,
            communities: city.of_level(GridLevel::Community).map(Place::organization).collect(),
            units,
            branches,
            people: Vec::new(),
            officers: HashMap::new(),
            accounts: HashMap::new(),
            in_units: 0,
        })
    }

    /// Enters an officer; a unit's officer is one of its members.
    fn appoint(&mut self, role: DemoRole, organization: OrganizationId, draw: &mut Draw) {
        let unit = (role == DemoRole::UnitOfficer).then_some(organization);
        let community = match role {
            DemoRole::CommunityOfficer => organization,
            _ => draw.pick(&self.communities),
        };
        let name = self.names.draw(draw);
        let id = self.enter(name, Standing::InService, unit, community, Some(role), draw);
        if let (Some(person), Some(held)) = (self.people.last_mut(), role.held()) {
            person.held = Some((held, organization));
            if role != DemoRole::Auditor {
                self.officers.insert(organization, id);
            }
        }
    }

    /// Enters a member; `known` ones are of 市商务局 and live by the crossing.
    fn enrol(&mut self, name: Option<&str>, known: bool, role: Option<DemoRole>, draw: &mut Draw) {
        let name = name.map_or_else(|| self.names.draw(draw), str::to_owned);
        if known {
            self.enter(name, Standing::InService, Some(self.units[0]), self.crossing, role, draw);
            return;
        }
        let standing = match draw.below(25) {
            0..20 => Standing::InService,
            20..22 => Standing::Retired,
            _ => Standing::Volunteer,
        };
        let community = match draw.below(25) {
            0..2 => self.crossing,
            2..12 => draw.pick(&self.near),
            _ => draw.pick(&self.communities),
        };
        let unit = (standing == Standing::InService).then(|| match draw.below(50) {
            0..6 => self.units[0],
            6..25 => draw.pick(&self.units[..UNITS_WITH_OFFICER]),
            _ => draw.pick(&self.units),
        });
        self.enter(name, standing, unit, community, role, draw);
    }

    fn volunteer(&mut self, name: &str, draw: &mut Draw) {
        let role = Some(DemoRole::Member);
        self.enter(name.to_owned(), Standing::Volunteer, None, self.crossing, role, draw);
    }

    fn enter(
        &mut self,
        name: String,
        standing: Standing,
        unit: Option<OrganizationId>,
        community: OrganizationId,
        role: Option<DemoRole>,
        draw: &mut Draw,
    ) -> MemberId {
        let id = MemberId(self.people.len() as i64 + 1);
        let branches = unit.and_then(|unit| self.branches.get(&unit)).filter(|list| !list.is_empty());
        let branch = branches.map(|list| draw.pick(list));
        self.in_units += usize::from(unit.is_some());
        let login = role.map(|role| self.login(role));
        self.people.push(Person {
            id,
            name_key: name_key(&name),
            name,
            standing,
            unit,
            branch,
            community,
            // No mobile number of China begins with 12, so that these are nobody's.
            phone: format!("126{:08}", id.0),
            login,
            held: None,
            consents: unit.is_some() && !self.in_units.is_multiple_of(10),
        });
        id
    }

    fn login(&mut self, role: DemoRole) -> Login {
        let number = self.accounts.entry(role).or_default();
        *number += 1;
        let code: &str = role.into();
        Login { role, account: format!("{}-{number}", code.replace('_', "-")) }
    }
}
