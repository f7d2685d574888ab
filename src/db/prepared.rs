//! Queries that are sent so often that their preparation is worth keeping.

use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::{QueryResult, RunQueryDsl};

use super::{Db, MultiBackend};

/// Keeps a query's preparation on each connection, though Diesel would prepare it anew each time.
///
/// Diesel keeps none of an insert, an update or a list (`eq_any`), since their SQL may come in endless forms. Parsing and
/// planning is then more work than running them, and on PostgreSQL one message more. Only for queries whose SQL is
/// the same every time: the same columns, the same length of every list; and only for queries that give rows, for
/// `execute` hands on a reference, through which Diesel doesn't see this. A change returns a column then.
pub fn prepared<T>(query: T) -> Prepared<T> {
    Prepared(query)
}

/// A query whose preparation is kept. Made by [`prepared`].
#[derive(Clone, Copy, Debug)]
pub struct Prepared<T>(T);

impl<T: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for Prepared<T> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }

    fn is_safe_to_cache_prepared(&self, _: &MultiBackend) -> QueryResult<bool> {
        Ok(true)
    }
}

impl<T> QueryId for Prepared<T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T: Query> Query for Prepared<T> {
    type SqlType = T::SqlType;
}

impl<T> RunQueryDsl<Db> for Prepared<T> {}
