//! The days of scenarios.md, in the words of those who live them; as far as the server goes.

mod first_four;
