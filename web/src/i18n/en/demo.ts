// Words of the demonstration's clock, in English.
export default {
  clock: "The demonstration's clock",
  shows: "It is {date} {time}. Moved on, all that falls due is done at once",
  minutes: "{n} minutes on",
  hour: "1 hour on",
  morning: "To 7:22 in the morning",
} as const;
