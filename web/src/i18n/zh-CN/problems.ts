// Every code that a server or the pages themselves refuse with, in a sentence that says what to do next.
export default {
  request: {
    malformed: "刚才发出去的内容系统看不懂，请刷新页面再试"
  },
  session: {
    required: "请先登录",
    wrong_credentials: "账号或密码不对，请再试一次"
  },
  role: {
    not_allowed: "您的角色没有这项功能，请找上级管理人员"
  },
  origin: {
    refused: "请从到岗的网页里操作：重新打开网页再试"
  },
  row: {
    not_found: "找不到，或者不在您的范围内"
  },
  idempotency: {
    key_reused: "这一步和刚才那一步撞上了，请重新点一次"
  },
  post: {
    wrong_state: "岗位现在的状态不能这样做，请刷新后再看",
    insurance_missing: "有危险的岗位要先填保险单号，或者写明谁同意免保",
    has_holders: "已经有人认领，不能撤销；可以取消岗位并通知他们"
  },
  shift: {
    capacity_below_taken: "名额不能少于已认领的人数",
    holder_conflict: "改时间后有认领人会和别的岗位撞上",
    ended: "这个班次已经结束"
  },
  claim: {
    started: "班次已经开始，不能再退；来不了请告诉负责人",
    wrong_state: "这个名额现在的状态不能这样做，请刷新后再看",
    shift_full: "名额满了，看看别的岗位",
    time_conflict: "这个时间您已经有岗位了",
    already_held: "这个班次您已经认领了",
    closed: "这个班次不能再认领了，看看别的班次",
    not_for_you: "这个岗位只对指定的单位或区域开放"
  },
  lead: {
    not_a_holder: "负责人要先认领这个班次",
    own_claim: "自己的到岗和离岗要由别人确认",
    time_out_of_range: "填的时间不在这个班次里，请检查"
  },
  checkin: {
    too_early: "还没到签到时间",
    too_late: "签到时间已过，请找负责人确认",
    code_stale: "这个码过时了，请对着现在的码再扫一次",
    code_wrong_shift: "这是别的班次的码，请扫自己岗位的码",
    code_invalid: "这个码认不出来，请再扫一次，或者请负责人确认",
    position_needed: "需要手机定位；不方便的话请负责人确认",
    method_not_allowed: "这个岗位不用这种方式签到",
    already_done: "已经到岗，不用再签",
    too_many_tries: "试的次数太多了，请找负责人确认"
  },
  checkout: {
    not_checked_in: "还没有到岗记录，请先签到，或者请负责人确认",
    already_done: "已经离岗签退；时间不对请找负责人"
  },
  cursor: {
    expired: "列表过时了，请从头再看"
  },
  version: {
    moved_on: "刚才有别人改过，请刷新后再改",
    missing: "页面旧了，请刷新后再改"
  },
  body: {
    too_large: "内容太多了，请分几次发"
  },
  field: {
    invalid: "有的内容要改一下"
  },
  rate: {
    limited: "试得太勤了，请过一会儿再试"
  },
  store: {
    busy: "人多，稍等几秒再试",
    unavailable: "系统暂时存不进去，稍后再试",
    outcome_unknown: "不确定存上没有，正在再问一次；稍等，或者刷新看看"
  },
  internal: "系统出了问题，已经记下；请过一会儿再试",
  network: {
    unreachable: "没有连上网络，内容还在这里；有信号了再试一次",
    strange_answer: "收到的回答看不懂，可能是网络要先登录；请换个网络或稍后再试"
  }
};
