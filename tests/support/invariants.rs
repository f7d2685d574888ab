//! What must hold after anything: read from the database itself, whatever the server said.

use daogang::db::Db;

use super::TestApp;
use super::databases::number;

/// The states of claims that take a place, of which a member has one a shift and no two at one time.
const STANDING: &str = "('held', 'checked_in', 'open', 'completed', 'unverified')";

/// Whether a claim in this state takes a place.
pub fn stands(state: &str) -> bool {
    STANDING.contains(&format!("'{state}'"))
}

/// Each fact, with the rows that would break it. `{standing}` stands for the states above.
const BROKEN: &[(&str, &str)] = &[
    (
        "the places taken are the claims that take one, and no more than there are",
        "FROM shifts WHERE taken > capacity OR taken <> (
            SELECT count(*) FROM claims WHERE claims.shift_id = shifts.id AND claims.state IN {standing})",
    ),
    (
        "a member has one standing claim a shift",
        "FROM (SELECT 1 FROM claims WHERE state IN {standing} GROUP BY shift_id, member_id HAVING count(*) > 1) AS twice",
    ),
    (
        "no two standing claims of a member overlap",
        "FROM claims AS one JOIN claims AS other ON one.member_id = other.member_id AND one.id < other.id
            AND one.starts_at < other.ends_at AND other.starts_at < one.ends_at
            WHERE one.state IN {standing} AND other.state IN {standing}",
    ),
    (
        "a standing claim has the times of its shift",
        "FROM claims JOIN shifts ON shifts.id = claims.shift_id
            WHERE claims.state IN {standing} AND shifts.state = 'open'
            AND (claims.starts_at <> shifts.starts_at OR claims.ends_at <> shifts.ends_at)",
    ),
    (
        "whoever leads a shift has claimed it",
        "FROM shifts WHERE (lead_id IS NOT NULL AND lead_id NOT IN (SELECT member_id FROM claims WHERE shift_id = shifts.id))
            OR (deputy_id IS NOT NULL AND deputy_id NOT IN (SELECT member_id FROM claims WHERE shift_id = shifts.id))",
    ),
    (
        "a person says no_show or excused, and not about themself",
        "FROM claims WHERE state IN ('no_show', 'excused') AND NOT EXISTS (
            SELECT 1 FROM claim_notes WHERE claim_id = claims.id AND kind = 'resolution' AND author_id <> claims.member_id)",
    ),
    (
        "a completed service has both ends, and a credited one is completed",
        "FROM claims WHERE (state = 'completed' OR id IN (SELECT claim_id FROM ledger_entries))
            AND (state <> 'completed' OR 2 <> (SELECT count(*) FROM checkins WHERE claim_id = claims.id))",
    ),
    (
        "minutes are those of the shift",
        "FROM ledger_entries AS entry JOIN claims ON claims.id = entry.claim_id
            WHERE entry.member_id <> claims.member_id OR entry.shift_id <> claims.shift_id
            OR entry.checked_out_at < entry.checked_in_at OR entry.ends_at <= entry.starts_at",
    ),
    (
        "a member's entries add up to the head",
        "FROM ledger_heads AS head WHERE (minutes, tenths, seq) <> (
            SELECT coalesce(sum(minutes), 0), coalesce(sum(tenths), 0), count(*)
            FROM ledger_entries WHERE member_id = head.member_id)",
    ),
    (
        "a reversal takes back what it names",
        "FROM ledger_entries AS back JOIN ledger_entries AS entry ON entry.id = back.reverses_id
            WHERE back.minutes <> -entry.minutes OR back.claim_id <> entry.claim_id OR entry.kind <> 'service'",
    ),
    (
        "a notice is promised once",
        "FROM (SELECT 1 FROM outbox GROUP BY kind, member_id, organization_id, key HAVING count(*) > 1) AS twice",
    ),
];

impl TestApp {
    /// Reads every invariant from the database, and names those that don't hold.
    #[track_caller]
    pub fn check_invariants(&self) {
        self.look(check);
    }
}

/// The same for a database without a server, such as one that was restored.
#[track_caller]
pub fn check(db: &mut Db) {
    let mut broken = Vec::new();
    for (fact, from) in BROKEN {
        let from = from.replace("{standing}", STANDING);
        let rows = number(db, &format!("SELECT count(*) AS n {from}"));
        if rows != 0 {
            broken.push((*fact, rows));
        }
    }
    assert!(broken.is_empty(), "broken, with the number of rows: {broken:#?}");
}
