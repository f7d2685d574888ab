// All messages of one language, a file for each feature.
import accounts from "./accounts";
import checkins from "./checkins";
import claims from "./claims";
import common from "./common";
import domain from "./domain";
import demo from "./demo";
import insight from "./insight";
import lead from "./lead";
import ledger from "./ledger";
import office from "./office";
import posts from "./posts";
import problem from "./problems";
import queue from "./queue";

export default { ...common, ...domain, problem, accounts, queue, claims, checkins, demo, lead, ledger, office, posts, insight };
