//! The whole demo city worked out before it is stored: the same for the same seed, day and number of members.

use super::Options;
use super::city::City;
use super::claims::{self, Claim};
use super::organizations::Organizations;
use super::people::{Officers, People};
use super::posts::{self, Post, Shift};
use crate::clock::Timestamp;
use crate::error::Result;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Plan {
    pub(super) city: City,
    pub(super) tree: Organizations,
    pub(super) people: People,
    pub(super) posts: Vec<Post>,
    pub(super) shifts: Vec<Shift>,
    /// Shift by shift.
    pub(super) claims: Vec<Claim>,
    /// When everything but posts and claims began.
    pub(super) began_at: Timestamp,
}

impl Plan {
    pub(super) fn of(options: &Options) -> Result<Self> {
        let Options { seed, from, members, .. } = *options;
        let city = City::read()?;
        let tree = Organizations::of(&city)?;
        let officers = Officers::choose(&city, &tree)?;
        let people = People::settle(&city, &tree, &officers, seed, members)?;
        let (posts, shifts) = posts::write_out(&city, &tree, &officers, &people, seed, from)?;
        let claims = claims::give(&tree, &people, &posts, &shifts, seed);
        let began_at = Timestamp::start_of(from).minus(chrono::TimeDelta::days(30));
        Ok(Self { city, tree, people, posts, shifts, claims, began_at })
    }

    /// How many places of a shift are taken.
    pub(super) fn taken(&self, shift: usize) -> usize {
        self.claims.iter().filter(|claim| claim.shift == shift).count()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use chrono::NaiveDate;

    use super::*;
    use crate::geo::{Datum, Fence, Outline, Position};
    use crate::seed::people::DemoRole;

    fn options(seed: u64, members: usize) -> Options {
        let now = Timestamp::parse("2026-09-01T07:00:00+08:00").unwrap();
        Options { seed, members, ..Options::at(now) }
    }

    #[test]
    fn one_seed_and_day_give_one_city() {
        let plan = Plan::of(&options(7, 30)).unwrap();
        assert_eq!(plan, Plan::of(&options(7, 30)).unwrap());
        assert_ne!(plan.people, Plan::of(&options(8, 30)).unwrap().people);
        let from = NaiveDate::from_ymd_opt(2026, 9, 3).unwrap();
        let later = Plan::of(&Options { from, ..options(7, 30) }).unwrap();
        assert_eq!((plan.people, plan.shifts.len()), (later.people, later.shifts.len()));
        assert_ne!(plan.shifts, later.shifts);
    }

    #[test]
    fn more_members_change_no_post_and_no_claim() {
        let (few, many) = (Plan::of(&options(7, 2)).unwrap(), Plan::of(&options(7, 500)).unwrap());
        assert_eq!((few.posts, few.shifts, few.claims), (many.posts, many.shifts, many.claims));
        let others = few.people.all().len() - 2;
        assert_eq!(many.people.all().len() - 500, others);
        assert_eq!(few.people.all()[..others], many.people.all()[..others]);
    }

    #[test]
    fn no_shift_holds_more_than_its_places_and_nobody_is_in_two_at_once() {
        let plan = Plan::of(&options(7, 30)).unwrap();
        let (mut full, mut empty) = (0, 0);
        for (number, shift) in plan.shifts.iter().enumerate() {
            let taken = plan.taken(number) as i32;
            assert!(taken <= shift.capacity, "{shift:?}");
            full += usize::from(taken == shift.capacity);
            empty += usize::from(taken == 0);
        }
        assert!(full >= 20 && empty >= 20, "{full} full and {empty} empty");
        let mut held: HashMap<_, Vec<&Shift>> = HashMap::new();
        for claim in &plan.claims {
            held.entry(claim.member).or_default().push(&plan.shifts[claim.shift]);
        }
        for own in held.values_mut() {
            own.sort_by_key(|shift| shift.starts_at);
            assert!(own.windows(2).all(|pair| pair[0].ends_at <= pair[1].starts_at));
        }
        let members = plan
            .people
            .all()
            .iter()
            .filter(|person| person.login.as_ref().is_some_and(|login| login.role == DemoRole::Member));
        assert!(members.into_iter().all(|member| !held.contains_key(&member.id)));
    }

    #[test]
    fn every_text_keeps_the_limits_of_the_interface() {
        let plan = Plan::of(&options(7, 30)).unwrap();
        let short = |text: &str, most| !text.is_empty() && text.chars().count() <= most;
        for post in &plan.posts {
            assert!(short(&post.title, 60), "{}", post.title);
            for text in [&post.place, &post.meeting_point, &post.bring] {
                assert!(short(text, 200), "{text}");
            }
            assert!(short(&post.description, 2_000) && post.risk_notice.chars().count() <= 2_000);
            assert!(post.duties.len() <= 5 && post.duties.iter().all(|line| short(line, 100)));
            assert!(post.skills.len() <= 10 && post.skills.iter().all(|skill| short(skill, 30)));
            let position = Position::new(post.at.y, post.at.x, Datum::Wgs84).unwrap();
            let outline = match (&post.radius_m, &post.polygon) {
                (Some(radius), None) => Outline::RadiusM(f64::from(*radius)),
                (None, Some(polygon)) => Outline::Polygon(polygon.parse().unwrap()),
                _ => panic!("{} has no fence or two", post.title),
            };
            assert!(Fence::new(position, &outline).unwrap().distance_to(position).is_zero());
        }
        for shift in &plan.shifts {
            let minutes = shift.ends_at.since(shift.starts_at).num_minutes();
            assert!((15..=24 * 60).contains(&minutes) && (1..=1_000).contains(&shift.capacity));
        }
    }

    #[test]
    fn the_week_has_posts_of_every_category_and_about_two_hundred_shifts() {
        let plan = Plan::of(&options(7, 30)).unwrap();
        let categories: HashSet<&str> = plan.posts.iter().map(|post| post.category.as_str()).collect();
        assert_eq!(categories.len(), 14);
        assert!((180..=220).contains(&plan.shifts.len()), "{}", plan.shifts.len());
        let crossing = &plan.posts[0];
        assert_eq!(crossing.title, "盘旋路十字文明交通劝导");
        assert_eq!(plan.shifts.iter().filter(|shift| shift.post == 0 && shift.capacity == 4).count(), 10);
        let lead = plan.people.all().iter().find(|person| Some(person.id) == crossing.lead).unwrap();
        assert_eq!(lead.name, "李秀英");
    }
}
