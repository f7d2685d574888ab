//! Signing in and staying signed in.

use crate::support::both_engines;

both_engines! {
    async fn a_member_reads_their_own_name(app: TestApp) {
        let me = app.member("amina").get("/me").await.ok();
        assert_eq!(me["name"], "Amina");
    }
}
