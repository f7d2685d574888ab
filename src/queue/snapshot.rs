//! The open shifts as one server remembers them: in the order of a minute, and by place.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::f64::consts::PI;
use std::sync::{Arc, Mutex, PoisonError};

use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};
use serde::Serialize;
use utoipa::ToSchema;

use super::rules::{self, Need, Urgency};
use crate::clock::Timestamp;
use crate::crypto;
use crate::geo::{Metres, Position};
use crate::posts::{Audience, Category, Post, ShiftOf};
use crate::rules::Rules;
use crate::units::{OrganizationId, PostId, ShiftId};

/// What a member reads of a post before claiming.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PostCard {
    /// Its id.
    pub id: PostId,
    /// Its publisher.
    pub organization_id: OrganizationId,
    /// What kind of service it is.
    pub category: Category,
    /// Its title.
    pub title: String,
    /// The place by name.
    pub place: String,
    /// Where one meets.
    pub meeting_point: String,
    /// Where it is.
    pub position: Position,
    /// 0 normal, 1 high, 2 urgent.
    pub priority: i32,
    /// Whether it is dangerous.
    pub hazardous: bool,
    /// Skills or licences wanted.
    pub skills: Vec<String>,
}

/// A published post, shared by its shifts.
#[derive(Debug, PartialEq)]
pub(super) struct OpenPost {
    pub card: PostCard,
    pub audience: Audience,
    published_at: Option<Timestamp>,
    /// Degrees east and north in GCJ-02, the datum that every position can be brought to.
    point: [f64; 2],
}

/// A shift that takes place and is not over.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OpenShift {
    pub id: ShiftId,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub capacity: i32,
    pub taken: i32,
    pub post: Arc<OpenPost>,
}

impl OpenPost {
    fn of(post: Post) -> Self {
        let at = post.position.to_gcj02();
        Self {
            point: [at.lon(), at.lat()],
            audience: post.audience,
            published_at: post.published_at,
            card: PostCard {
                id: post.id,
                organization_id: post.organization_id,
                category: post.category,
                title: post.title,
                place: post.place,
                meeting_point: post.meeting_point,
                position: post.position,
                priority: post.priority,
                hazardous: post.hazardous,
                skills: post.skills,
            },
        }
    }
}

impl OpenShift {
    pub fn open(&self) -> i32 {
        self.capacity - self.taken
    }

    fn need(&self) -> Need {
        Need {
            starts_at: self.starts_at,
            capacity: self.capacity,
            open: self.open(),
            priority: self.post.card.priority,
            published_at: self.post.published_at,
        }
    }
}

/// Makes of rows what the queue keeps of them, ascending by id; shifts of one post share it.
pub(super) fn open_shifts(rows: Vec<ShiftOf>) -> Vec<OpenShift> {
    let mut posts: HashMap<PostId, Arc<OpenPost>> = HashMap::new();
    let mut shifts: Vec<OpenShift> = rows
        .into_iter()
        .map(|ShiftOf { shift, post }| OpenShift {
            id: shift.id,
            starts_at: shift.starts_at,
            ends_at: shift.ends_at,
            capacity: shift.capacity,
            taken: shift.taken,
            post: posts.entry(post.id).or_insert_with(|| Arc::new(OpenPost::of(post))).clone(),
        })
        .collect();
    shifts.sort_unstable_by_key(|shift| shift.id);
    shifts
}

/// Shifts by place: points in GCJ-02 with the number of their shift.
type Places = RTree<GeomWithData<[f64; 2], u32>>;

/// All open shifts at one moment. It never changes: what changes makes a new one.
pub(super) struct Board {
    /// Names this content; another server's has another name.
    pub name: [u8; 8],
    /// Ascending by id.
    shifts: Vec<OpenShift>,
    places: Arc<Places>,
    orders: Mutex<BTreeMap<Timestamp, Arc<Order>>>,
}

/// The shifts of a board in the order of one minute.
pub(super) struct Order {
    /// Numbers of shifts, most urgent first, then by id.
    ranked: Vec<(Urgency, u32)>,
    /// The rank of each shift by its number.
    ranks: Vec<u32>,
}

/// As many minutes as cursors live, and the one that begins.
const ORDERS_KEPT: usize = 7;

impl Board {
    /// Builds a board from shifts ascending by id; what lies where is taken over from `before` when that is the same.
    pub fn new(shifts: Vec<OpenShift>, before: Option<&Board>) -> Self {
        let places = before
            .filter(|board| has_same_places(&board.shifts, &shifts))
            .map_or_else(|| Arc::new(places(&shifts)), |board| board.places.clone());
        Self { name: crypto::random(), shifts, places, orders: Mutex::default() }
    }

    /// Whether these are the very shifts of this board.
    pub fn holds(&self, shifts: &[OpenShift]) -> bool {
        self.shifts == shifts
    }

    /// The shifts with some read again: those among `fresh` replace their older selves, the others of `ids` are gone.
    pub fn with(&self, ids: &HashSet<ShiftId>, fresh: Vec<OpenShift>) -> Vec<OpenShift> {
        let mut shifts: Vec<_> =
            self.shifts.iter().filter(|shift| !ids.contains(&shift.id)).cloned().collect();
        shifts.extend(fresh);
        // Nearly sorted already, which this sort makes use of.
        shifts.sort_by_key(|shift| shift.id);
        shifts
    }

