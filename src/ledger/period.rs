//! A year or a quarter, counted in whole days of China.

use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate};

use super::Span;
use crate::clock::Timestamp;
use crate::error::{Error, Result};

/// The years that may be asked for.
const YEARS: RangeInclusive<i32> = 2000..=2100;

/// Days in China from the first to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
}

impl Span {
    /// A day in China.
    pub fn of_day(day: NaiveDate) -> Self {
        Period { first: day, last: day }.span()
    }
}

impl Period {
    /// A whole year, or one of its quarters, 1 to 4.
    ///
    /// # Errors
    /// `field.invalid` for a year outside 2000 to 2100 or a quarter that there isn't.
    pub fn of(year: i32, quarter: Option<u32>) -> Result<Self> {
        if !YEARS.contains(&year) {
            return Err(Error::field("year", "2000_to_2100"));
        }
        let (month, months) = match quarter {
            None => (1, 12),
            Some(quarter @ 1..=4) => (quarter * 3 - 2, 3),
            Some(_) => return Err(Error::field("quarter", "1_to_4")),
        };
        let first_of = |month: u32| match month {
            13 => NaiveDate::from_ymd_opt(year + 1, 1, 1),
            month => NaiveDate::from_ymd_opt(year, month, 1),
        };
        let ends = first_of(month).zip(first_of(month + months).and_then(|next| next.pred_opt()));
        let (first, last) = ends.ok_or_else(|| Error::field("year", "2000_to_2100"))?;
        Ok(Self { first, last })
    }

    /// From the first instant of the first day to the end of the last.
    pub fn span(self) -> Span {
        let next = self.last.checked_add_days(Days::new(1)).unwrap_or(self.last);
        Span { start: Timestamp::start_of(self.first), end: Timestamp::start_of(next) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_and_years_have_their_days() {
        for (year, quarter, first, last) in [
            (2026, None, "2026-01-01", "2026-12-31"),
            (2026, Some(1), "2026-01-01", "2026-03-31"),
            (2026, Some(3), "2026-07-01", "2026-09-30"),
            (2026, Some(4), "2026-10-01", "2026-12-31"),
        ] {
            let period = Period::of(year, quarter).unwrap();
            assert_eq!((period.first.to_string(), period.last.to_string()), (first.into(), last.into()));
        }
        for (year, quarter) in
            [(1999, None), (2101, None), (i32::MAX, None), (2026, Some(0)), (2026, Some(5))]
        {
            assert!(Period::of(year, quarter).is_err(), "{year}, {quarter:?}");
        }
    }

    #[test]
    fn a_quarter_begins_at_midnight_in_china() {
        let span = Period::of(2026, Some(3)).unwrap().span();
        assert_eq!(Some(span.start), Timestamp::parse("2026-06-30T16:00:00Z"));
        assert_eq!(Some(span.end), Timestamp::parse("2026-09-30T16:00:00Z"));
    }
}
