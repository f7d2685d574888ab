// The Lucide glyphs in use, inlined at build.
import ALargeSmall from "lucide-static/icons/a-large-small.svg?raw";
import ArrowLeft from "lucide-static/icons/arrow-left.svg?raw";
import CalendarCheck from "lucide-static/icons/calendar-check.svg?raw";
import Calendar from "lucide-static/icons/calendar.svg?raw";
import Camera from "lucide-static/icons/camera.svg?raw";
import Check from "lucide-static/icons/check.svg?raw";
import ChevronDown from "lucide-static/icons/chevron-down.svg?raw";
import ChevronLeft from "lucide-static/icons/chevron-left.svg?raw";
import ChevronRight from "lucide-static/icons/chevron-right.svg?raw";
import ChevronUp from "lucide-static/icons/chevron-up.svg?raw";
import CircleHelp from "lucide-static/icons/circle-question-mark.svg?raw";
import CirclePause from "lucide-static/icons/circle-pause.svg?raw";
import CircleUser from "lucide-static/icons/circle-user-round.svg?raw";
import ClipboardList from "lucide-static/icons/clipboard-list.svg?raw";
import CloudUpload from "lucide-static/icons/cloud-upload.svg?raw";
import Copy from "lucide-static/icons/copy.svg?raw";
import Download from "lucide-static/icons/download.svg?raw";
import Eye from "lucide-static/icons/eye.svg?raw";
import EyeOff from "lucide-static/icons/eye-off.svg?raw";
import Flag from "lucide-static/icons/flag.svg?raw";
import Globe from "lucide-static/icons/globe.svg?raw";
import Hourglass from "lucide-static/icons/hourglass.svg?raw";
import Info from "lucide-static/icons/info.svg?raw";
import List from "lucide-static/icons/list.svg?raw";
import ListChecks from "lucide-static/icons/list-checks.svg?raw";
import Loader from "lucide-static/icons/loader-circle.svg?raw";
import Locate from "lucide-static/icons/locate-fixed.svg?raw";
import LogOut from "lucide-static/icons/log-out.svg?raw";
import MapIcon from "lucide-static/icons/map.svg?raw";
import MapPin from "lucide-static/icons/map-pin.svg?raw";
import Minus from "lucide-static/icons/minus.svg?raw";
import Monitor from "lucide-static/icons/monitor.svg?raw";
import NotebookText from "lucide-static/icons/notebook-text.svg?raw";
import OctagonPause from "lucide-static/icons/octagon-pause.svg?raw";
import Pencil from "lucide-static/icons/pencil.svg?raw";
import Phone from "lucide-static/icons/phone.svg?raw";
import Plus from "lucide-static/icons/plus.svg?raw";
import Printer from "lucide-static/icons/printer.svg?raw";
import QrCode from "lucide-static/icons/qr-code.svg?raw";
import Rotate from "lucide-static/icons/rotate-cw.svg?raw";
import Scan from "lucide-static/icons/scan-line.svg?raw";
import Search from "lucide-static/icons/search.svg?raw";
import Shirt from "lucide-static/icons/shirt.svg?raw";
import Smartphone from "lucide-static/icons/smartphone.svg?raw";
import Sun from "lucide-static/icons/sun.svg?raw";
import TriangleAlert from "lucide-static/icons/triangle-alert.svg?raw";
import Undo from "lucide-static/icons/undo-2.svg?raw";
import UserRound from "lucide-static/icons/user-round.svg?raw";
import Users from "lucide-static/icons/users-round.svg?raw";
import WifiOff from "lucide-static/icons/wifi-off.svg?raw";
import X from "lucide-static/icons/x.svg?raw";

/** Their drawings alone; `Icon.vue` draws the frame. */
const inner = (svg: string) => svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");

export const ICONS = {
  "arrow-left": inner(ArrowLeft),
  calendar: inner(Calendar),
  "calendar-check": inner(CalendarCheck),
  camera: inner(Camera),
  check: inner(Check),
  "chevron-down": inner(ChevronDown),
  "chevron-left": inner(ChevronLeft),
  "chevron-right": inner(ChevronRight),
  "chevron-up": inner(ChevronUp),
  clipboard: inner(ClipboardList),
  "cloud-upload": inner(CloudUpload),
  copy: inner(Copy),
  download: inner(Download),
  eye: inner(Eye),
  "eye-off": inner(EyeOff),
  flag: inner(Flag),
  globe: inner(Globe),
  help: inner(CircleHelp),
  hourglass: inner(Hourglass),
  info: inner(Info),
  list: inner(List),
  "list-checks": inner(ListChecks),
  loader: inner(Loader),
  locate: inner(Locate),
  "log-out": inner(LogOut),
  map: inner(MapIcon),
  "map-pin": inner(MapPin),
  minus: inner(Minus),
  monitor: inner(Monitor),
  notebook: inner(NotebookText),
  pause: inner(CirclePause),
  pencil: inner(Pencil),
  phone: inner(Phone),
  plus: inner(Plus),
  printer: inner(Printer),
  "qr-code": inner(QrCode),
  rotate: inner(Rotate),
  scan: inner(Scan),
  search: inner(Search),
  shirt: inner(Shirt),
  smartphone: inner(Smartphone),
  stop: inner(OctagonPause),
  sun: inner(Sun),
  "text-size": inner(ALargeSmall),
  undo: inner(Undo),
  user: inner(UserRound),
  "user-circle": inner(CircleUser),
  users: inner(Users),
  warning: inner(TriangleAlert),
  "wifi-off": inner(WifiOff),
  x: inner(X),
} as const;

export type IconName = keyof typeof ICONS;
