// Every refusal in English; the same codes as in Chinese.
export default {
  request: {
    malformed: "What was sent could not be understood; reload the page and try again"
  },
  session: {
    required: "Sign in first",
    wrong_credentials: "Account or password is wrong; try again"
  },
  role: {
    not_allowed: "Your role does not have this; ask an officer above you"
  },
  origin: {
    refused: "Please act from the pages of Daogang: open them again and retry"
  },
  row: {
    not_found: "Not there, or not within your reach"
  },
  idempotency: {
    key_reused: "This step got mixed up with the one before; press once more"
  },
  post: {
    wrong_state: "The post's state does not allow this; load it again",
    insurance_missing: "A hazardous post needs an insurance reference, or the name of who waives it",
    has_holders: "Someone holds a place; cancel the post instead, which tells them"
  },
  shift: {
    capacity_below_taken: "The capacity can't be lower than the places taken",
    holder_conflict: "A holder would then have two shifts at once",
    ended: "This shift has ended"
  },
  claim: {
    started: "The shift has started; tell the lead if you can't come",
    wrong_state: "The claim's state does not allow this; load it again",
    shift_full: "All places are taken; look at other posts",
    time_conflict: "You already have a shift at this time",
    already_held: "You already hold a place in this shift",
    closed: "This shift can't be claimed any more; look at others",
    not_for_you: "This post is open to certain units or areas only"
  },
  lead: {
    not_a_holder: "The lead has to hold a place in this shift first",
    own_claim: "Your own arrival and departure are confirmed by someone else",
    time_out_of_range: "The time given lies outside this shift; check it"
  },
  checkin: {
    too_early: "Check-in is not open yet",
    too_late: "Check-in has closed; ask the lead",
    code_stale: "This code has expired; scan the one that shows now",
    code_wrong_shift: "This code is another shift's; scan the one at your post",
    code_invalid: "This code can't be read; scan again or ask the lead",
    position_needed: "A position is needed; without one, ask the lead",
    method_not_allowed: "This post does not use this way of checking in",
    already_done: "You are checked in already",
    too_many_tries: "Too many tries; ask the lead to confirm"
  },
  checkout: {
    not_checked_in: "There is no check-in yet; check in first or ask the lead",
    already_done: "You are checked out already; ask the lead if the time is wrong"
  },
  cursor: {
    expired: "The list is out of date; start from the top"
  },
  version: {
    moved_on: "Someone else changed it meanwhile; load it again",
    missing: "This page is out of date; load it again, then edit"
  },
  body: {
    too_large: "That is too much at once; send it in parts"
  },
  field: {
    invalid: "Some fields need another value"
  },
  rate: {
    limited: "Too many tries; wait a little"
  },
  store: {
    busy: "Busy; try again in a few seconds",
    unavailable: "Nothing can be stored right now; try again shortly",
    outcome_unknown: "Not sure yet whether it was saved; asking again. Wait a moment or reload"
  },
  internal: "Something failed and was logged; try again later",
  network: {
    unreachable: "No connection; what you entered is still here. Try again when there is a signal",
    strange_answer: "The answer could not be read; the network may want a login first. Change the network or try again later"
  }
};
