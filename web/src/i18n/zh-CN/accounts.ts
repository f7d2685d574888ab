// Words of the pages in src/features/accounts.
export default {
  title: "到岗",
  about: "认领岗位，到岗签到，看自己的服务记录",
  ended: "登录已经到期，请再登录一次，会回到刚才那一页",
  account: "账号",
  password: "密码",
  see: "显示密码",
  hide: "隐藏密码",
  sign_in: "登录",
  signing_in: "正在登录",
  missing: "请填写账号和密码",
  lost: "忘了密码？请找本单位党务干事或社区重新设置。",
  demo: "这里是演示城市，账号在启动时打印出来，密码都是 daogang-demo。",
} as const;
