import { describe, expect, it } from "vitest";
import { changesOf, differences, editedOf, type PostView, rebased } from "./edit";
import { wordsFor } from "./reviews";

const post = { title: "文明交通劝导", place: "盘旋路十字", meeting_point: "东北角", bring: "红马甲", duties: ["一", "二"], description: "", risk_notice: "", insurance_ref: "2026-0413", insurance_waived_by: null } as unknown as PostView;

describe("editing a post", () => {
  it("sends only what changed", () => expect(changesOf(post, { ...editedOf(post), bring: "红马甲、水杯", duties: "一\n\n 三 " })).toEqual({ bring: "红马甲、水杯", duties: ["一", "三"] }));
  it("sends nothing when nothing changed", () => expect(changesOf(post, editedOf(post))).toEqual({}));
});

describe("somebody else was faster", () => {
  const theirs = { ...post, bring: "自带水杯", meeting_point: "西南角" };
  const mine = { ...editedOf(post), bring: "红马甲、水杯" };
  it("both versions are shown where they differ", () => {
    expect(differences(post, theirs, rebased(post, theirs, mine))).toEqual([{ name: "bring", theirs: "自带水杯", mine: "红马甲、水杯" }]);
  });
  it("what I didn't touch becomes theirs, what I typed stays", () => expect(rebased(post, theirs, mine)).toMatchObject({ meeting_point: "西南角", bring: "红马甲、水杯" }));
});

describe("words for what waits", () => {
  it("of no check-in: was here, excused, or not come", () => expect(wordsFor({ state: "unverified", check_in: null, check_out: null })).toEqual(["attest", "excused", "no_show"]));
  it("of a service with both ends: stayed to the end", () => expect(wordsFor({ state: "completed", check_in: null, check_out: null })).toEqual(["tick_out"]));
  it("of what is settled: none", () => expect(wordsFor({ state: "void", check_in: null, check_out: null })).toEqual([]));
});
