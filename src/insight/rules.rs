//! What a unit is told of each of its members.

use std::collections::{BTreeMap, BTreeSet};

use super::MemberHours;
use crate::clock::Timestamp;
use crate::ledger::{Balance, Presence, Span};
use crate::rules::LedgerRules;
use crate::units::MemberId;

/// A member of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UnitMember {
    pub id: MemberId,
    pub name: String,
    /// The name's spelling, by which the table is ordered.
    pub name_key: String,
    pub branch: Option<String>,
}

/// A completed service that no entry counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Uncounted {
    pub member: MemberId,
    pub shift: Span,
    pub arrived: Timestamp,
    pub left: Timestamp,
}

/// Numbers of the members who consented.
#[derive(Clone, Debug, Default)]
pub(super) struct Figures {
    pub consenting: BTreeSet<MemberId>,
    pub balances: BTreeMap<MemberId, Balance>,
    pub waiting: BTreeMap<MemberId, i64>,
}

/// Counts by member the services that wait; one too short will never count, and waits for nobody.
pub(super) fn waiting(uncounted: &[Uncounted], rules: &LedgerRules) -> BTreeMap<MemberId, i64> {
    let mut waiting = BTreeMap::new();
    for service in uncounted {
        let presence = Presence::between(service.shift, service.arrived, service.left);
        if presence.minutes >= rules.shortest {
            *waiting.entry(service.member).or_insert(0) += 1;
        }
    }
    waiting
}

/// Writes a member's row: numbers only with consent, and zero where there is nothing.
pub(super) fn row(member: UnitMember, figures: &Figures) -> MemberHours {
    let UnitMember { id, name, branch, .. } = member;
    let consented = figures.consenting.contains(&id);
    let balance = consented.then(|| figures.balances.get(&id).copied().unwrap_or_default());
    MemberHours {
        member_id: id,
        name,
        branch,
        consented,
        services: balance.map(|balance| balance.services),
        minutes: balance.map(|balance| balance.minutes),
        tenths: balance.map(|balance| balance.tenths),
        waiting: consented.then(|| figures.waiting.get(&id).copied().unwrap_or(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rules;

    fn member(id: i64) -> UnitMember {
        UnitMember { id: MemberId(id), name: "Amina".into(), name_key: "amina".into(), branch: None }
    }

    fn uncounted(member: i64, left: &str) -> Uncounted {
        let at = |time: &str| Timestamp::parse(&format!("2026-09-01T{time}:00+08:00")).unwrap();
        let shift = Span { start: at("07:30"), end: at("08:30") };
        Uncounted { member: MemberId(member), shift, arrived: at("07:25"), left: at(left) }
    }

    #[test]
    fn a_service_too_short_waits_for_nobody() {
        let services = [uncounted(1, "08:30"), uncounted(1, "07:45"), uncounted(2, "07:44")];
        assert_eq!(waiting(&services, &Rules::FIRST.ledger), BTreeMap::from([(MemberId(1), 2)]));
    }

    #[test]
    fn without_consent_there_is_no_number() {
        let balance = Balance { minutes: 60, tenths: 10, services: 1 };
        let mut figures = Figures {
            consenting: BTreeSet::from([MemberId(1), MemberId(3)]),
            balances: BTreeMap::from([(MemberId(1), balance), (MemberId(2), balance)]),
            waiting: BTreeMap::from([(MemberId(2), 4)]),
        };
        let numbers = |figures: &Figures, id| {
            let row = row(member(id), figures);
            (row.consented, row.services, row.minutes, row.tenths, row.waiting)
        };
        assert_eq!(numbers(&figures, 1), (true, Some(1), Some(60), Some(10), Some(0)));
        assert_eq!(numbers(&figures, 2), (false, None, None, None, None));
        assert_eq!(numbers(&figures, 3), (true, Some(0), Some(0), Some(0), Some(0)));
        figures.consenting.clear();
        assert_eq!(numbers(&figures, 1), (false, None, None, None, None));
    }
}