    /// The order at a whole minute, reckoned once for all who ask.
    pub fn order(&self, as_of: Timestamp) -> Arc<Order> {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(order) = orders.get(&as_of) {
            return order.clone();
        }
        let order = Arc::new(Order::of(&self.shifts, as_of));
        orders.insert(as_of, order.clone());
        while orders.len() > ORDERS_KEPT {
            orders.pop_first();
        }
        order
    }

    /// The shifts in an order, after a place in it; only those within a distance of a position, where one is given.
    pub fn walk<'a>(
        &'a self,
        order: &'a Order,
        after: Option<(Urgency, ShiftId)>,
        near: Option<(Position, Metres)>,
    ) -> impl Iterator<Item = (Urgency, &'a OpenShift)> {
        let start = after.map_or(0, |(urgency, id)| {
            order.ranked.partition_point(|(ranked, number)| {
                (-ranked.0, self.shifts[*number as usize].id) <= (-urgency.0, id)
            })
        });
        let ranks: Box<dyn Iterator<Item = usize>> = match near {
            None => Box::new(start..order.ranked.len()),
            Some((position, within)) => {
                let candidates = self.places.locate_in_envelope(&surroundings(position, within));
                let mut ranks: Vec<_> = candidates
                    .map(|point| order.ranks[point.data as usize] as usize)
                    .filter(|rank| *rank >= start)
                    .collect();
                ranks.sort_unstable();
                Box::new(ranks.into_iter())
            }
        };
        ranks.map(|rank| {
            let (urgency, number) = order.ranked[rank];
            (urgency, &self.shifts[number as usize])
        })
    }
}

impl Order {
    fn of(shifts: &[OpenShift], as_of: Timestamp) -> Self {
        let weights = &Rules::of_day(as_of.day()).queue;
        let mut ranked: Vec<_> = (0..)
            .zip(shifts)
            .map(|(number, shift)| (rules::urgency(&shift.need(), as_of, weights), number))
            .collect();
        // Numbers ascend with ids.
        ranked.sort_unstable_by_key(|(urgency, number)| (-urgency.0, *number));
        let mut ranks = vec![0; shifts.len()];
        for (rank, (_, number)) in (0..).zip(&ranked) {
            ranks[*number as usize] = rank;
        }
        Self { ranked, ranks }
    }
}

fn has_same_places(before: &[OpenShift], after: &[OpenShift]) -> bool {
    before.len() == after.len()
        && before.iter().zip(after).all(|(old, new)| old.id == new.id && old.post.point == new.post.point)
}

fn places(shifts: &[OpenShift]) -> Places {
    let points = (0..).zip(shifts).map(|(number, shift)| GeomWithData::new(shift.post.point, number));
    RTree::bulk_load(points.collect())
}

/// A box in GCJ-02 that holds whatever is `within` of a position by the datum rule, and some of what isn't.
fn surroundings(position: Position, within: Metres) -> AABB<[f64; 2]> {
    /// The shortest degree of latitude anywhere is longer, in metres; so is one of longitude at the equator.
    const DEGREE: f64 = 110_500.0;
    let at = position.to_gcj02();
    // Lengths in WGS-84 and in GCJ-02 differ by less than a hundredth.
    let north = (within.value() * 1.01 + 100.0) / DEGREE;
    let parallel = ((at.lat().abs() + north).min(90.0) * PI / 180.0).cos();
    let east = if parallel > north / 180.0 { north / parallel } else { 360.0 };
    let (west, east) = match (at.lon() - east, at.lon() + east) {
        // Past the date line the box would have to be cut in two.
        (west, east) if west >= -180.0 && east <= 180.0 => (west, east),
        _ => (-180.0, 180.0),
    };
    AABB::from_corners([west, at.lat() - north], [east, at.lat() + north])
}

/// A board, and when it was read.
#[derive(Clone)]
pub(super) struct Snapshot {
    pub board: Arc<Board>,
    /// When all of it was read.
    read_at: Timestamp,
    /// Shifts that were read again since.
    read_since: Arc<HashMap<ShiftId, Timestamp>>,
}

impl Snapshot {
    /// What was read of the whole database. A board of the same content stays, with the orders that it has reckoned.
    pub fn whole(shifts: Vec<OpenShift>, read_at: Timestamp, before: Option<&Snapshot>) -> Self {
        let before = before.map(|snapshot| &snapshot.board);
        let board = match before.filter(|board| board.holds(&shifts)) {
            Some(board) => board.clone(),
            None => Arc::new(Board::new(shifts, before.map(|board| &**board))),
        };
        Self { board, read_at, read_since: Arc::default() }
    }

    /// The same with some shifts read again; those that weren't found are gone.
    pub fn patched(&self, ids: &HashSet<ShiftId>, fresh: Vec<OpenShift>, read_at: Timestamp) -> Self {
        let shifts = self.board.with(ids, fresh);
        let board = if self.board.holds(&shifts) {
            self.board.clone()
        } else {
            Arc::new(Board::new(shifts, Some(&self.board)))
        };
        let mut read_since = (*self.read_since).clone();
        read_since.extend(ids.iter().map(|id| (*id, read_at)));
        Self { board, read_at: self.read_at, read_since: Arc::new(read_since) }
    }

    /// When a shift was read from the database.
    pub fn read_at(&self, id: ShiftId) -> Timestamp {
        self.read_since.get(&id).copied().unwrap_or(self.read_at)
    }
}
