//! Organisations, the grids they answer for, and who holds which role in them.

mod grids;
pub mod http;
pub mod locate;
mod store;

pub use grids::Grids;
pub use store::{
    Box2, GridRow, Organization, OrganizationFilter, all_estates, grids_in, kinds, name, names,
    organizations_in, reached, reaches, roles_of, with_those_above,
};

use serde::Serialize;
use utoipa::ToSchema;

use crate::text_enum;
use crate::units::OrganizationId;

text_enum! {
    /// What kind of organisation it is.
    pub enum OrganizationKind {
        /// A city.
        City,
        /// A district or county.
        District,
        /// A street: a grid of level 1.
        Street,
        /// A community, holding both names (社区党组织 and 居委会): a grid of level 2.
        Community,
        /// A party branch on a grid or inside a unit.
        Branch,
        /// A party group.
        Group,
        /// A government office, school or company with its own party organisation.
        Unit,
    }
}

text_enum! {
    /// Where a grid stands in the tree.
    pub enum GridLevel {
        /// The whole city.
        City,
        /// A district or county.
        District,
        /// Level 1.
        Street,
        /// Level 2.
        Community,
        /// Level 3: estates and buildings.
        Estates,
    }
}

text_enum! {
    /// What a member may do in an organisation and everything below it.
    pub enum Role {
        /// Works on a grid.
        GridWorker,
        /// Answers for a building or an estate.
        BuildingHead,
        /// Secretary of a branch on a grid.
        GridSecretary,
        /// Leads a party group.
        GroupLeader,
        /// Acts for a community.
        CommunityOfficer,
        /// Acts for a unit (党务干事).
        UnitOfficer,
        /// Acts for a street.
        StreetOfficer,
        /// Acts for a district.
        DistrictOfficer,
        /// Acts for a city.
        CityOfficer,
        /// Reads a subtree masked, and verifies the ledger.
        Auditor,
    }
}

/// A role that someone holds now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeldRole {
    /// What they may do.
    pub role: Role,
    /// Where.
    pub organization_id: OrganizationId,
    /// The organisation's name.
    pub organization: String,
}

/// The organisations at whose heads someone stands; a scope reaches everything below them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Scope(pub Vec<OrganizationId>);
