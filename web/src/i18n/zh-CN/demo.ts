// Words of the demonstration's clock.
export default {
  clock: "演示城市的时钟",
  shows: "现在是{date} {time}。拨快之后，到时间的事会马上办完",
  minutes: "拨快 {n} 分钟",
  hour: "拨快 1 小时",
  morning: "到早上 7:22",
} as const;
