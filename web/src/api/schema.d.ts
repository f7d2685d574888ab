// Made by `npm run api` from the server's OpenAPI document; not to be edited.
export interface paths {
    "/api/v1/claims/{id}/check-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Checks in. Each judged try is answered 201 with the check-in that stands. */
        post: operations["check_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims/{id}/check-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Checks out: never refused for its place; final but for the lead's tick. */
        post: operations["check_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a place back: free until `free_until`, late until the start. */
        post: operations["release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says what happened with an `unverified` claim. Only a person does, and never about themself. */
        post: operations["resolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What pages need to know before anybody signs in: the server's time, and where the map's tiles are. */
        get: operations["public_config"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/demo/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Moves a demonstration's clock forward, and answers when all that fell due is done. */
        post: operations["set_clock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The grids of a level in a box, simplified for the zoom. */
        get: operations["grids"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-sent events about one topic: `me` and `queue` for every member, a shift for its lead and its publisher's
         *     officers, an organisation for its officers. Whoever may no longer listen is cut off within 15 seconds. A sign-in
         *     listens to at most 4 topics at once on a server.
         */
        get: operations["listen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in. */
        get: operations["who_am_i"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes one's own phone number. */
        patch: operations["change_me"];
        trace?: never;
    };
    "/api/v1/me/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own claims, each with its shift, its post and whom to ask. */
        get: operations["mine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own ledger: which minutes count, and why. */
        get: operations["my_ledger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own services, latest first: those that count, those that wait, and those of which nobody said anything. */
        get: operations["my_services"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own sign-ins. */
        get: operations["my_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends one of one's own sign-ins. */
        delete: operations["end_my_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/shifts-led": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shifts that one leads or is deputy in, as long as one's power lasts. */
        get: operations["led"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document. */
        get: operations["public_document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Organisations in the caller's reach, by spelling: those above and around the caller, and what their roles cover. */
        get: operations["organizations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{id}/day": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shifts of a day in China, of posts that an organisation or one below it has published. */
        get: operations["day"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{id}/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The hours of a unit's own members, by the spelling of their names, never by hours. With the media type of XLSX in
         *     `Accept`, all of them as a workbook, which asks for a sign-in within 15 minutes.
         */
        get: operations["hours"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{id}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What waits for an officer's word, oldest first, in shifts of the last 90 days: what nobody checked in for, what its
         *     evidence doesn't settle, and what no lead has ticked within a week.
         */
        get: operations["to_review"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Posts in the officer's scope with their shifts, newest first. */
        get: operations["list"];
        put?: never;
        /** Writes a post down as a draft. */
        post: operations["create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/posts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A post with its shifts. Its publisher's officers see drafts too. */
        get: operations["one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a post. Holders are told when its place changes, and may then give their places back freely. */
        patch: operations["change_post"];
        trace?: never;
    };
    "/api/v1/posts/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Calls a post off and tells everyone who holds a place. */
        post: operations["cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/posts/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a post; who holds a place keeps it. */
        post: operations["close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/posts/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets nobody claim a post for now; who holds a place keeps it. */
        post: operations["pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/posts/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets members see and claim a post. */
        post: operations["publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/posts/{id}/shifts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds a shift to a post. */
        post: operations["add_shift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/posts/batches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Undoes a step that made many posts, while nobody holds a place in them. */
        delete: operations["undo_rows"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/posts/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes many posts in one step: all or, if a row doesn't fit, none. A dry run only looks. */
        post: operations["create_rows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shifts that the member may claim now, most urgent first. */
        get: operations["queue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/screens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes a screen's access away at once. */
        delete: operations["revoke_screen"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/screens/pair": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pairs the screen on which the link was opened. A browser gets a cookie, another client a token; it reads its shift's
         *     code and head-counts until half an hour after the end.
         */
        post: operations["public_pair_screen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs in by account and password. A browser gets a cookie, other clients a token. */
        post: operations["public_sign_in"];
        /** Ends this sign-in. */
        delete: operations["sign_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A shift with its post, its places, and the caller's own claim. */
        get: operations["one_shift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a shift. Holders are told when its time changes, and may then give their places back freely. */
        patch: operations["change_shift"];
        trace?: never;
    };
    "/api/v1/shifts/{id}/arrivals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is expected at a shift, and who has arrived. */
        get: operations["arrivals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{id}/arrivals/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ticks arrivals: one, or the whole list. */
        post: operations["confirm_arrivals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{id}/attestations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Vouches that a member is, or was, there; never for oneself. */
        post: operations["vouch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Calls one shift off and tells everyone who holds a place. */
        post: operations["cancel_shift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{id}/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a place in a shift. */
        post: operations["take"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{id}/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A shift's code, from the opening of check-in to half an hour after the end. */
        get: operations["show_code"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{id}/departures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who arrived at a shift, and who has left. */
        get: operations["departures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{id}/departures/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ticks departures: one, or the whole list. A claim without a check-out gets one. */
        post: operations["confirm_departures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{id}/lead": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Names a shift's lead and deputy among its holders. */
        put: operations["name_lead"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{id}/screens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The screens of a shift that are paired or still wait to be. */
        get: operations["list_screens"];
        put?: never;
        /** Adds a screen for a shift: a link that is opened on it once, within 10 minutes. */
        post: operations["add_screen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops one shift for danger, by whoever is in charge. */
        post: operations["stop_shift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stops the shifts of today or tomorrow in the officer's scope: all, by category or by post. Sent again it stops what is
         *     still left.
         */
        post: operations["stop_day"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Notes the moment in which a code was seen, for clients without cookies. */
        post: operations["take_ticket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/c/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The address behind a code, opened by any scanner: notes the moment in a signed cookie that is good for 10 minutes,
         *     and changes nothing else, so that loading it again or ahead does no harm. 410 when the code has expired, 404 when
         *     this installation didn't make it; both without the cookie. The page is the ordinary first one, and its root element says
         *     `data-code-state` `seen`, `stale` or `unknown`.
         */
        get: operations["public_see_code"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tells that the process lives, and nothing about what it needs. */
        get: operations["public_alive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The server's figures for Prometheus, to whoever shows `DAOGANG_METRICS_TOKEN` as a bearer token. */
        get: operations["public_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tells whether requests can be served now. */
        get: operations["public_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description That the process lives. */
        Alive: {
            /**
             * @description Always `alive`.
             * @example alive
             */
            status: string;
            /** @description The version of the binary. */
            version: string;
        };
        /** @description One try by itself. */
        AttemptView: {
            /**
             * Format: int32
             * @description About how far outside, in metres to ten.
             */
            about_m?: number | null;
            evidence_level: components["schemas"]["EvidenceLevel"];
            reasons: components["schemas"]["Reason"][];
            verdict?: components["schemas"]["VerdictCode"] | null;
        };
        /** @description What someone in charge vouches for. */
        AttestationBody: {
            arrived_at?: components["schemas"]["Timestamp"] | null;
            claim_id: components["schemas"]["ClaimId"];
            left_at?: components["schemas"]["Timestamp"] | null;
            /** @description 1 to 200 characters. */
            reason: string;
        };
        /** @description Who may claim. */
        Audience: {
            /** @enum {string} */
            kind: "everyone";
        } | {
            /** @enum {string} */
            kind: "subtree";
            /** @description The organisation. */
            organization_id: components["schemas"]["OrganizationId"];
        } | {
            /** @enum {string} */
            kind: "units";
            /** @description The units. */
            organization_ids: components["schemas"]["OrganizationId"][];
        };
        /** @description What a ledger, or a part of it, adds up to. */
        Balance: {
            /**
             * Format: int64
             * @description Minutes, net of reversals.
             */
            minutes: number;
            /**
             * Format: int64
             * @description Services with minutes left after reversals.
             */
            services: number;
            /**
             * Format: int64
             * @description Points in tenths, net of reversals.
             */
            tenths: number;
        };
        /**
         * Format: int64
         * @description Names posts that were made in one step.
         */
        BatchId: number;
        /** @description Why an officer does something. */
        Because: {
            /** @description At most 200 characters. */
            reason?: string | null;
        };
        /**
         * @description What kind of service it is.
         * @enum {string}
         */
        Category: "traffic" | "waste_sorting" | "publicity" | "civility" | "cleaning" | "patrol" | "mediation" | "tutoring" | "care" | "culture" | "legal_aid" | "medical" | "emergency" | "other";
        /** @description Particulars that a member changes by themself. */
        ChangeMe: {
            /** @description A mobile number of mainland China. */
            phone: string;
        };
        /** @description How one checks in at a post. */
        CheckIn: {
            /** @description Whether `fair` evidence counts by itself. */
            fair_counts?: boolean;
            /** @description The ways that are open to members; a lead's attestation always is. */
            methods: components["schemas"]["CheckInMethod"][];
            /**
             * Format: int32
             * @description Minutes before the start from which one may check in, 0 to 120; 30 unless given.
             */
            opens_before_min?: number;
        };
        /**
         * @description A way of checking in that a post may choose.
         * @enum {string}
         */
        CheckInMethod: "lead_scan" | "rotating_code" | "geofence" | "poster_code";
        /** @description A member's place in a shift. */
        Claim: {
            /** @description When its state last changed. */
            changed_at: components["schemas"]["Timestamp"];
            /** @description When it was taken. */
            claimed_at: components["schemas"]["Timestamp"];
            /** @description When the shift ends. */
            ends_at: components["schemas"]["Timestamp"];
            /** @description Whether time or place changed since, so that it is given back freely. */
            free_release: boolean;
            /** @description Its id. */
            id: components["schemas"]["ClaimId"];
            /** @description Whether it was given back late. */
            late_release: boolean;
            /** @description Whose place it is. */
            member_id: components["schemas"]["MemberId"];
            /** @description In whose name its minutes are served. */
            served_as: components["schemas"]["ServedAs"];
            /** @description The shift. */
            shift_id: components["schemas"]["ShiftId"];
            /** @description When the shift begins. */
            starts_at: components["schemas"]["Timestamp"];
            /** @description Where it stands. */
            state: components["schemas"]["ClaimState"];
            /**
             * Format: int32
             * @description Goes up with every change.
             */
            version: number;
        };
        /**
         * Format: int64
         * @description Names a claim.
         */
        ClaimId: number;
        /**
         * @description Where a claim stands.
         * @enum {string}
         */
        ClaimState: "held" | "checked_in" | "open" | "completed" | "unverified" | "excused" | "no_show" | "void" | "released" | "cancelled";
        /** @description What a screen shows. */
        CodeView: components["schemas"]["ShownCode"] & {
            /** @description How many are expected, and how many came. */
            head_counts: components["schemas"]["HeadCounts"];
            /** @description The code that follows it, so that the screen changes on time. */
            next: components["schemas"]["ShownCode"];
            /** @description The server's real clock, so that the screen can tell how far its own is off. */
            now: components["schemas"]["Timestamp"];
        };
        /**
         * @description What has to happen before a service, or one end of it, counts.
         * @enum {string}
         */
        Counts: "counted" | "lead_confirms" | "under_review";
        /**
         * @description What a pair of degrees refers to.
         * @enum {string}
         */
        Datum: "wgs84" | "gcj02" | "bd09";
        /** @description Who leads a shift. */
        DayLead: {
            member_id: components["schemas"]["MemberId"];
            name: string;
            /** @description Their number as long as they hold a place in a shift that isn't over. */
            phone?: string | null;
        };
        /** @description A post of the day, also as it is drawn on a map. */
        DayPost: components["schemas"]["PostCard"] & {
            fence: components["schemas"]["Outline"];
            state: components["schemas"]["PostState"];
            /**
             * Format: int32
             * @description Version for edits.
             */
            version: number;
        };
        /** @description What the shifts of an organisation's day add up to. */
        DayTotals: {
            /**
             * Format: int64
             * @description Those among them that were stopped or cancelled.
             */
            called_off: number;
            /**
             * Format: int64
             * @description Places of those that take place.
             */
            capacity: number;
            /**
             * Format: int64
             * @description Those that take place and where nobody holds a place.
             */
            nobody_claimed: number;
            /**
             * Format: int64
             * @description Members who are checked in and have not left.
             */
            present_now: number;
            /**
             * Format: int64
             * @description All of them.
             */
            shifts: number;
            /**
             * Format: int64
             * @description Places of these that are taken.
             */
            taken: number;
            /**
             * Format: int64
             * @description Services that wait for a person's word.
             */
            to_review: number;
        };
        /** @description The day of an organisation. */
        DayView: {
            /**
             * Format: date
             * @description The day in China.
             */
            day: string;
            /** @description Its shifts by start; one over midnight belongs to both days. */
            shifts: components["schemas"]["Page_DayShift"];
            /** @description What all of its shifts add up to, on every page. */
            totals: components["schemas"]["DayTotals"];
        };
        /** @description A demonstration's clock. */
        DemoClock: {
            /**
             * Format: int64
             * @description Milliseconds.
             */
            offset_ms: number;
        };
        /** @description A check-in or a check-out that stands. */
        EndView: {
            at: components["schemas"]["Timestamp"];
            evidence_level: components["schemas"]["EvidenceLevel"];
            late: boolean;
            method?: components["schemas"]["Method"] | null;
            reasons: components["schemas"]["Reason"][];
            ticked_as?: components["schemas"]["LeadPower"] | null;
            verdict?: components["schemas"]["VerdictCode"] | null;
        };
        /**
         * Format: int64
         * @description Names a ledger entry.
         */
        EntryId: number;
        /**
         * @description How far the evidence of one end of a service goes.
         * @enum {string}
         */
        EvidenceLevel: "strong" | "fair" | "weak" | "attested";
        /** @description Grids as GeoJSON. */
        GridCollection: {
            features: components["schemas"]["GridFeature"][];
            type: string;
        };
        /** @description A grid as a GeoJSON feature. */
        GridFeature: {
            /** @description GeoJSON geometry in WGS-84, simplified for the box; `null` where no shape is known. */
            geometry?: {
                [key: string]: unknown;
            } | null;
            id: components["schemas"]["GridId"];
            properties: components["schemas"]["GridProperties"];
            type: string;
        };
        /**
         * Format: int64
         * @description Names a grid.
         */
        GridId: number;
        /**
         * @description Where a grid stands in the tree.
         * @enum {string}
         */
        GridLevel: "city" | "district" | "street" | "community" | "estates";
        /** @description What is said of a grid. */
        GridProperties: {
            code: string;
            level: components["schemas"]["GridLevel"];
            name: string;
            organization_id?: components["schemas"]["OrganizationId"] | null;
            parent_id?: components["schemas"]["GridId"] | null;
        };
        /** @description How many are expected at a shift, and how many came; nobody's name. */
        HeadCounts: {
            /**
             * Format: int64
             * @description Who has checked in.
             */
            arrived: number;
            /**
             * Format: int64
             * @description Who holds a place, whether or not they came.
             */
            expected: number;
            /**
             * Format: int64
             * @description Who has checked out.
             */
            left: number;
        };
        /** @description A role that someone holds now. */
        HeldRole: {
            /** @description The organisation's name. */
            organization: string;
            /** @description Where. */
            organization_id: components["schemas"]["OrganizationId"];
            /** @description What they may do. */
            role: components["schemas"]["Role"];
        };
        /** @description What an entry was judged by. */
        Inputs: {
            /** @description The check-in. */
            arrived: components["schemas"]["JudgedEnd"];
            /** @description The post's category. */
            category: string;
            /** @description The place that was held. */
            claim_id: components["schemas"]["ClaimId"];
            /** @description The shift's end; of a stopped one, the moment of stopping. */
            ends_at: components["schemas"]["Timestamp"];
            /** @description The check-out. */
            left: components["schemas"]["JudgedEnd"];
            /** @description The category's points an hour, in tenths. */
            rate_tenths: components["schemas"]["Tenths"];
            /** @description In whose name: `individual` or `unit`. */
            served_as: string;
            /** @description The shift that was stood. */
            shift_id: components["schemas"]["ShiftId"];
            /** @description The shift's start. */
            starts_at: components["schemas"]["Timestamp"];
            ticked_by?: components["schemas"]["MemberId"] | null;
        };
        /** @description One end of a service as it was judged. */
        JudgedEnd: {
            /** @description When. */
            at: components["schemas"]["Timestamp"];
            /** @description How far that goes. */
            level: string;
            /** @description How it was shown; `null` for a check-out without evidence. */
            method?: string | null;
            /** @description What the position said; `null` without one. */
            verdict?: string | null;
        };
        /** @description Who is to lead a shift. */
        Lead: {
            deputy_id?: components["schemas"]["MemberId"] | null;
            /** @description Holds a place in the shift: having claimed is the consent. */
            member_id: components["schemas"]["MemberId"];
        };
        /** @description How to reach whoever leads a shift. */
        LeadContact: {
            /** @description Their name. */
            name: string;
            /** @description Their number; `null` where they gave none, or where the reader may not see it now. */
            phone?: string | null;
        };
        /**
         * @description By what someone is in charge of a shift.
         * @enum {string}
         */
        LeadPower: "officer" | "lead";
        /** @description A member's ledger, of one year or whole. */
        LedgerView: {
            /** @description What all of its entries add up to, on every page. */
            balance: components["schemas"]["Balance"];
            /** @description Its entries, newest first. */
            entries: components["schemas"]["Page_EntryView"];
            /** @description Minutes that were served and have no entry, newest day first. */
            waiting_minutes: components["schemas"]["WaitingView"][];
        };
        /** @description The signed-in member. */
        Me: {
            community?: components["schemas"]["Named"] | null;
            /** @description Their id. */
            id: components["schemas"]["MemberId"];
            /** @description Their name. */
            name: string;
            /** @description Their phone number with its middle hidden. */
            phone?: string | null;
            /** @description The roles they hold now. */
            roles: components["schemas"]["HeldRole"][];
            /** @description What they are to the double report; shown to themself only. */
            standing: components["schemas"]["Standing"];
            unit?: components["schemas"]["Named"] | null;
            /**
             * Format: int32
             * @description Version for edits.
             */
            version: number;
        };
        /** @description One member in their unit's table. Without the member's consent all numbers are missing. */
        MemberHours: {
            /** @description The unit's branch they belong to. */
            branch?: string | null;
            /** @description Whether the member lets the unit see the numbers. */
            consented: boolean;
            /** @description Who. */
            member_id: components["schemas"]["MemberId"];
            /**
             * Format: int64
             * @description Minutes that count.
             */
            minutes?: number | null;
            /** @description Their name. */
            name: string;
            /**
             * Format: int64
             * @description Services with minutes that count in the period.
             */
            services?: number | null;
            /**
             * Format: int64
             * @description Points in tenths.
             */
            tenths?: number | null;
            /**
             * Format: int64
             * @description Completed services that no entry counts yet, for whose confirmation the member waits.
             */
            waiting?: number | null;
        };
        /**
         * Format: int64
         * @description Names a member; every account is one.
         */
        MemberId: number;
        /**
         * @description The way in which presence was shown.
         * @enum {string}
         */
        Method: "lead_scan" | "rotating_code" | "geofence" | "poster_code" | "attestation" | "back_entry";
        /**
         * Format: int32
         * @description Whole minutes of service; negative in a reversal.
         */
        Minutes: number;
        /** @description When it is to be. */
        MoveClock: {
            /** @description The instant that the clock is to show; later than what it shows. */
            to: components["schemas"]["Timestamp"];
        };
        /** @description When it is now. */
        Moved: {
            /** @description What the clock shows. */
            now: components["schemas"]["Timestamp"];
        };
        /** @description An organisation by its name. */
        Named: {
            /** @description Its id. */
            id: components["schemas"]["OrganizationId"];
            /** @description Its name. */
            name: string;
        };
        /** @description A post to be written. */
        NewPost: {
            /** @description Everyone unless given. */
            audience?: components["schemas"]["Audience"];
            /** @description At most 200 characters. */
            bring?: string;
            category: components["schemas"]["Category"];
            check_in: components["schemas"]["CheckIn"];
            /** @description At most 2,000 characters. */
            description?: string;
            /** @description At most 5 lines of 100 characters. */
            duties?: string[];
            fence: components["schemas"]["Outline"];
            /** @description By category unless given. */
            hazardous?: boolean | null;
            /** @description At most 200 characters. */
            insurance_ref?: string | null;
            /** @description At most 200 characters. */
            insurance_waived_by?: string | null;
            /** @description At most 200 characters. */
            meeting_point?: string;
            /** @description The publisher: the caller's organisation or one below it. */
            organization_id: components["schemas"]["OrganizationId"];
            /** @description At most 200 characters. */
            place?: string;
            position: components["schemas"]["Position"];
            /**
             * Format: int32
             * @description 0 normal, 1 high, 2 urgent.
             */
            priority?: number;
            /** @description At most 2,000 characters. */
            risk_notice?: string;
            /** @description 1 to 100. */
            shifts: components["schemas"]["ShiftBody"][];
            /** @description At most 10 of 30 characters. */
            skills?: string[];
            /** @description At most 60 characters. */
            title: string;
        };
        /** @description A claim that can't be ticked. */
        NotTicked: {
            claim_id: components["schemas"]["ClaimId"];
            code: string;
        };
        /** @description An organisation as others see it. */
        Organization: {
            /** @description Its national or own code. */
            code?: string | null;
            /** @description Its id. */
            id: components["schemas"]["OrganizationId"];
            /** @description What kind it is. */
            kind: components["schemas"]["OrganizationKind"];
            /** @description Its name. */
            name: string;
            parent_id?: components["schemas"]["OrganizationId"] | null;
            /**
             * Format: int32
             * @description Its version, for edits.
             */
            version: number;
        };
        /**
         * Format: int64
         * @description Names an organisation.
         */
        OrganizationId: number;
        /**
         * @description What kind of organisation it is.
         * @enum {string}
         */
        OrganizationKind: "city" | "district" | "street" | "community" | "branch" | "group" | "unit";
        /** @enum {string} */
        Outcome: "excused" | "no_show";
        /** @description A fence as it is written down: `{"radius_m": 80}` or `{"polygon": …}`. */
        Outline: {
            /**
             * Format: double
             * @description A circle round the post's position: metres from 20 to 1,000.
             */
            radius_m: number;
        } | {
            /** @description A GeoJSON polygon without holes, longitude first, in the datum of the post's position. */
            polygon: {
                [key: string]: unknown;
            };
        };
        /** @description A claim with what its member may still do. */
        OwnClaim: components["schemas"]["Claim"] & {
            free_until?: components["schemas"]["Timestamp"] | null;
        };
        /** @description A claim with its shift, its post, and whom to ask. */
        OwnPlace: components["schemas"]["OwnClaim"] & {
            /** @description What to wear and to bring. */
            bring: string;
            /** @description How one checks in. */
            check_in: components["schemas"]["CheckIn"];
            lead?: components["schemas"]["LeadContact"] | null;
            /** @description Its post. */
            post: components["schemas"]["PostCard"];
            /** @description The shift. */
            shift: components["schemas"]["ShiftView"];
        };
        /** @description One service of the member. */
        OwnService: components["schemas"]["ServiceView"] & {
            claim_id: components["schemas"]["ClaimId"];
            /** @description The publisher's name, who records and certifies. */
            organization: string;
            post: components["schemas"]["PostCard"];
            /** @description In whose name its minutes are served. */
            served_as: components["schemas"]["ServedAs"];
            shift: components["schemas"]["ShiftCard"];
            state: components["schemas"]["ClaimState"];
            waits_on?: components["schemas"]["WaitsOn"] | null;
        };
        /** @description One page of a list. */
        Page_DayShift: {
            /** @description The rows. */
            items: {
                /**
                 * Format: int64
                 * @description Who has checked in, those who left included.
                 */
                arrived: number;
                deputy?: components["schemas"]["DayLead"] | null;
                lead?: components["schemas"]["DayLead"] | null;
                /**
                 * Format: int64
                 * @description Who has checked out.
                 */
                left: number;
                /** @description The publisher's name. */
                organization: string;
                post: components["schemas"]["DayPost"];
                /** @description The shift with its places. */
                shift: components["schemas"]["ShiftView"];
                /**
                 * Format: int64
                 * @description Services that wait for a person's word.
                 */
                to_review: number;
            }[];
            /** @description The cursor of the next page; `null` on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_EntryView: {
            /** @description The rows. */
            items: {
                /**
                 * Format: date
                 * @description The day in China on which the minutes were served.
                 */
                day: string;
                /** @description SHA-256 over all of the above but the note's words. */
                hash: string;
                /** @description Its number among all entries. */
                id: components["schemas"]["EntryId"];
                /** @description What it was judged by. */
                inputs: components["schemas"]["Inputs"];
                /** @description `service`, or `reversal` of an earlier entry. */
                kind: string;
                /** @description Minutes; negative in a reversal. */
                minutes: components["schemas"]["Minutes"];
                /** @description Why, in the words of whoever acted, unless erased. */
                note?: string | null;
                /** @description The salted SHA-256 of the note. */
                note_hash?: string | null;
                /** @description The hash of the entry before it. */
                prev_hash: string;
                /** @description What made it count: `check_out`, `stop`, `lead_tick`, `officer_tick` or `correction`. */
                reason: string;
                /** @description When it was written. */
                recorded_at: components["schemas"]["Timestamp"];
                reverses_id?: components["schemas"]["EntryId"] | null;
                /**
                 * Format: int32
                 * @description The version of the rules that judged it.
                 */
                rules_version: number;
                /**
                 * Format: int64
                 * @description Its number in this ledger, from 1.
                 */
                seq: number;
                /** @description Points in tenths; negative in a reversal. */
                tenths: components["schemas"]["Tenths"];
            }[];
            /** @description The cursor of the next page; `null` on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_MemberHours: {
            /** @description The rows. */
            items: {
                /** @description The unit's branch they belong to. */
                branch?: string | null;
                /** @description Whether the member lets the unit see the numbers. */
                consented: boolean;
                /** @description Who. */
                member_id: components["schemas"]["MemberId"];
                /**
                 * Format: int64
                 * @description Minutes that count.
                 */
                minutes?: number | null;
                /** @description Their name. */
                name: string;
                /**
                 * Format: int64
                 * @description Services with minutes that count in the period.
                 */
                services?: number | null;
                /**
                 * Format: int64
                 * @description Points in tenths.
                 */
                tenths?: number | null;
                /**
                 * Format: int64
                 * @description Completed services that no entry counts yet, for whose confirmation the member waits.
                 */
                waiting?: number | null;
            }[];
            /** @description The cursor of the next page; `null` on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_Organization: {
            /** @description The rows. */
            items: {
                /** @description Its national or own code. */
                code?: string | null;
                /** @description Its id. */
                id: components["schemas"]["OrganizationId"];
                /** @description What kind it is. */
                kind: components["schemas"]["OrganizationKind"];
                /** @description Its name. */
                name: string;
                parent_id?: components["schemas"]["OrganizationId"] | null;
                /**
                 * Format: int32
                 * @description Its version, for edits.
                 */
                version: number;
            }[];
            /** @description The cursor of the next page; `null` on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_OwnPlace: {
            /** @description The rows. */
            items: (components["schemas"]["OwnClaim"] & {
                /** @description What to wear and to bring. */
                bring: string;
                /** @description How one checks in. */
                check_in: components["schemas"]["CheckIn"];
                lead?: components["schemas"]["LeadContact"] | null;
                /** @description Its post. */
                post: components["schemas"]["PostCard"];
                /** @description The shift. */
                shift: components["schemas"]["ShiftView"];
            })[];
            /** @description The cursor of the next page; `null` on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_OwnService: {
            /** @description The rows. */
            items: (components["schemas"]["ServiceView"] & {
                claim_id: components["schemas"]["ClaimId"];
                /** @description The publisher's name, who records and certifies. */
                organization: string;
                post: components["schemas"]["PostCard"];
                /** @description In whose name its minutes are served. */
                served_as: components["schemas"]["ServedAs"];
                shift: components["schemas"]["ShiftCard"];
                state: components["schemas"]["ClaimState"];
                waits_on?: components["schemas"]["WaitsOn"] | null;
            })[];
            /** @description The cursor of the next page; `null` on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_PostView: {
            /** @description The rows. */
            items: (components["schemas"]["Post"] & {
                /** @description Its shifts, in time. */
                shifts: components["schemas"]["ShiftView"][];
            })[];
            /** @description The cursor of the next page; `null` on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_QueueItem: {
            /** @description The rows. */
            items: {
                /**
                 * Format: int32
                 * @description Metres from the given position to the post; `null` without one.
                 */
                distance_m?: number | null;
                /** @description Its places. */
                places: components["schemas"]["Places"];
                /** @description Its post. */
                post: components["schemas"]["PostCard"];
                /** @description The shift. */
                shift: components["schemas"]["ShiftCard"];
                /** @description How urgently it needs people, 0 to 1,000. */
                urgency: components["schemas"]["Urgency"];
            }[];
            /** @description The cursor of the next page; `null` on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_ReviewItem: {
            /** @description The rows. */
            items: (components["schemas"]["ServiceView"] & {
                claim_id: components["schemas"]["ClaimId"];
                member_id: components["schemas"]["MemberId"];
                name: string;
                /** @description The publisher's name. */
                organization: string;
                post: components["schemas"]["PostCard"];
                shift: components["schemas"]["ShiftCard"];
                state: components["schemas"]["ClaimState"];
                unit?: string | null;
                /** @description The lead while they still may say it, else the publisher. */
                waits_on: components["schemas"]["WaitsOn"];
            })[];
            /** @description The cursor of the next page; `null` on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_ScreenView: {
            /** @description The rows. */
            items: {
                /** @description When it was added. */
                created_at: components["schemas"]["Timestamp"];
                /** @description The officer who added it. */
                created_by: components["schemas"]["MemberId"];
                /** @description Its id. */
                id: components["schemas"]["ScreenId"];
                paired_at?: components["schemas"]["Timestamp"] | null;
            }[];
            /** @description The cursor of the next page; `null` on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_SessionView: {
            /** @description The rows. */
            items: {
                /** @description When it began. */
                created_at: components["schemas"]["Timestamp"];
                /** @description When it ends unless it is used. */
                expires_at: components["schemas"]["Timestamp"];
                /** @description Its id. */
                id: components["schemas"]["SessionId"];
                /** @description When it was last used, within ten minutes. */
                seen_at: components["schemas"]["Timestamp"];
            }[];
            /** @description The cursor of the next page; `null` on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_ShiftView: {
            /** @description The rows. */
            items: {
                /**
                 * Format: int32
                 * @description Its places.
                 */
                capacity: number;
                deputy_id?: components["schemas"]["MemberId"] | null;
                /** @description When it ends; of a stopped one, the moment of stopping. */
                ends_at: components["schemas"]["Timestamp"];
                /** @description Its id. */
                id: components["schemas"]["ShiftId"];
                lead_id?: components["schemas"]["MemberId"] | null;
                /**
                 * Format: int32
                 * @description The places that are open.
                 */
                open: number;
                /** @description Its post. */
                post_id: components["schemas"]["PostId"];
                /** @description When it begins. */
                starts_at: components["schemas"]["Timestamp"];
                /** @description Where it stands. */
                state: components["schemas"]["ShiftState"];
                /** @description Why it was stopped or cancelled. */
                state_reason?: string | null;
                /**
                 * Format: int32
                 * @description The places that are taken.
                 */
                taken: number;
                /**
                 * Format: int32
                 * @description Version for edits.
                 */
                version: number;
            }[];
            /** @description The cursor of the next page; `null` on the last. */
            next?: string | null;
        };
        /** @description A paired screen's access. */
        Paired: {
            /** @description When that ends. */
            expires_at: components["schemas"]["Timestamp"];
            /** @description The shift whose code it reads. */
            shift_id: components["schemas"]["ShiftId"];
            /** @description For screens that are no browsers: shown once, sent as `Authorization: Bearer`. */
            token?: string | null;
        };
        /** @description A screen that waits to be paired. */
        Pairing: {
            /** @description When the link ends, by the real clock. */
            expires_at: components["schemas"]["Timestamp"];
            /** @description The screen's id. */
            id: components["schemas"]["ScreenId"];
            /** @description The link to open on the screen, once. */
            pairing_url: string;
        };
        /** @description What the pairing link holds. */
        PairingCode: {
            /** @description What stands behind `#` in the link. */
            code: string;
        };
        /** @description The places of a shift. */
        Places: {
            /** @description When this was so. */
            as_of: components["schemas"]["Timestamp"];
            /**
             * Format: int32
             * @description All of them.
             */
            capacity: number;
            /**
             * Format: int32
             * @description Those that are open.
             */
            open: number;
            /**
             * Format: int32
             * @description Those that are taken.
             */
            taken: number;
        };
        /** @description A place on the earth in a named datum: latitude within ±90 degrees, longitude within ±180. */
        Position: {
            datum: components["schemas"]["Datum"];
            /**
             * Format: double
             * @description Degrees north.
             */
            lat: number;
            /**
             * Format: double
             * @description Degrees east.
             */
            lon: number;
        };
        /** @description A position as a phone gives it; times by the phone's clock. */
        PositionBody: {
            /**
             * Format: double
             * @description Radius of 95 %, in metres.
             */
            accuracy_m?: number | null;
            datum: components["schemas"]["Datum"];
            /** Format: double */
            lat: number;
            /** Format: double */
            lon: number;
            sent_at?: components["schemas"]["Timestamp"] | null;
            taken_at?: components["schemas"]["Timestamp"] | null;
        };
        /** @description A post: what is to be done, where, and how one checks in. */
        Post: {
            /** @description Who may claim. */
            audience: components["schemas"]["Audience"];
            batch_id?: components["schemas"]["BatchId"] | null;
            /** @description What to wear and to bring. */
            bring: string;
            /** @description What kind of service it is. */
            category: components["schemas"]["Category"];
            /** @description How one checks in. */
            check_in: components["schemas"]["CheckIn"];
            community_id?: components["schemas"]["OrganizationId"] | null;
            /** @description When it was written. */
            created_at: components["schemas"]["Timestamp"];
            /** @description What is to be done. */
            description: string;
            /** @description Duties and don'ts, a line each. */
            duties: string[];
            /** @description The fence round it. */
            fence: components["schemas"]["Outline"];
            /** @description Whether it is dangerous. */
            hazardous: boolean;
            /** @description Its id. */
            id: components["schemas"]["PostId"];
            /** @description Reference of the insurance. */
            insurance_ref?: string | null;
            /** @description Who answers for that there is none. */
            insurance_waived_by?: string | null;
            /** @description Where one meets. */
            meeting_point: string;
            /** @description Its publisher, who records and certifies. */
            organization_id: components["schemas"]["OrganizationId"];
            /** @description The place by name. */
            place: string;
            /** @description Where it is. */
            position: components["schemas"]["Position"];
            /**
             * Format: int32
             * @description 0 normal, 1 high, 2 urgent.
             */
            priority: number;
            published_at?: components["schemas"]["Timestamp"] | null;
            /** @description What the danger is. */
            risk_notice: string;
            /** @description Skills or licences wanted. */
            skills: string[];
            /** @description Where it stands. */
            state: components["schemas"]["PostState"];
            /** @description Why it was paused, closed or cancelled. */
            state_reason?: string | null;
            /** @description Its title. */
            title: string;
            /**
             * Format: int32
             * @description Version for edits.
             */
            version: number;
        };
        /** @description What a member reads of a post before claiming. */
        PostCard: {
            /** @description What kind of service it is. */
            category: components["schemas"]["Category"];
            /** @description Whether it is dangerous. */
            hazardous: boolean;
            /** @description Its id. */
            id: components["schemas"]["PostId"];
            /** @description Where one meets. */
            meeting_point: string;
            /** @description Its publisher. */
            organization_id: components["schemas"]["OrganizationId"];
            /** @description The place by name. */
            place: string;
            /** @description Where it is. */
            position: components["schemas"]["Position"];
            /**
             * Format: int32
             * @description 0 normal, 1 high, 2 urgent.
             */
            priority: number;
            /** @description Skills or licences wanted. */
            skills: string[];
            /** @description Its title. */
            title: string;
        };
        /** @description What of a post is to change; what is left out stays. */
        PostEdit: {
            bring?: string | null;
            description?: string | null;
            duties?: string[] | null;
            fence?: components["schemas"]["Outline"] | null;
            insurance_ref?: string | null;
            insurance_waived_by?: string | null;
            meeting_point?: string | null;
            place?: string | null;
            position?: components["schemas"]["Position"] | null;
            /** Format: int32 */
            priority?: number | null;
            risk_notice?: string | null;
            skills?: string[] | null;
            title?: string | null;
        };
        /**
         * Format: int64
         * @description Names a post.
         */
        PostId: number;
        /**
         * @description Where a post stands.
         * @enum {string}
         */
        PostState: "draft" | "published" | "paused" | "closed" | "cancelled";
        /** @description A post with its shifts. */
        PostView: components["schemas"]["Post"] & {
            /** @description Its shifts, in time. */
            shifts: components["schemas"]["ShiftView"][];
        };
        /** @description What one asks for when pressing. */
        Press: {
            /** @description To wait when no place is open; not yet possible, so `false`. */
            wait?: boolean;
        };
        /** @description The check-in or check-out that stands, and what became of this try. */
        PressAnswer: {
            /** @description This try by itself. */
            attempt: components["schemas"]["AttemptView"];
            checked_in_at?: components["schemas"]["Timestamp"] | null;
            checked_out_at?: components["schemas"]["Timestamp"] | null;
            claim: components["schemas"]["ClaimId"];
            /** @description What it, or the whole service, waits for. */
            counts: components["schemas"]["Counts"];
            /** @description How far the standing one goes. */
            evidence_level: components["schemas"]["EvidenceLevel"];
            /** @description Whether it was received late. */
            late: boolean;
            lead?: components["schemas"]["LeadContact"] | null;
            minutes?: components["schemas"]["Minutes"] | null;
            /** @description What happened with the standing one. */
            reasons: components["schemas"]["Reason"][];
            state: components["schemas"]["ClaimState"];
            uncounted?: components["schemas"]["Uncounted"] | null;
            verdict?: components["schemas"]["VerdictCode"] | null;
        };
        /** @description How one checks in or out. For a check-out every field may be left out. */
        PressBody: {
            /** @description A rotating code, bare or as its whole URL. Without `code` and `ticket` the cookie `daogang_ticket` is used. */
            code?: string | null;
            method?: components["schemas"]["PressMethod"] | null;
            position?: components["schemas"]["PositionBody"] | null;
            recorded_at?: components["schemas"]["Timestamp"] | null;
            sent_at?: components["schemas"]["Timestamp"] | null;
            /** @description A ticket from `POST /tickets`. */
            ticket?: string | null;
        };
        /**
         * @description The ways that a member has.
         * @enum {string}
         */
        PressMethod: "rotating_code" | "geofence" | "poster_code";
        /** @description A refusal as clients read it. */
        Problem: {
            /**
             * @description The stable code.
             * @example claim.shift_full
             */
            code: string;
            /** @description One sentence in the caller's language that says what to do next. */
            detail: string;
            /** @description Facts that the sentence needs, by name. */
            facts: {
                [key: string]: unknown;
            };
            /** @description Names the request in the log. */
            request_id: string;
            /**
             * Format: int32
             * @description The HTTP status once more.
             */
            status: number;
            /** @description The code's sentence in English. */
            title: string;
            /**
             * @description `/problems/` and the code.
             * @example /problems/claim.shift_full
             */
            type: string;
        };
        /** @description What pages need to know before anybody signs in. */
        PublicConfig: {
            demo?: components["schemas"]["DemoClock"] | null;
            /** @description What the rules' clock shows; pages never trust the phone's. */
            now: components["schemas"]["Timestamp"];
            tiles?: components["schemas"]["Tiles"] | null;
            /** @description The version of the binary. */
            version: string;
        };
        /** @description A shift that needs people. */
        QueueItem: {
            /**
             * Format: int32
             * @description Metres from the given position to the post; `null` without one.
             */
            distance_m?: number | null;
            /** @description Its places. */
            places: components["schemas"]["Places"];
            /** @description Its post. */
            post: components["schemas"]["PostCard"];
            /** @description The shift. */
            shift: components["schemas"]["ShiftCard"];
            /** @description How urgently it needs people, 0 to 1,000. */
            urgency: components["schemas"]["Urgency"];
        };
        /** @description Whether requests can be served. */
        Readiness: {
            /**
             * @description `ok`, `away`, or `other_shape` when its migrations don't fit this binary.
             * @example ok
             */
            database: string;
            /** @description Whether they can. */
            ready: boolean;
            /**
             * @description `none`, `joined` or `away`; the server serves without it.
             * @example joined
             */
            redis: string;
        };
        /**
         * @description Something that happened with a check-in or check-out; it accuses nobody.
         * @enum {string}
         */
        Reason: "edge" | "no_position" | "clock_skew" | "teleport" | "same_position" | "odd_accuracy" | "shared_device" | "forwarded_code" | "late_code";
        /** @description Why something ends before its time. */
        ReasonBody: {
            /** @description 1 to 200 characters. */
            reason: string;
        };
        /** @description What happened. "Was here" is an attestation instead. */
        Resolution: {
            outcome: components["schemas"]["Outcome"];
            /** @description 1 to 200 characters. */
            reason: string;
        };
        /**
         * @description A service that waits for an officer. The lists of its shift settle it: `…/arrivals/confirm`, `…/departures/confirm`,
         *     `…/attestations`; and `/claims/{id}/resolve` says that nobody was there.
         */
        ReviewItem: components["schemas"]["ServiceView"] & {
            claim_id: components["schemas"]["ClaimId"];
            member_id: components["schemas"]["MemberId"];
            name: string;
            /** @description The publisher's name. */
            organization: string;
            post: components["schemas"]["PostCard"];
            shift: components["schemas"]["ShiftCard"];
            state: components["schemas"]["ClaimState"];
            unit?: string | null;
            /** @description The lead while they still may say it, else the publisher. */
            waits_on: components["schemas"]["WaitsOn"];
        };
        /**
         * @description What a member may do in an organisation and everything below it.
         * @enum {string}
         */
        Role: "grid_worker" | "building_head" | "grid_secretary" | "group_leader" | "community_officer" | "unit_officer" | "street_officer" | "district_officer" | "city_officer" | "auditor";
        /** @description Who is expected, and how their ends stand. */
        RollCall: {
            head_counts: components["schemas"]["HeadCounts"];
            items: components["schemas"]["RollItem"][];
            shift_id: components["schemas"]["ShiftId"];
        };
        /** @description One member on the list. */
        RollItem: components["schemas"]["ServiceView"] & {
            claim_id: components["schemas"]["ClaimId"];
            member_id: components["schemas"]["MemberId"];
            name: string;
            state: components["schemas"]["ClaimState"];
            unit?: string | null;
        };
        /** @description What became, or would become, of one row. */
        RowAnswer: {
            /** @description Why the row doesn't fit: a code. */
            code?: string | null;
            community_id?: components["schemas"]["OrganizationId"] | null;
            /** @description The fields that need another value, with their rules. */
            fields: {
                [key: string]: unknown;
            };
            post_id?: components["schemas"]["PostId"] | null;
            /** @description Its number, from 1. */
            row: number;
        };
        /** @description Rows of posts. */
        Rows: {
            /** @description Only looks what would be made. */
            dry_run: boolean;
            /** @description Publishes them at once; else they are drafts. */
            publish?: boolean;
            /** @description 1 to 200 posts, each as in `POST /posts`. */
            rows: components["schemas"]["NewPost"][];
        };
        /** @description What became, or would become, of the rows. */
        RowsAnswer: {
            batch_id?: components["schemas"]["BatchId"] | null;
            /** @description Whether every row fits; only then anything is made. */
            fits: boolean;
            /** @description Row by row. */
            rows: components["schemas"]["RowAnswer"][];
        };
        /**
         * Format: int64
         * @description Names a paired screen.
         */
        ScreenId: number;
        /** @description A screen as officers see it. */
        ScreenView: {
            /** @description When it was added. */
            created_at: components["schemas"]["Timestamp"];
            /** @description The officer who added it. */
            created_by: components["schemas"]["MemberId"];
            /** @description Its id. */
            id: components["schemas"]["ScreenId"];
            paired_at?: components["schemas"]["Timestamp"] | null;
        };
        /** @description A code that was just seen. */
        SeenCode: {
            /** @description The code, bare or as its whole URL. */
            code: string;
        };
        /**
         * @description In whose name minutes are served.
         * @enum {string}
         */
        ServedAs: "individual" | "unit";
        /** @description Both ends of a service, and what they come to. */
        ServiceView: {
            check_in?: components["schemas"]["EndView"] | null;
            check_out?: components["schemas"]["EndView"] | null;
            counts?: components["schemas"]["Counts"] | null;
            minutes?: components["schemas"]["Minutes"] | null;
            uncounted?: components["schemas"]["Uncounted"] | null;
        };
        /**
         * Format: int64
         * @description Names a sign-in.
         */
        SessionId: number;
        /** @description A sign-in as its owner sees it. */
        SessionView: {
            /** @description When it began. */
            created_at: components["schemas"]["Timestamp"];
            /** @description When it ends unless it is used. */
            expires_at: components["schemas"]["Timestamp"];
            /** @description Its id. */
            id: components["schemas"]["SessionId"];
            /** @description When it was last used, within ten minutes. */
            seen_at: components["schemas"]["Timestamp"];
        };
        /** @description A shift to be made: 15 minutes to 24 hours, 1 to 1,000 places. */
        ShiftBody: {
            /**
             * Format: int32
             * @description Its places.
             */
            capacity: number;
            /** @description When it ends. */
            ends_at: components["schemas"]["Timestamp"];
            /** @description When it begins. */
            starts_at: components["schemas"]["Timestamp"];
        };
        /** @description When a shift is. */
        ShiftCard: {
            /** @description When it ends. */
            ends_at: components["schemas"]["Timestamp"];
            /** @description Its id. */
            id: components["schemas"]["ShiftId"];
            /** @description When it begins. */
            starts_at: components["schemas"]["Timestamp"];
        };
        /** @description What of a shift is to change; what is left out stays. */
        ShiftEdit: {
            /** Format: int32 */
            capacity?: number | null;
            ends_at?: components["schemas"]["Timestamp"] | null;
            starts_at?: components["schemas"]["Timestamp"] | null;
        };
        /**
         * Format: int64
         * @description Names a shift.
         */
        ShiftId: number;
        /**
         * @description Where a shift stands.
         * @enum {string}
         */
        ShiftState: "open" | "stopped" | "cancelled";
        /** @description A shift with its places. */
        ShiftView: {
            /**
             * Format: int32
             * @description Its places.
             */
            capacity: number;
            deputy_id?: components["schemas"]["MemberId"] | null;
            /** @description When it ends; of a stopped one, the moment of stopping. */
            ends_at: components["schemas"]["Timestamp"];
            /** @description Its id. */
            id: components["schemas"]["ShiftId"];
            lead_id?: components["schemas"]["MemberId"] | null;
            /**
             * Format: int32
             * @description The places that are open.
             */
            open: number;
            /** @description Its post. */
            post_id: components["schemas"]["PostId"];
            /** @description When it begins. */
            starts_at: components["schemas"]["Timestamp"];
            /** @description Where it stands. */
            state: components["schemas"]["ShiftState"];
            /** @description Why it was stopped or cancelled. */
            state_reason?: string | null;
            /**
             * Format: int32
             * @description The places that are taken.
             */
            taken: number;
            /**
             * Format: int32
             * @description Version for edits.
             */
            version: number;
        };
        /** @description A code with the time in which a screen shows it. */
        ShownCode: {
            /** @description The code. */
            code: string;
            /** @description A picture of the address, black on white, with its quiet zone; it scales to any size. */
            svg: string;
            /** @description The address that a scanner opens. */
            url: string;
            /** @description From when a screen shows it, by the real clock. */
            valid_from: components["schemas"]["Timestamp"];
            /** @description Until when a screen shows it; whoever saw it has 15 seconds more. */
            valid_until: components["schemas"]["Timestamp"];
        };
        /** @description A sign-in that has begun. */
        SignedIn: {
            /** @description When it ends unless it is used. */
            expires_at: components["schemas"]["Timestamp"];
            /** @description Who signed in. */
            me: components["schemas"]["Me"];
            /** @description For clients that are no browsers: shown once, sent as `Authorization: Bearer`. */
            token?: string | null;
        };
        /** @description What one signs in with. */
        SignIn: {
            /** @description The account, in any case. */
            account: string;
            /** @description The password. */
            password: string;
        };
        /**
         * @description What a member is to the double report; never shown to other members.
         * @enum {string}
         */
        Standing: "in_service" | "retired" | "volunteer";
        /** @description What is stopped. */
        Stop: {
            category?: components["schemas"]["Category"] | null;
            /**
             * Format: date
             * @description Today or tomorrow, in China.
             */
            day: string;
            /** @description Only these posts. */
            post_ids?: components["schemas"]["PostId"][] | null;
            /** @description 1 to 200 characters: rain, dust, cold, police. */
            reason: string;
        };
        /** @description What was stopped. */
        Stopped: {
            /** @description The places that were called off. */
            cancelled: number;
            /** @description The members who were checked out. */
            checked_out: number;
            /** @description The shifts that were stopped. */
            shift_ids: components["schemas"]["ShiftId"][];
        };
        /**
         * Format: int32
         * @description Tenths of a point; negative in a reversal.
         */
        Tenths: number;
        /** @description What became of the ticks. */
        Ticked: {
            /** @description The claims that were ticked. */
            done: components["schemas"]["TickedClaim"][];
            /** @description The claims that can't be ticked, each with the reason's code. */
            not_done: components["schemas"]["NotTicked"][];
        };
        /** @description A ticked claim. */
        TickedClaim: {
            claim_id: components["schemas"]["ClaimId"];
            counts?: components["schemas"]["Counts"] | null;
            minutes?: components["schemas"]["Minutes"] | null;
            state: components["schemas"]["ClaimState"];
            uncounted?: components["schemas"]["Uncounted"] | null;
        };
        /** @description The moment in which a code was seen, kept for a check-in or check-out. */
        Ticket: {
            /** @description When it ends, by the real clock. */
            expires_at: components["schemas"]["Timestamp"];
            /** @description The shift whose code it was. */
            shift_id: components["schemas"]["ShiftId"];
            /** @description Sent with the check-in or check-out; good for this sign-in only. */
            ticket: string;
        };
        /** @description Which claims are ticked. */
        Ticks: {
            at?: components["schemas"]["Timestamp"] | null;
            /** @description 1 to 1,000 claims of the shift. */
            claim_ids: components["schemas"]["ClaimId"][];
        };
        /** @description Where a map's tiles come from (`DAOGANG_TILES` and its companions); maps are usable without. */
        Tiles: {
            /** @description Stands on the map. */
            attribution: string;
            /** @description What the tiles' places are drawn in. */
            datum: components["schemas"]["Datum"];
            /** @description Addresses with `{z}`, `{x}`, `{y}` and, when there are subdomains, `{s}`; drawn one over the other. */
            layers: string[];
            /**
             * Format: int32
             * @description The closest zoom that there are tiles for.
             */
            max_zoom: number;
            /**
             * @description `tianditu`, `amap` or `custom`.
             * @example tianditu
             */
            name: string;
            /** @description What may stand for `{s}`. */
            subdomains: string[];
        };
        /** Format: date-time */
        Timestamp: string;
        /** @description One event's data: that something changed, and nothing of what it is now. */
        Told: {
            /**
             * Format: int64
             * @description The member, shift or organisation; none for `queue` and `resync`.
             */
            id?: number | null;
            /** @description `me`, `queue`, `shift`, `organization`; or `resync` when events may have been missed: fetch everything again. */
            topic: string;
            /**
             * Format: int64
             * @description The version that it has now; 0 where it has none.
             */
            version: number;
        };
        /**
         * @description Why a service has no entry.
         * @enum {string}
         */
        Uncounted: "too_short" | "under_review" | "day_cap";
        /**
         * Format: int64
         * @description How urgently a shift needs people: 0 to 1,000 by the first rules.
         */
        Urgency: number;
        /**
         * @description Whether a position lay inside the fence; the distance of one outside is kept apart.
         * @enum {string}
         */
        VerdictCode: "inside" | "outside" | "cannot_tell" | "stale";
        /**
         * @description Why minutes wait beside the ledger.
         * @enum {string}
         */
        WaitingReason: "day_cap";
        /** @description Minutes of one service and day that wait. */
        WaitingView: {
            /** @description The place that was held. */
            claim_id: components["schemas"]["ClaimId"];
            /**
             * Format: date
             * @description The day in China on which they were served.
             */
            day: string;
            /** @description How many. */
            minutes: components["schemas"]["Minutes"];
            /** @description Why they wait. */
            reason: components["schemas"]["WaitingReason"];
            /** @description The shift that was stood. */
            shift_id: components["schemas"]["ShiftId"];
            /** @description Since when. */
            since: components["schemas"]["Timestamp"];
        };
        /** @description Who has to say something of a service before it counts. */
        WaitsOn: {
            kind: components["schemas"]["WaitsOnKind"];
            /** @description The lead's name, or the publisher's. */
            name: string;
            /** @description The lead's number as long as the reader may see it, which ends with the shift. */
            phone?: string | null;
        };
        /**
         * @description The lead, or an officer of the publisher.
         * @enum {string}
         */
        WaitsOnKind: "lead" | "organization";
        /** @description A shift with its post, its places, and the caller's own claim. */
        WholeShift: components["schemas"]["ShiftView"] & {
            claim?: components["schemas"]["OwnClaim"] | null;
            lead?: components["schemas"]["LeadContact"] | null;
            /** @description The publisher's name. */
            organization: string;
            post: components["schemas"]["Post"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    check_in: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a claim */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PressBody"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PressAnswer"];
                };
            };
        };
    };
    check_out: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a claim */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PressBody"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PressAnswer"];
                };
            };
        };
    };
    release: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a claim */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnClaim"];
                };
            };
        };
    };
    resolve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a claim */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Resolution"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Claim"];
                };
            };
        };
    };
    public_config: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicConfig"];
                };
            };
        };
    };
    set_clock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveClock"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Moved"];
                };
            };
        };
    };
    grids: {
        parameters: {
            query: {
                /** @description `west,south,east,north` in WGS-84 degrees. */
                bbox: string;
                /** @description Which level of the tree. */
                level: components["schemas"]["GridLevel"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GridCollection"];
                };
            };
        };
    };
    listen: {
        parameters: {
            query: {
                /**
                 * @description `me`, `queue`, `shift:{id}` or `organization:{id}`.
                 * @example queue
                 */
                topic: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Told"];
                };
            };
        };
    };
    who_am_i: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    change_me: {
        parameters: {
            query?: never;
            header: {
                /** @description the version that the edit is based on */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeMe"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    mine: {
        parameters: {
            query?: {
                /** @description Where the page before ended. */
                cursor?: string;
                /** @description Rows a page, 1 to 100. */
                limit?: number;
                /**
                 * @description `ahead`: still to be stood or to be checked out from, soonest first; `past`: all others, latest first. Unless
                 *     given, all of them, the newest claim first.
                 */
                when?: "ahead" | "past";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_OwnPlace"];
                };
            };
        };
    };
    my_ledger: {
        parameters: {
            query?: {
                /** @description Where the page before ended. */
                cursor?: string;
                /** @description Rows a page, 1 to 100. */
                limit?: number;
                /** @description Only what was served in this year in China. */
                year?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerView"];
                };
            };
        };
    };
    my_services: {
        parameters: {
            query?: {
                /** @description Where the page before ended. */
                cursor?: string;
                /** @description Rows a page, 1 to 100. */
                limit?: number;
                /** @description Only shifts that began in this year in China. */
                year?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_OwnService"];
                };
            };
        };
    };
    my_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_SessionView"];
                };
            };
        };
    };
    end_my_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a session */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    led: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ShiftView"];
                };
            };
        };
    };
    public_document: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    organizations: {
        parameters: {
            query?: {
                /** @description Where the page before ended. */
                cursor?: string;
                /** @description Only of this kind. */
                kind?: components["schemas"]["OrganizationKind"];
                /** @description Rows a page, 1 to 100. */
                limit?: number;
                /** @description Only those whose name or pinyin holds this text. */
                q?: string;
                /** @description Only below this organisation. */
                under?: components["schemas"]["OrganizationId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Organization"];
                };
            };
        };
    };
    day: {
        parameters: {
            query?: {
                /** @description Where the page before ended. */
                cursor?: string;
                /** @description A day in China; today unless given. */
                day?: string;
                /** @description Shifts a page, 1 to 100. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description the organisation */
                id: components["schemas"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DayView"];
                };
            };
        };
    };
    hours: {
        parameters: {
            query?: {
                /** @description Where the page before ended. */
                cursor?: string;
                /** @description Rows a page, 1 to 100; a workbook holds all of them. */
                limit?: number;
                /** @description A quarter of it, 1 to 4; the whole year unless given. */
                quarter?: number;
                /** @description The year in China; this one unless given. */
                year?: number;
            };
            header?: never;
            path: {
                /** @description the unit */
                id: components["schemas"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_MemberHours"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
        };
    };
    to_review: {
        parameters: {
            query?: {
                /** @description Where the page before ended. */
                cursor?: string;
                /** @description Rows a page at most, 1 to 100; a page may hold fewer though more follow. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description the publisher, with those below it */
                id: components["schemas"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ReviewItem"];
                };
            };
        };
    };
    list: {
        parameters: {
            query?: {
                /** @description Where the page before ended. */
                cursor?: string;
                /** @description Only those with a shift on this day in China. */
                day?: string;
                /** @description Rows a page, 1 to 100. */
                limit?: number;
                /** @description Only of publishers at or below this organisation. */
                organization_id?: components["schemas"]["OrganizationId"];
                /** @description Only in this state. */
                state?: components["schemas"]["PostState"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_PostView"];
                };
            };
        };
    };
    create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPost"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostView"];
                };
            };
        };
    };
    one: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a post */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostView"];
                };
            };
        };
    };
    change_post: {
        parameters: {
            query?: never;
            header: {
                /** @description the version that the edit is based on */
                "If-Match": string;
            };
            path: {
                /** @description a post */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostEdit"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostView"];
                };
            };
        };
    };
    cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a post */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonBody"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostView"];
                };
            };
        };
    };
    close: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a post */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Because"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostView"];
                };
            };
        };
    };
    pause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a post */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Because"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostView"];
                };
            };
        };
    };
    publish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a post */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostView"];
                };
            };
        };
    };
    add_shift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a post */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShiftBody"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostView"];
                };
            };
        };
    };
    undo_rows: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a batch of rows */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    create_rows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Rows"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RowsAnswer"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RowsAnswer"];
                };
            };
        };
    };
    queue: {
        parameters: {
            query?: {
                /** @description Only this kind of service. */
                category?: components["schemas"]["Category"];
                /** @description Where the page before ended; good for 5 minutes. */
                cursor?: string;
                /** @description What the degrees refer to. */
                datum?: components["schemas"]["Datum"];
                /** @description Only shifts that begin then or later: RFC 3339 with offset. */
                from?: string;
                /** @description Where the member is: with `lon` and `datum`, or none of the three. */
                lat?: number;
                /** @description Rows a page, 1 to 100. */
                limit?: number;
                /** @description Degrees east. */
                lon?: number;
                /** @description Only shifts that begin before. */
                to?: string;
                /** @description Only posts so many metres away or less, 1 to 50,000; needs a position. */
                within_m?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_QueueItem"];
                };
            };
            /** @description As it was */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    revoke_screen: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a screen */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    public_pair_screen: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PairingCode"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paired"];
                };
            };
        };
    };
    public_sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    one_shift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a shift */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeShift"];
                };
            };
        };
    };
    change_shift: {
        parameters: {
            query?: never;
            header: {
                /** @description the version that the edit is based on */
                "If-Match": string;
            };
            path: {
                /** @description a shift */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShiftEdit"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShiftView"];
                };
            };
        };
    };
    arrivals: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ShiftId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RollCall"];
                };
            };
        };
    };
    confirm_arrivals: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ShiftId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Ticks"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticked"];
                };
            };
        };
    };
    vouch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ShiftId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttestationBody"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TickedClaim"];
                };
            };
        };
    };
    cancel_shift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a shift */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonBody"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShiftView"];
                };
            };
        };
    };
    take: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a shift */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Press"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnClaim"];
                };
            };
        };
    };
    show_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a shift */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodeView"];
                };
            };
        };
    };
    departures: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ShiftId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RollCall"];
                };
            };
        };
    };
    confirm_departures: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ShiftId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Ticks"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticked"];
                };
            };
        };
    };
    name_lead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a shift */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Lead"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShiftView"];
                };
            };
        };
    };
    list_screens: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a shift */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ScreenView"];
                };
            };
        };
    };
    add_screen: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a shift */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pairing"];
                };
            };
        };
    };
    stop_shift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ShiftId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonBody"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShiftView"];
                };
            };
        };
    };
    stop_day: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Stop"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stopped"];
                };
            };
        };
    };
    take_ticket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SeenCode"];
            };
        };
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
        };
    };
    public_see_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a rotating code */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    public_alive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alive"];
                };
            };
        };
    };
    public_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    public_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused, with a stable code */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed; worth another try */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Not now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
}
