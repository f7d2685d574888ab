//! Who holds which place in the demo's week.

use chrono::TimeDelta;

use super::draw::Draw;
use super::organizations::Organizations;
use super::people::{People, Person};
use super::posts::{Audience, Post, Shift};
use crate::clock::Timestamp;
use crate::units::MemberId;

/// A claim before it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    /// Its shift's place in the list of shifts.
    pub(super) shift: usize,
    pub(super) member: MemberId,
    pub(super) claimed_at: Timestamp,
}

/// Gives places to leads and holders: a fifth of the shifts stays empty, a fifth is full, the rest is between.
pub(super) fn give(
    tree: &Organizations,
    people: &People,
    posts: &[Post],
    shifts: &[Shift],
    seed: u64,
) -> Vec<Claim> {
    let mut draw = Draw::new(seed, "claims");
    let mut holders: Vec<&Person> = people.holders().collect();
    let mut claims: Vec<Claim> = Vec::new();
    for (number, shift) in shifts.iter().enumerate() {
        let post = &posts[shift.post];
        let claim = |member, draw: &mut Draw| {
            let claimed_at = post.published_at.plus(TimeDelta::minutes(1 + draw.below(24 * 60) as i64));
            Claim { shift: number, member, claimed_at }
        };
        claims.extend(post.lead.map(|lead| claim(lead, &mut draw)));
        if post.kept_open {
            continue;
        }
        let open = shift.capacity as usize - usize::from(post.lead.is_some());
        let wanted = match draw.below(5) {
            0 => 0,
            1 => open,
            _ => draw.below(open),
        };
        draw.shuffle(&mut holders);
        let fitting: Vec<MemberId> = holders
            .iter()
            .filter(|person| admits(tree, &post.audience, person))
            .filter(|person| is_free(&claims, shifts, person.id, shift))
            .map(|person| person.id)
            .take(wanted)
            .collect();
        claims.extend(fitting.into_iter().map(|member| claim(member, &mut draw)));
    }
    claims
}

fn admits(tree: &Organizations, audience: &Audience, person: &Person) -> bool {
    let mut circles =
        [person.unit, Some(person.community)].into_iter().flatten().flat_map(|own| tree.upwards(own));
    match audience {
        Audience::Everyone => true,
        Audience::Subtree(top) => circles.any(|circle| circle == *top),
        Audience::Units(units) => circles.any(|circle| units.contains(&circle)),
    }
}

/// Touching ends are no overlap.
fn is_free(claims: &[Claim], shifts: &[Shift], member: MemberId, shift: &Shift) -> bool {
    let mut own = claims.iter().filter(|claim| claim.member == member).map(|claim| &shifts[claim.shift]);
    own.all(|other| other.ends_at <= shift.starts_at || shift.ends_at <= other.starts_at)
}
