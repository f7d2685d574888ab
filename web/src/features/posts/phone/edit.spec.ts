import { describe, expect, it } from "vitest";
import { changes, conflicts, merged, type Texts } from "./edit";

const began: Texts = { title: "文明交通劝导", place: "盘旋路十字", meeting_point: "东北角", bring: "红马甲", duties: "一\n二", description: "", risk_notice: "有车流", insurance_ref: "2026-0413" };

describe("changing a post's texts", () => {
  it("sends only what was changed", () => expect(changes({ ...began, bring: "小红帽 ", duties: "一\n\n三" }, began)).toEqual({ bring: "小红帽", duties: ["一", "三"] }));
  it("never empties an insurance number", () => expect(changes({ ...began, insurance_ref: "" }, began)).toEqual({}));

  const theirs: Texts = { ...began, meeting_point: "邮局门口", bring: "反光背心" };
  it("asks only about what both changed differently", () => {
    expect(conflicts({ ...began, bring: "小红帽", title: "交通" }, began, theirs)).toEqual(["bring"]);
    expect(conflicts({ ...began, bring: "反光背心" }, began, theirs)).toEqual([]);
  });
  it("keeps both versions' other changes", () => expect(merged({ ...began, title: "交通" }, began, theirs)).toEqual({ ...theirs, title: "交通" }));
});
