// The ready text of each category, so that an officer publishes a post in under a minute: what stands here is changed or left.
import type { Category } from "@/api/types";

export type Method = "lead_scan" | "rotating_code" | "geofence" | "poster_code";

export interface Template {
  title: string;
  description: string;
  meetingPoint: string;
  bring: string;
  /** What to do, then what not to do; at most five lines in all. */
  duties: string[];
  donts: string[];
  skills: string[];
  riskNotice: string;
  /** From and until, by the clock in China. */
  times: [from: string, until: string][];
  places: number;
  radiusM: number;
  methods: Method[];
  /** Wants an insurance number, or the name of who waives it. */
  hazardous: boolean;
}

const CODE_AND_POSITION: Method[] = ["rotating_code", "geofence"];
const CODE: Method[] = ["rotating_code"];

const TEMPLATES: Record<Category, Template> = {
  traffic: {
    title: "文明交通劝导",
    description: "早晚高峰在路口劝导行人和骑车人按信号通行，扶老携幼过街，不指挥机动车。",
    meetingPoint: "路口东北角",
    bring: "红马甲、小红帽，集合时向负责人领，交班时归还",
    duties: ["站在人行道一侧，劝导行人等灯", "帮助老人、孩子和行动不便的人过街"],
    donts: ["不进机动车道，不拦车", "不与人争执，有纠纷找执勤交警"],
    skills: [],
    riskNotice: "路口有车流，请看完再决定。雨雪、沙尘停岗，会提前通知。",
    times: [
      ["7:30", "8:30"],
      ["17:30", "18:30"],
    ],
    places: 4,
    radiusM: 100,
    methods: CODE_AND_POSITION,
    hazardous: true,
  },
  waste_sorting: {
    title: "垃圾分类宣传",
    description: "在投放点引导居民分类投放，讲清四类垃圾怎么分，记下居民的问题。",
    meetingPoint: "投放点宣传栏前",
    bring: "手套和夹子在集合时领，请穿平底鞋",
    duties: ["引导居民分四类投放，厨余要破袋", "居民的问题记下来交给社区"],
    donts: ["不翻看居民的垃圾", "不用手直接碰尖锐的东西"],
    skills: [],
    riskNotice: "",
    times: [["19:00", "20:30"]],
    places: 3,
    radiusM: 80,
    methods: CODE_AND_POSITION,
    hazardous: false,
  },
  publicity: {
    title: "政策宣讲",
    description: "面对面讲解医保、养老和防诈骗政策，发放明白纸，现场答疑。",
    meetingPoint: "会场门口",
    bring: "宣传资料由主办方准备",
    duties: ["按统一口径讲，答不上的登记后回复", "帮老人查办理的地方和电话"],
    donts: ["不收集身份证号和银行卡号", "不推荐任何产品"],
    skills: [],
    riskNotice: "",
    times: [["15:00", "16:30"]],
    places: 4,
    radiusM: 100,
    methods: CODE,
    hazardous: false,
  },
  civility: {
    title: "文明劝导",
    description: "劝导文明养犬、不乱扔烟头、骑行减速，把停歪的自行车摆正。",
    meetingPoint: "入口处",
    bring: "小红帽在集合时领，自带水杯",
    duties: ["微笑提醒，说一遍就够", "设施坏了拍下来报社区，只拍物不拍人"],
    donts: ["不罚款，不争吵", "不扣别人的东西"],
    skills: [],
    riskNotice: "",
    times: [["18:30", "20:00"]],
    places: 4,
    radiusM: 200,
    methods: CODE_AND_POSITION,
    hazardous: false,
  },
  cleaning: {
    title: "环境整治",
    description: "清理小广告、杂物和卫生死角，把停放的非机动车摆整齐。",
    meetingPoint: "社区门口，集合后一同前往",
    bring: "工具和手套由社区准备，请穿旧衣服和平底鞋",
    duties: ["先清楼道和消防通道", "清下的杂物放到指定的地方", "有居民的物品，先问再搬"],
    donts: ["不登高，不下河道"],
    skills: [],
    riskNotice: "注意碎玻璃和锈钉，戴好手套。",
    times: [["9:00", "11:00"]],
    places: 8,
    radiusM: 200,
    methods: CODE_AND_POSITION,
    hazardous: false,
  },
  patrol: {
    title: "治安巡逻",
    description: "两人以上结伴巡逻，提醒居民锁好门窗和车辆，发现情况先报警。",
    meetingPoint: "综治中心门口",
    bring: "手电和袖标在集合时领，交班时归还",
    duties: ["两人以上同行，走有路灯的路", "发现险情先报警，再告诉负责人"],
    donts: ["不单独行动", "不盘查，不追赶，不动手"],
    skills: [],
    riskNotice: "夜间在外巡逻，请看完再决定。遇到危险先退后，并拨打 110。",
    times: [["20:00", "22:00"]],
    places: 4,
    radiusM: 500,
    methods: CODE_AND_POSITION,
    hazardous: true,
  },
  mediation: {
    title: "矛盾调解",
    description: "陪同调解员接待邻里和物业来访，做好记录，谈话内容保密。",
    meetingPoint: "调解室",
    bring: "请带身份证件备查",
    duties: ["先听后说，双方的话都记下来核对", "解决不了的转给街道"],
    donts: ["不当场评理", "谈话内容不外传"],
    skills: ["有调解经验"],
    riskNotice: "",
    times: [["14:30", "17:00"]],
    places: 2,
    radiusM: 80,
    methods: CODE_AND_POSITION,
    hazardous: false,
  },
  tutoring: {
    title: "四点半课堂",
    description: "放学后陪孩子写作业、读书，家长到了当面交接。",
    meetingPoint: "活动室门口",
    bring: "自带水杯，教具由社区准备",
    duties: ["只与登记过的家长当面交接", "孩子不舒服，先联系家长再报社区"],
    donts: ["不单独与孩子相处，门一直开着", "不拍照，不录像，不记孩子姓名"],
    skills: ["教师资格或带课经验"],
    riskNotice: "",
    times: [["16:30", "18:00"]],
    places: 3,
    radiusM: 80,
    methods: CODE_AND_POSITION,
    hazardous: false,
  },
  care: {
    title: "关爱帮扶",
    description: "看望独居老人，陪说话，代买药，看看水电气是否安全，送餐到手里。",
    meetingPoint: "社区服务大厅",
    bring: "鞋套和登记表在集合时领",
    duties: ["两人一组上门，先敲门报单位和姓氏", "看看水电气有没有隐患", "老人不舒服先打 120，再报社区"],
    donts: ["不收礼，不留饭，不谈钱"],
    skills: [],
    riskNotice: "",
    times: [["10:00", "11:30"]],
    places: 4,
    radiusM: 300,
    methods: CODE_AND_POSITION,
    hazardous: false,
  },
  culture: {
    title: "文体活动",
    description: "布置场地，引导入座，维持秩序，散场后一同清场。",
    meetingPoint: "舞台左侧",
    bring: "工作牌在集合时领",
    duties: ["开场前摆好座椅，留出轮椅的位置", "散场后清理场地"],
    donts: ["不占消防通道"],
    skills: [],
    riskNotice: "",
    times: [["19:30", "21:30"]],
    places: 6,
    radiusM: 150,
    methods: CODE,
    hazardous: false,
  },
  legal_aid: {
    title: "法律服务",
    description: "为居民解答劳动、婚姻、租赁方面的法律问题，帮助写申请书。",
    meetingPoint: "服务窗口",
    bring: "请带工作证或执业证",
    duties: ["解答咨询，需要援助的指引到法律援助中心"],
    donts: ["不代理案件，不收费", "咨询内容不外传"],
    skills: ["法律职业资格"],
    riskNotice: "",
    times: [["14:30", "16:30"]],
    places: 2,
    radiusM: 80,
    methods: CODE_AND_POSITION,
    hazardous: false,
  },
  medical: {
    title: "义诊健康",
    description: "量血压、测血糖，讲慢病用药和急救常识，引导老人排队。",
    meetingPoint: "义诊台",
    bring: "设备由卫生服务站准备",
    duties: ["有资质的人才测血糖", "结果当面告诉本人，异常的引导到医院"],
    donts: ["不开药，不推销", "不抄录姓名和结果"],
    skills: ["执业医师或护士"],
    riskNotice: "",
    times: [["9:00", "11:30"]],
    places: 4,
    radiusM: 100,
    methods: CODE_AND_POSITION,
    hazardous: false,
  },
  emergency: {
    title: "应急支援",
    description: "备勤待命，接到通知后协助转移群众，摆放警示标志，分发物资。",
    meetingPoint: "备勤点值班室",
    bring: "雨衣和胶鞋在值班室领",
    duties: ["听现场统一调度，两人以上行动", "离开前告诉值班员"],
    donts: ["不涉水，不进塌方区", "不单独行动"],
    skills: [],
    riskNotice: "可能遇到湿滑、断电和低温，请看完再决定。先保证自己安全，危险的事交给专业队伍。",
    times: [["9:00", "12:00"]],
    places: 6,
    radiusM: 300,
    methods: CODE_AND_POSITION,
    hazardous: true,
  },
  other: {
    title: "志愿服务",
    description: "",
    meetingPoint: "",
    bring: "自带水杯",
    duties: ["听现场负责人安排"],
    donts: ["不单独行动"],
    skills: [],
    riskNotice: "",
    times: [["9:00", "11:00"]],
    places: 4,
    radiusM: 100,
    methods: CODE_AND_POSITION,
    hazardous: false,
  },
};

/** Duties and don'ts as the server keeps them: up to five lines. */
export function linesOf(template: Template): string[] {
  return [...template.duties, ...template.donts].slice(0, 5);
}

export default TEMPLATES;
