//! Chance that falls the same way each time: one seed gives one city.

use rand::rngs::Xoshiro256PlusPlus;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use crate::crypto;

/// A stream of random choices.
pub(super) struct Draw(Xoshiro256PlusPlus);

impl Draw {
    /// The stream of one part of the city. Each part has its own, so that more members change no post.
    pub(super) fn new(seed: u64, part: &str) -> Self {
        Self(Xoshiro256PlusPlus::from_seed(crypto::sha256(&[&seed.to_le_bytes(), part.as_bytes()])))
    }

    /// A whole number from 0 up to, not including, `end`; 0 when there is none.
    pub(super) fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { self.0.random_range(0..end) }
    }

    /// A number from 0 to 1.
    pub(super) fn share(&mut self) -> f64 {
        self.0.random()
    }

    /// One of a list that isn't empty.
    pub(super) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Brings a list into an order of chance.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        list.shuffle(&mut self.0);
    }
}
