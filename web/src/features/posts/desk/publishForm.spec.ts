import { describe, expect, it } from "vitest";
import { keepForm, newForm, postOf, takeForm, turnTo, wrongAt, wrongIn } from "./publishForm";

const now = new Date("2026-09-01T07:24:00+08:00");
const whole = () => ({ ...newForm("traffic", "2026-09-02"), place: "盘旋路十字", position: { lat: 36.05, lon: 103.85, datum: "gcj02" as const }, insurance: "2026-0413" });

describe("the form for publishing", () => {
  it("is filled by its category but for place and insurance", () => expect(wrongIn(newForm("traffic", "2026-09-02"), now)).toEqual({ place: "required", insurance: "insurance" }));
  it("wants no insurance where there is no danger", () => expect(wrongIn(newForm("waste_sorting", "2026-09-02"), now)).toEqual({ place: "required" }));
  it("makes a shift of each time slot", () => {
    expect(wrongIn(whole(), now)).toEqual({});
    expect(postOf(whole(), 7)).toMatchObject({
      organization_id: 7,
      title: "文明交通劝导",
      fence: { radius_m: 100 },
      insurance_ref: "2026-0413",
      insurance_waived_by: null,
      shifts: [
        { starts_at: "2026-09-02T07:30:00+08:00", ends_at: "2026-09-02T08:30:00+08:00", capacity: 4 },
        { starts_at: "2026-09-02T17:30:00+08:00", ends_at: "2026-09-02T18:30:00+08:00", capacity: 4 },
      ],
    });
  });
  it("names who waives insurance instead", () => expect(postOf({ ...whole(), waived: true, insurance: "李书记" }, 7)).toMatchObject({ insurance_ref: null, insurance_waived_by: "李书记" }));
  it("refuses hours that are over or can't be read", () => {
    expect(wrongIn({ ...whole(), day: "2026-09-01", slots: ["6:00-7:00"] }, now).slots).toBe("past");
    expect(wrongIn({ ...whole(), slots: ["早上"] }, now).slots).toBe("time");
    expect(wrongIn({ ...whole(), slots: ["", " "] }, now).slots).toBe("required");
  });
  it("turned to another category keeps what was typed and fills the rest anew", () => {
    const turned = turnTo({ ...whole(), bring: "自己的手套" }, "cleaning");
    expect(turned).toMatchObject({ category: "cleaning", title: "环境整治", bring: "自己的手套", places: 8, slots: ["9:00–11:00"], place: "盘旋路十字" });
  });
  it("keeps the fence of a place that was chosen", () => expect(turnTo({ ...whole(), radius: 60 }, "patrol").radius).toBe(60));
  it("shows refusals at their fields", () =>
    expect(wrongAt({ "shifts[1].ends_at": "in_the_future", fence: "radius_20_to_1000_m", title: "at_most_60_characters", bring: "at_most_200_characters", "check_in.methods": "required" })).toEqual({
      slots: "past",
      place: "check",
      title: "too_long",
      bring: "too_long",
      methods: "required",
    }));
  it("is kept for its writer only, until it is sent", () => {
    keepForm(1, whole());
    expect(takeForm(1)).toEqual(whole());
    expect(takeForm(2)).toBeNull();
    keepForm(1, null);
    expect(takeForm(1)).toBeNull();
  });
});
