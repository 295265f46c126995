// The page's own words, in Simplified Chinese, Traditional Chinese and English.
const TABLE = {
  sandbox: ["模拟聊天环境", "模擬聊天環境", "chat sandbox"],
  pageLanguage: ["页面语言", "頁面語言", "Page language"],
  chats: ["会话", "會話", "Chats"],
  people: ["私聊", "私聊", "People"],
  groups: ["群组", "群組", "Groups"],
  person: ["人物", "人物", "Person"],
  group: ["群组", "群組", "Group"],
  panel: ["观察面板", "觀察面板", "Inspector"],
  chatMenu: ["会话操作", "會話操作", "Chat actions"],
  messages: ["消息", "訊息", "Messages"],
  write: ["输入消息…", "輸入訊息…", "Write a message…"],
  send: ["发送", "傳送", "Send"],
  attach: ["发送文件", "傳送檔案", "Send a file"],
  commands: ["命令菜单", "指令選單", "Command menu"],
  speakAs: ["以谁的身份发言", "以誰的身分發言", "Speak as"],
  topic: ["话题", "話題", "Topic"],
  noTopic: ["不选话题", "不選話題", "No topic"],
  start: ["开始使用", "開始使用", "Start"],
  restart: ["解除屏蔽", "解除封鎖", "Unblock"],
  bot: ["机器人", "機器人", "bot"],
  members: ["{n} 位成员", "{n} 位成員", "{n} members"],
  typing: ["正在输入…", "正在輸入…", "is typing…"],
  uploading: ["正在发送文件…", "正在傳送檔案…", "is sending a file…"],
  reply: ["回复", "回覆", "Reply"],
  edit: ["编辑", "編輯", "Edit"],
  editing: ["编辑消息", "編輯訊息", "Edit message"],
  edited: ["已编辑", "已編輯", "edited"],
  cancel: ["取消", "取消", "Cancel"],
  save: ["确定", "確定", "OK"],
  close: ["关闭", "關閉", "Close"],
  forwarded: ["转发自 {name}", "轉寄自 {name}", "Forwarded from {name}"],
  via: ["通过 @{name}", "透過 @{name}", "via @{name}"],
  expand: ["展开", "展開", "Show more"],
  collapse: ["收起", "收起", "Show less"],
  download: ["下载", "下載", "Download"],
  pinned: ["置顶", "置頂", "Pinned"],
  block: ["屏蔽机器人", "封鎖機器人", "Block the bot"],
  unblock: ["解除屏蔽", "解除封鎖", "Unblock the bot"],
  addBot: ["把机器人加入群", "把機器人加入群組", "Add the bot"],
  promote: ["设机器人为管理员", "設機器人為管理員", "Make the bot administrator"],
  demote: ["取消机器人管理员", "取消機器人管理員", "Make the bot a plain member"],
  kick: ["移除机器人", "移除機器人", "Remove the bot"],
  upgrade: ["升级为超级群", "升級為超級群組", "Upgrade to a supergroup"],
  newTopic: ["新建话题", "新增話題", "New topic"],
  repeat: ["重发上一条更新", "重送上一則更新", "Repeat the last update"],
  repeated: ["已重发更新 {n}", "已重送更新 {n}", "Update {n} sent again"],
  startGroup: ["选择要加入的群", "選擇要加入的群組", "Choose a group"],
  newPerson: ["新的人物", "新的人物", "New person"],
  newGroup: ["新的群组", "新的群組", "New group"],
  name: ["名称", "名稱", "Name"],
  language: ["语言", "語言", "Language"],
  kind: ["类型", "類型", "Kind"],
  plainGroup: ["普通群", "一般群組", "Group"],
  supergroup: ["超级群", "超級群組", "Supergroup"],
  forum: ["话题群", "話題群組", "Forum with topics"],
  withBot: ["机器人在群里", "機器人在群組裡", "With the bot"],
  you: ["我", "我", "me"],
  empty: ["还没有消息。发一句话，看机器人怎么回答。", "還沒有訊息。說一句話，看機器人怎麼回答。", "Nothing here yet. Say something and see what the bot answers."],
  emptyGroup: ["群里的机器人只看得到命令、提到它（@{name}）和回复它的消息。", "群組裡的機器人只看得到指令、提到它（@{name}）和回覆它的訊息。", "In groups the bot sees commands, mentions (@{name}) and replies to it only."],
  photo: ["图片", "圖片", "Photo"],
  asPhoto: ["作为图片发送", "以圖片傳送", "Send as a photo"],
  asFile: ["作为文件发送", "以檔案傳送", "Send as a file"],
  caption: ["说明（可不填）", "說明（可不填）", "Caption (optional)"],
  tabCalls: ["调用", "呼叫", "Calls"],
  tabFaults: ["故障", "故障", "Faults"],
  tabLimits: ["限制", "限制", "Limits"],
  callsHint: ["机器人向聊天平台发出的每一次调用。", "機器人向聊天平台發出的每一次呼叫。", "Every call the bot makes to the chat platform."],
  noCalls: ["还没有调用。", "還沒有呼叫。", "No calls yet."],
  filter: ["筛选方法或内容", "篩選方法或內容", "Filter by method or content"],
  onlyErrors: ["只看出错", "只看出錯", "Errors only"],
  clear: ["清空", "清空", "Clear"],
  parameters: ["参数", "參數", "Parameters"],
  result: ["结果", "結果", "Result"],
  faultsHint: ["打开一种故障，看机器人怎样应对。", "開啟一種故障，看機器人怎樣應對。", "Switch a fault on and see how the bot copes."],
  fault: ["故障", "故障", "Fault"],
  method: ["方法", "方法", "Method"],
  anyMethod: ["所有方法", "所有方法", "Any method"],
  chat: ["会话", "會話", "Chat"],
  anyChat: ["所有会话", "所有會話", "Any chat"],
  howOften: ["次数", "次數", "How often"],
  nextCalls: ["接下来 N 次", "接下來 N 次", "Next N calls"],
  always: ["一直", "一直", "Until removed"],
  share: ["概率 %", "機率 %", "Share %"],
  seconds: ["秒数", "秒數", "Seconds"],
  switchOn: ["打开故障", "開啟故障", "Switch on"],
  remove: ["移除", "移除", "Remove"],
  removeAll: ["全部移除", "全部移除", "Remove all"],
  noFaults: ["没有打开的故障。", "沒有開啟的故障。", "No faults are on."],
  faultsOn: ["{n} 个故障已打开", "{n} 個故障已開啟", "{n} faults on"],
  struck: ["命中 {n} 次", "命中 {n} 次", "struck {n}×"],
  left: ["还剩 {n} 次", "還剩 {n} 次", "{n} left"],
  too_many: ["429 请求过多", "429 請求過多", "429 too many requests"],
  forbidden: ["403 被屏蔽", "403 被封鎖", "403 blocked"],
  bad_request: ["400 被拒绝", "400 被拒絕", "400 refused"],
  migrate: ["群升级为超级群", "群組升級為超級群組", "group becomes a supergroup"],
  server_error: ["500 服务器错误", "500 伺服器錯誤", "500 with a description"],
  server_error_bare: ["500 无说明", "500 無說明", "500 without a description"],
  html_502: ["502 网页", "502 網頁", "502 as an HTML page"],
  drop_before: ["接受前断线", "接受前斷線", "dropped before accepting"],
  drop_after: ["接受后断线", "接受後斷線", "dropped after accepting"],
  stall: ["接受后迟迟不答", "接受後遲遲不答", "accepted, answered late"],
  limitsHint: ["平台的发送速度限制。", "平台的傳送速度限制。", "The platform's speed limits."],
  ratesOn: ["限制速度", "限制速度", "Impose the limits"],
  overall: ["全部会话，每秒", "全部會話，每秒", "All chats, per second"],
  perChat: ["每个会话，每秒", "每個會話，每秒", "One chat, per second"],
  burst: ["每个会话，突发", "每個會話，突發", "One chat, at once"],
  perGroup: ["每个群，每分钟", "每個群組，每分鐘", "One group, per minute"],
  privacy: ["隐私模式：群里只看到与机器人有关的消息", "隱私模式：群組裡只看到與機器人有關的訊息", "Privacy mode: in groups the bot sees only what concerns it"],
  inlineFeedback: ["告诉机器人选中了哪个内联结果", "告訴機器人選中了哪個內嵌結果", "Tell the bot which inline result was chosen"],
  updates: ["等待机器人领取的更新", "等待機器人領取的更新", "Updates waiting for the bot"],
  delivery: ["送达方式", "送達方式", "Delivery"],
  polling: ["机器人自己领取", "機器人自己領取", "the bot polls"],
  reset: ["清空并重新开始", "清空並重新開始", "Reset everything"],
  resetSure: ["所有人物、群组和消息都会回到最初的样子。", "所有人物、群組和訊息都會回到最初的樣子。", "All people, groups and messages go back to the start."],
  offline: ["与模拟环境的连接断开，正在重连…", "與模擬環境的連線中斷，正在重新連線…", "Connection to the sandbox lost, reconnecting…"],
  noAnswer: ["机器人没有回应", "機器人沒有回應", "The bot did not answer"],
  noResults: ["没有结果", "沒有結果", "No results"],
  noCommands: ["机器人没有设置命令", "機器人沒有設定指令", "The bot has set no commands"],
  joined: ["{who} 把 {what} 加入了群", "{who} 把 {what} 加入了群組", "{who} added {what}"],
  leftGroup: ["{what} 离开了群", "{what} 離開了群組", "{what} left"],
  pinnedBy: ["{who} 置顶了一条消息", "{who} 置頂了一則訊息", "{who} pinned a message"],
  migratedTo: ["群已升级为超级群 {id}", "群組已升級為超級群組 {id}", "The group became supergroup {id}"],
  migratedFrom: ["由群 {id} 升级而来", "由群組 {id} 升級而來", "Upgraded from group {id}"],
  topicOpened: ["新话题：{name}", "新話題：{name}", "New topic: {name}"],
  today: ["今天", "今天", "Today"],
  zoom: ["查看图片", "檢視圖片", "View the photo"],
};

const COLUMNS = { hans: 0, hant: 1, en: 2 };
const TAGS = { hans: "zh-Hans", hant: "zh-Hant", en: "en" };

export let language = remembered() ?? preferred();

export function word(key, values = {}) {
  const found = TABLE[key]?.[COLUMNS[language]] ?? key;
  return found.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function setLanguage(chosen) {
  language = chosen;
  localStorage.setItem("sandbox-language", chosen);
}

export const tag = () => TAGS[language];

function remembered() {
  const kept = localStorage.getItem("sandbox-language");
  return kept in COLUMNS ? kept : null;
}

function preferred() {
  const wanted = navigator.language.toLowerCase();
  if (!wanted.startsWith("zh")) return "en";
  return /hant|tw|hk|mo/.test(wanted) ? "hant" : "hans";
}
