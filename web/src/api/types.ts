// Short names for what the server answers.
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Answer<Name extends keyof Schemas> = Schemas[Name];
export type Category = Schemas["Category"];
export type ClaimState = Schemas["ClaimState"];
export type Counts = Schemas["Counts"];
export type Me = Schemas["Me"];
export type Position = Schemas["Position"];
export type Post = Schemas["Post"];
export type PostCard = Schemas["PostCard"];
export type QueueItem = Schemas["QueueItem"];
export type WholeShift = Schemas["WholeShift"];
export type RollItem = Schemas["RollItem"];
export type PressAnswer = Schemas["PressAnswer"];
export type OwnPlace = Schemas["OwnPlace"];
export type OwnService = Schemas["OwnService"];
export type LeadContact = Schemas["LeadContact"];
export type ShiftView = Schemas["ShiftView"];
export type VerdictCode = Schemas["VerdictCode"];
export type Reason = Schemas["Reason"];
export type EvidenceLevel = Schemas["EvidenceLevel"];
export type Uncounted = Schemas["Uncounted"];
