//! What officers read of what goes on: a unit's hours, and an organisation's day.

mod day;
mod hours;
