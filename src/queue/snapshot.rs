//! The open shifts as one server remembers them: in the order of a minute, and by place.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::f64::consts::PI;
use std::sync::{Arc, Mutex, PoisonError};

use rstar::primitives::GeomWithData;
use rstar::{AABB, Envelope, RTree};

use super::open::OpenShift;
use super::rules::{self, Urgency};
use crate::clock::Timestamp;
use crate::crypto;
use crate::geo::{Metres, Position};
use crate::rules::Rules;
use crate::units::ShiftId;

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

/// A page is filled soon by walking when more shifts than this are near.
const FEW: usize = 300;

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

    /// The shifts in an order, after a place in it. Where a position and a distance are given, all that lie within it
    /// are among them, and few others: how far each is remains to be judged.
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
        let all = start..order.ranked.len();
        let ranks: Box<dyn Iterator<Item = usize> + 'a> = match near {
            None => Box::new(all),
            Some((position, within)) => {
                let around = surroundings(position, within);
                match self.few_in(&around, order) {
                    Some(ranks) => Box::new(ranks.into_iter().filter(move |rank| *rank >= start)),
                    None => {
                        Box::new(all.filter(move |rank| around.contains_point(&self.point_at(order, *rank))))
                    }
                }
            }
        };
        ranks.map(|rank| {
            let (urgency, number) = order.ranked[rank];
            (urgency, &self.shifts[number as usize])
        })
    }

    /// The ranks of the shifts in a box, ascending; nothing where there are many, which walking the order finds sooner.
    fn few_in(&self, around: &AABB<[f64; 2]>, order: &Order) -> Option<Vec<usize>> {
        let found = self.places.locate_in_envelope(around).take(FEW + 1);
        let mut ranks: Vec<_> = found.map(|point| order.ranks[point.data as usize] as usize).collect();
        ranks.sort_unstable();
        (ranks.len() <= FEW).then_some(ranks)
    }

    fn point_at(&self, order: &Order, rank: usize) -> [f64; 2] {
        let (_, number) = order.ranked[rank];
        self.shifts[number as usize].post.point
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

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use chrono::TimeDelta;
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::geo::Datum;
    use crate::posts::http::PostCard;
    use crate::posts::{Audience, Category};
    use crate::queue::open::OpenPost;
    use crate::units::{OrganizationId, PostId};

    static NOON: LazyLock<Timestamp> =
        LazyLock::new(|| Timestamp::parse("2026-09-01T12:00:00+08:00").unwrap());

    fn open_shift(id: i64, starts_in_hours: i64, position: Position) -> OpenShift {
        let starts_at = NOON.plus(TimeDelta::hours(starts_in_hours));
        let point = position.to_gcj02();
        let card = PostCard {
            id: PostId(id),
            organization_id: OrganizationId(1),
            category: Category::Cleaning,
            title: String::new(),
            place: String::new(),
            meeting_point: String::new(),
            position,
            priority: 0,
            hazardous: false,
            skills: Vec::new(),
        };
        let post = OpenPost {
            card,
            audience: Audience::Everyone,
            published_at: None,
            point: [point.lon(), point.lat()],
        };
        let ends_at = starts_at.plus(TimeDelta::hours(1));
        OpenShift { id: ShiftId(id), starts_at, ends_at, capacity: 4, taken: 0, post: Arc::new(post) }
    }

    fn any_position() -> impl Strategy<Value = Position> {
        let datum = prop_oneof![Just(Datum::Wgs84), Just(Datum::Gcj02), Just(Datum::Bd09)];
        let city = (35.6..36.5f64, 103.4..104.2f64);
        let anywhere = (-90.0..=90.0f64, -180.0..=180.0f64);
        (prop_oneof![4 => city, 1 => anywhere], datum)
            .prop_map(|((lat, lon), datum)| Position::new(lat, lon, datum).unwrap())
    }

    fn any_board() -> impl Strategy<Value = Vec<OpenShift>> {
        // Few and many: see `FEW`.
        let shift = || (0i64..100, any_position());
        prop_oneof![9 => vec(shift(), 0..60), 1 => vec(shift(), 400..500)].prop_map(|shifts| {
            (1..).zip(shifts).map(|(id, (hours, position))| open_shift(id, hours, position)).collect()
        })
    }

    proptest! {
        #[test]
        fn the_index_misses_nothing_that_is_near(shifts in any_board(), at in any_position(), metres in 1u32..=50_000) {
            let within = Metres::whole(metres);
            let board = Board::new(shifts, None);
            let order = board.order(*NOON);
            let is_near = |shift: &OpenShift| at.distance_to(shift.post.card.position) <= within;
            let found: Vec<_> =
                board.walk(&order, None, Some((at, within))).filter(|(_, shift)| is_near(shift)).collect();
            let all: Vec<_> = board.walk(&order, None, None).filter(|(_, shift)| is_near(shift)).collect();
            prop_assert_eq!(found, all);
        }

        #[test]
        fn walking_on_from_each_row_gives_every_row_once(shifts in any_board()) {
            let board = Board::new(shifts, None);
            let order = board.order(*NOON);
            let whole: Vec<_> = board.walk(&order, None, None).collect();
            let is_sorted = whole.is_sorted_by_key(|(urgency, shift)| (-urgency.0, shift.id));
            prop_assert!(is_sorted && whole.len() == board.shifts.len());
            let (mut steps, mut after) = (Vec::new(), None);
            while let Some((urgency, shift)) = board.walk(&order, after, None).next() {
                after = Some((urgency, shift.id));
                steps.push((urgency, shift));
            }
            prop_assert_eq!(steps, whole);
        }
    }

    #[test]
    fn the_same_rows_read_again_keep_their_board() {
        let at = Position::new(36.04, 103.85, Datum::Wgs84).unwrap();
        let shifts = vec![open_shift(1, 2, at), open_shift(2, 1, at)];
        let first = Snapshot::whole(shifts.clone(), *NOON, None);
        let later = NOON.plus(TimeDelta::seconds(5));
        let second = Snapshot::whole(shifts, later, Some(&first));
        assert!(Arc::ptr_eq(&first.board, &second.board));
        assert_eq!((first.read_at(ShiftId(1)), second.read_at(ShiftId(1))), (*NOON, later));
    }

    #[test]
    fn what_is_read_again_replaces_its_older_self_or_is_gone() {
        let at = Position::new(36.04, 103.85, Datum::Wgs84).unwrap();
        let before = Snapshot::whole((1..=3).map(|id| open_shift(id, 1, at)).collect(), *NOON, None);
        let later = NOON.plus(TimeDelta::seconds(1));
        let taken = OpenShift { taken: 3, ..open_shift(2, 1, at) };
        let ids = HashSet::from([ShiftId(2), ShiftId(3), ShiftId(4)]);
        let after = before.patched(&ids, vec![taken.clone(), open_shift(4, 1, at)], later);
        assert_eq!(after.board.shifts, [open_shift(1, 1, at), taken, open_shift(4, 1, at)]);
        assert_eq!((after.read_at(ShiftId(1)), after.read_at(ShiftId(2))), (*NOON, later));
        assert_ne!(before.board.name, after.board.name);
        // Same places, same index: only the order is reckoned anew.
        let same = after.patched(&ids, after.board.shifts[1..].to_vec(), later);
        assert!(Arc::ptr_eq(&after.board, &same.board));
    }
}
