"""The words a question asks with, as data: what each tells about what is wanted.

Every table is general Chinese or English usage; nothing here knows a policy. Words are matched on folded text
(Simplified, lower case, half width) by the longest that fits; English ones by their stems.
"""

from enum import StrEnum
from typing import Final


class Cue(StrEnum):
    """What a word of the question tells."""

    WHO = "who"  # 谁负责
    DUTY = "duty"  # 负责什么
    WHEN = "when"  # 什么时候
    PUBLISH = "publish"  # 印发; with WHO the issuer, with WHEN the date of issue
    ISSUER = "issuer"  # 发文机关
    ISSUED = "issued"  # 哪年发布的
    FIGURE = "figure"  # 多少
    COUNT = "count"  # 几个
    LIST = "list"  # 有哪些
    NOW = "now"  # 现在
    NEXT = "next"  # 下一个
    COMPARE = "compare"  # 相比
    EVERYWHERE = "everywhere"  # 各地
    PROGRESS = "progress"  # 完成了多少
    OVERVIEW = "overview"  # 主要内容
    HELP = "help"  # 你能做什么
    FOLLOW = "follow"  # 那……呢: goes on from the question before
    FILLER = "filler"  # 请问: says nothing about what is wanted
    SOLE = "sole"  # 单独负责
    TOGETHER = "together"  # 一起
    WITHOUT = "without"  # 没有
    AFTER = "after"  # 下一条
    BEFORE = "before"  # 上一条
    # What kind of entry is meant.
    TARGET = "target"
    GOAL = "goal"
    MEASURE = "measure"
    GROUP = "group"
    STAGE = "stage"
    SAFEGUARD = "safeguard"
    BASIS = "basis"
    EVENT = "event"
    DEPARTMENT = "department"
    POLICY = "policy"


CUES: Final[dict[Cue, str]] = {
    Cue.WHO: """
        还有谁|还有哪些部门|who else|还有谁负责|还有谁一起
        边个|边个负责|边个部门|哪位|谁人|由边个|哪间|归谁负责|归哪个部门|哪些部门负责|由哪些部门负责|由哪个部门负责|哪个部门负责|谁来落实|谁来做|落实部门|责任人|责任主体|主责单位
        负责|谁|谁负责|谁来负责|由谁负责|谁管|归谁管|谁来管|谁牵头|由谁牵头|谁主管|谁来抓|谁承担|谁落实|谁配合|归谁|找谁|哪个部门|哪些部门
        哪几个部门|什么部门|啥部门|哪个单位|哪些单位|哪几个单位|哪家单位|什么单位|哪家负责|哪个局|哪些局|哪几家|责任单位|责任部门
        牵头单位|牵头部门|主管部门|主管单位|主责部门|配合单位|实施单位|落实单位|分工|职责分工|负责部门|负责单位|归口|哪个机关
        哪些机关|哪个委|哪几个委
        who|whom|whose|who is responsible|who is in charge|who leads|which department|which departments|what department
        what departments|which bureau|which bureaus|which agency|which agencies|which office|which offices|which body
        which bodies|which authority|which authorities|which organ|responsible|responsible for|responsibility
        in charge|in charge of|charged with|take care of|handles|handle|answerable|lead department|lead agency
    """,
    Cue.DUTY: """
        管|管的|分管|归它管|要管|牵头哪些|牵头什么|负责哪几条|负责几条|负责几项|管几条|管哪几条|参与几条|参与了几条|承担几项
        负责什么|负责哪些|负责啥|管什么|管哪些|管啥|干什么|做什么|承担什么|承担哪些|要做哪些|要干哪些|职责|负责的任务|分管什么
        参与哪些|参与什么|配合什么|涉及哪些任务|有什么任务|都管哪些
        responsible for what|duties|tasked with|do what|what does it do
    """,
    Cue.WHEN: """
        到期的
        days left|left|ago|remaining|days ago|days until|until|countdown|still have|run out|runs out|end date|last day
        还剩|剩下几天|剩几日|几多日|多少日|还剩多少日|剩多少日|还有多少日|几日|距离|倒数|剩余时间|何时完成|何时截止|还剩多久|最后一天|限期|截至|截至日期|deadline是|几时截止|终止
        什么时候|什么时间|何时|几时|啥时候|啥时间|时候|截止|截止日期|截止时间|期限|时限|到期|最后期限|最晚|最迟|哪年|哪一年|几年|几月
        几月几号|哪天|哪一天|几号|多久|多长时间|时间节点|时间要求|完成时间|什么时侯|甚么时候|何日|还剩几天|还有几天|剩几天|还有多少天|还剩多少天
        剩多少天|剩余天数|多少天|几天|还有多久|还剩多久|还剩多长时间|还有多长时间|过期|逾期|过了没|过期了吗|过期没|到期了吗|倒计时|日期|哪年底
        deadline|deadlines|due|due date|when|when is|what time|what date|which date|which day|what year|which year
        how long|how many days|days left|days remain|days remaining|time limit|time left|by when|overdue|expire
        expired|how soon|what day|passed
    """,
    Cue.PUBLISH: """
        印发|出台|颁布|下发|发文|制发|发的|由谁发布|对外发布
        issued|publish|published|publishing|publication|promulgated|released|enacted|adopted
    """,
    Cue.ISSUER: """
        发布机关|发文机关|发文单位|发布单位|印发单位|印发机关|制定机关|谁发布|谁发布的|谁发的|谁印发|谁印发的|谁出台|谁出台的|谁制定的|谁定的|由谁发布|由谁印发|由谁制定
        哪个部门发布|哪个单位发布|哪个机关发布|哪里发布|哪个单位印发|哪个部门印发|谁下发的|出自谁|谁颁布的
        issuer|issuing body|issuing authority|issuing agency|who wrote|who published|who released|who issued|who is the issuer
    """,
    Cue.ISSUED: """
        发布日期|发布时间|发文时间|发文日期|印发时间|印发日期|出台时间|发布年份|成文日期|成文时间|哪年发布|哪年发布的|哪一年发布|哪年的|哪一年的|哪年出台|哪年印发
        什么时候发布|什么时候发布的|什么时候发的|何时发布|何时印发|几几年的|什么时候印发|什么时候出台
        issue date|release date|publication date|date of issue|when was it issued|year of issue|year of publication
    """,
    Cue.FIGURE: """
        几多项|几多个|几多家|几多名
        多久|多长|多长时间|how long|how short
        多少|多少项|多少个|多少家|多少名|多少人|多少种|几多|数量|数值|数字|具体数字|目标值|指标值|达到多少|要多少|是多少|有多少|百分之几|百分之多少
        多少比例|多大比例|比例|比例多少|不低于多少|不少于多少|至少多少|多少以上|多高|多大|量化|搞多少|上限|下限|最少|至少|占比
        how many|how much|number|figure|figures|amount|quantity|quantitative|numeric|numerical|percent|percentage
        what share|share|proportion|what proportion|rate|at least|minimum|maximum|how high|how big|how large|quota
        how short
    """,
    Cue.COUNT: """
        条数|个数|项数|数目|家数|份数|件数
        几大块|几大类|几块|几大方面|几大
        几个|几项|几条|几家|几名|几种|几类|几大|几份|几次|几|共多少|一共多少|总共多少|一共几|总共几|共有几|总数|一共有|总共有|一共|总共
        how many in total|total|count|in total|altogether
    """,
    Cue.LIST: """
        有咩|有边些|边些|系咩|有哪几个|有哪几项|有哪几条|有哪几类|逐条|逐项|全列|列全|都列|一一列出|通通
        有哪些|哪些|哪几个|哪几项|哪几条|哪几类|列出|列举|列一下|罗列|清单|列表|都有什么|都有啥|有什么|有啥|包括什么|包括哪些|包含哪些|哪几大|分别是什么
        分别是|分别|分别有哪些|全部|所有|名单|都有哪些|都是什么|提到哪些|涉及哪些
        list|list all|which|what are|name all|enumerate|show all|all|give me all|each of
    """,
    Cue.NOW: """
        现在|目前|当前|眼下|此刻|现阶段|如今|到哪一步|今天|目前处于|处在|处于|进行到
        now|current|currently|at present|presently|today|right now|at the moment|under way|underway|ongoing
    """,
    Cue.NEXT: """
        下一个|下一次|下次|下一场|接下来|最近的|最近|即将|临近|近期
        next|upcoming|coming|coming up|nearest|soon
    """,
    Cue.AFTER: """
        下一条|下一项|下一个任务|下一个举措|后一条|后一项|下条|下项|再下一条
        next one|the next one|next measure|next task|next item|following one|following measure
    """,
    Cue.BEFORE: """
        上一条|上一项|前一条|前一项|上一个任务|上一个举措|上条
        previous one|previous measure|previous task|previous item|one before|preceding one|preceding measure
    """,
    Cue.COMPARE: """
        exceed|exceeds|ahead|outnumber|谁的高|谁的多|更快些|谁多谁少|高低|谁的目标高|谁更高|多几项|多几个
        比较|比较一下|对比|对比一下|相比|相比较|比起来|差别|差异|差距|区别|不同|有何不同|异同|哪个多|哪个高|哪个更多|哪个更高|哪个大|哪个更大|哪个少|谁多|谁高
        谁更多|谁更高|谁更|谁的多|谁的高|更多|更高|更严|更大|更少|更低|更快|更短|最多|最高|最大|最早|最晚的|最低|最短|多多少|高多少|少多少|差多少|排名|排序|一样吗|一样|比
        pk|vs|versus|compare|compared|compare to|compared with|comparison|comparing|difference|differences|differ
        different|higher|highest|more than|more|most|larger|largest|greater|greatest|bigger|biggest|fewer|fewest
        lower|lowest|stricter|strictest|smaller|smallest|shorter|shortest|earliest|latest|relative to|against|same
    """,
    Cue.EVERYWHERE: """
        哪份|哪一份|在哪些地方|在哪些地区|都在哪|在哪里
        几份政策|哪几份政策|哪几个政策|哪几份文件|哪几个地区|哪几个地方|哪几个省|which of the policies|of the four policies|of the four|four policies|四份政策里|哪一份政策|哪家
        各地|各省|各市|各省市|各地区|各区域|各个地区|各政策|各份政策|各个政策|哪些地区|哪些地方|哪个地区|哪个地方|哪些省|哪个省|哪个市|哪些市|哪省|哪里|哪儿
        哪个省市|哪些政策|哪个政策|哪份政策|哪份文件|哪些文件|哪个文件|哪个方案|哪份方案|所有政策|全部政策|所有地区|几个地方|几个地区|四地|三地|四个地区|四个政策|四份政策
        四份文件|其他地区|其他地方|其它地区|其它地方|别的地方|还有哪些地区|还有哪里|其他省|其他政策|大家|每个地区|每份政策|每个政策
        which region|which regions|which province|which provinces|which city|which cities|which place|which places
        which policy|which policies|which plan|which plans|which document|which documents|all regions|all policies
        all four|each region|each policy|every region|every policy|where|across regions|across policies|across the policies
        across all|other regions|other policies|anywhere else|other places
    """,
    Cue.PROGRESS: """
        实际|多少了|几个了|几项了|几名了|几家了|几条了|多少项了|多少个了|多少家了|多少名了|几位了|做了几个|搞了多少|搞了几个|搞出来|干到哪|到哪步|完成没有啊|搞定|搞定了|搞定没|actually delivered|in reality
        have achieved|been achieved|been completed|been finished|been accomplished|been fulfilled|been met|been reached|actual progress|completion rate|how many are done|is done|are done|has it met|how are we doing|been built|been developed so far|have we done|have they done|did it meet|did they meet|achievement rate|up to now
        完成了多少|完成多少了|完成情况|完成进度|完成没|完成没有|完成了没|完成了吗|完成了没有|完成率|完成度|完成得怎么样|完成得如何|完成几|完成了几|进度|进展|进展如何|进展情况
        实际完成|达标了吗|达标没|达标了没|达标了没有|达到了吗|达到了没|达到没有|实现了吗|实现了没|实现没有|已完成|已经完成|已经完成了|目前完成|落实情况|落实得怎么样|落实得如何|落实了吗
        做到了吗|做完了吗|做完没|干完了吗|搞完了吗|搞完没|做了多少|做了几|办完了吗|还差多少|还缺多少|差几个|还差几|已经有多少|已有多少|实际多少|目前达到|已经达到|已达到
        已经制定了|已经建成|建成了吗|建好了吗|完成了|已经|现状|现在完成|如期完成|按期完成|做得怎么样|做得如何|干得怎么样|推进得怎么样|推进情况|已建成
        progress|so far|already|done|to date
        have been done|has been done|on track|met the target|reached the target|meet its target|met its target|met its
        actually|status report|has have how far along|
        still missing|yet
    """,
    Cue.OVERVIEW: """
        主要内容|主要讲|讲什么|讲了什么|讲了啥|说了什么|说什么|说的什么|介绍|介绍一下|简介|概况|概述|概览|总体情况|总体要求|总体|基本情况|大意|要点|重点内容|核心内容|内容是什么|内容|摘要|总结
        总结一下|概括|概括一下|解读|整体情况|全貌
        overview|summary|summarise|summarize|outline|introduce|introduction|tell me about|what is it about|about
        main points|key points|gist|brief|describe|explain|content|contents
    """,
    Cue.HELP: """
        你能帮我查什么|能帮我查什么|能帮我什么|你能帮什么|能帮我做什么|会哪些|能干什么|能干啥
        帮助|怎么用|如何使用|使用方法|使用说明|你能做什么|你会什么|你会做什么|能做什么|你是谁|能问什么|可以问什么|能查什么|可以查什么|有什么功能|功能|你好|您好|在吗|嗨|哈喽|早上好|下午好
        help|what can you do|how do i use|how to use|who are you|what can i ask|hello|hi|hey|good morning|commands
    """,
    Cue.FOLLOW: """
        那|那么|那边|呢|它|它的|它们|这个|这个呢|那个|这项|那项|这条|该项|该|这些|那些|其|上述|前者|后者|同样|同样的|这|还有|还有呢|换成|改成|此|刚才|刚才那个|上面
        what about|how about|and|it|its|that|that one|this|this one|those|these|them|they|their|same|also|then|else
        instead|former|latter
    """,
    Cue.SOLE: """
        single|just one department|only one|独自负责|单个部门|只有一家|一家
        单独负责|独立负责|独家负责|一家负责|单独|独自|只由一个部门|一个部门负责|只有一个部门|唯一|仅由|只由
        sole|solely|alone|single department|only one department|one department|exclusively|by itself
    """,
    Cue.TOGETHER: """
        一起|共同|同时|联合|合作|都负责|都管|一块|一块儿|携手
        both|together|jointly|in common|shared by|share
    """,
    Cue.WITHOUT: """
        没有|没|无|未|没分|没写|没写明|没有写|没设|不含|不包括|未写明|未设|未列|没列
        no|not|without|lack|lacks|lacking|none|does not have|do not have|doesn't have|don't have
    """,
    Cue.TARGET: """
        数字要求|硬指标|硬性指标|数量要求|kpi指标|指標
        指标|量化指标|定量指标|定量目标|量化目标|数字指标|数字目标|数量指标|数值目标|目标|目标任务|发展目标|工作目标|创建目标|主要目标|具体目标
        target|targets|indicator|indicators|numeric target|numeric targets|numerical targets|quantitative target
        quantitative targets|kpi|kpis|objective|objectives
    """,
    Cue.GOAL: """
        没数字的|没有数字的|不带数字的|非量化|没有数字的目标|没数字的目标|无数字|不含数字|without figures|without numbers|without a number|no figures
        定性目标|远景目标|长远目标|定性|愿景|远景|总体目标|定性要求
        goal|goals|qualitative|qualitative goal|qualitative goals|vision|long-term goal|long term goal|long-term vision
    """,
    Cue.MEASURE: """
        第几条|第几项|第几点|哪条|哪一条|哪项任务|哪条任务|哪个任务|哪条举措|哪项举措|几号任务
        举措|措施|任务|主要任务|重点任务|主要举措|重点举措|工作任务|具体任务|工作|条任务|项任务|条举措|项举措|条措施|事项|工作内容|条款
        measure|measures|task|tasks|action|actions|initiative|initiatives|item|items|work|duty
    """,
    Cue.GROUP: """
        大块|几大块|几块|几大板块|几大类|几个方面|几大方面|几大领域
        大类|板块|领域|大任务|大举措|大方面|方面|类任务|大任务板块|部分
        group|groups|area|areas|heading|headings|chapter|chapters|category|categories|theme|themes|section|sections
    """,
    Cue.STAGE: """
        那一阶段|这一阶段|哪一阶段|哪个阶段|什么阶段|该阶段
        阶段|步骤|实施步骤|分几步|几步走|分步|进度安排|实施阶段|时间安排
        stage|stages|phase|phases|step|steps|timetable|timeline|schedule
    """,
    Cue.SAFEGUARD: """
        怎么保障|如何保障|保障工作|组织保障措施
        保障|保障措施|实施保障|保障机制|配套措施|配套|支撑保障|保障方面|组织实施
        safeguard|safeguards|supporting measure|supporting measures|guarantee|guarantees|support measures|supporting
        arrangement|arrangements|supporting arrangements
    """,
    Cue.BASIS: """
        根据|依照|按照什么
        依据文号|上位依据|依照什么|依照哪些|援引|参照什么|遵循什么
        依据|根据什么|制定依据|政策依据|上位文件|依据文件|引用文件|引用了什么|依据什么|根据哪些|依据哪些|引用|上级文件|什么依据|法律依据
        basis|based on|legal basis|cited|cites|cite|reference document|grounds|rests on
    """,
    Cue.EVENT: """
        活动|节日|纪念日|主题日|每年的活动|年度活动|宣传活动|宣传日
        event|events|occasion|occasions|anniversary|annual event|yearly event|campaign day|celebration|celebrated
        celebrate|observance
    """,
    Cue.DEPARTMENT: """
        部门|单位|责任主体|机构|局
        department|departments|agency|agencies|bureau|bureaus|authority|authorities|bodies|unit|units|offices
    """,
    Cue.POLICY: """
        政策|文件|方案|意见|规划|政策文件|份文件|份政策|工作方案|实施意见|建设方案|试点方案
        policy|policies|plan|plans|document|documents|paper|opinion|opinions|programme|program|text
    """,
    Cue.FILLER: """
        点名|列名|列明|写明|写明了|载明|注明|哪件|哪件事|老哥|老师们|师傅|亲|老弟|兄弟|进去|弄进去|进来|弄进|列入|纳入|那份文件|文件里|政策里|方案里|意见里
        每年|年年|每一年|每年都|yearly|annual|annually|every year|use|uses|used|become|based|organise|organises|organize
        two|three|four|five|six|seven|eight|nine|ten|remind|remind me|lost|notes|slides|putting together|come up|comes up|appear|appears|exist|exists|speak|speaks|talk|talks|touch|touches|refer|refers|address|addresses|kind of|sort of|entries|entry|target value|have to|has to
        在|没有|没|无|哪些要|一件事|两件事|几件事|件事|这件事|那件事|同一条|同一项|自己|一位|几位|不好意思|多谢|拜托|时候之前|之间|完成到|培养完|完|培养到|到了|有写|有写吗|里头|里边|记录|收录|要的|给出|给的|定下|定下来|下来
        开始|结束|启动|举行|举办|开展|安排在|分成|分为|分|总体上|全称|起来|出来|下去|当中|当时|届时|这方面|这块|那块|那方面|部分内容|对吧|对不对|行吗|好吗|可以吗|打算要
        标准化|standardisation|standardization|简单|简要|简短|详细|大致|快速|那个|这个|主要|整体|相关的|离|距|距离|此外|另外|顺便|顺便问|再问|最好
        咩|系|嘅|嗰|啲|冇|有冇|点样|唔该|想知|揾|畀|些|哪些内容|方面要|帮查|帮我查|帮我查一下|请教|请教一下|打扰|打扰一下|辛苦|辛苦了|老师|各位|领导要|领导问|开会|汇报|材料|写材料|要用|马上|赶紧
        提倡|提及|谈到|讲到|说到|写到|描述|表述|算是|来着|的话|好像|记得|似乎|听说|据说|是否有|有无|能不能|可不可以|给我|发我|发一下|贴一下|看下|问下|说下|讲下|列下|牵扯|牵涉|干啥|啥意思|意思|怎么讲|怎么规定|如何规定|作了什么|有何|作何|为何
        how|why|well|good|best|very|really|actually|basically|also|too|even|much|many|several|various|different|specific|particular|main|major|key|important|overall|general|exact|precise|current situation
        colleague|colleagues|friend|team|office|boss|meeting|report|quickly|quick|urgent|today please|asap|thanks a lot|many thanks|regards|hope|wonder|wondering|curious|think|believe|guess|suppose|remember|recall|understand|learn|see|hear|read|check|confirm|verify|clarify|let|help me|info|information|detail|details|data
        intend|intends|intended|seek|seeks|call|called for|settle|attract|bring|create|build|develop|develops|establish|set up|produce|draft|lead|part|take part|participate|hold|carry|carry out|support|promote|improve|strengthen|increase|raise|add|adding|new|newly|its own|own|each|every|whole|entire|full|within
        before|after|between|during|about|around|into|onto|across|through|while|because|since|but|however|although|both|either|neither|who else is|whether|such|these days|then|still|now that|first of all|anyway|okay|ok|yes|right|correct|true|false|whats|hows|wheres|whos|im|id|ill|were|theyre|dont|doesnt|isnt|arent
        请问|问一下|想问|想问一下|我想|我想问|我要|我想知道|想知道|想了解|了解|了解一下|查一下|查询|查下|帮我|帮忙|麻烦|麻烦你|劳驾|告诉我|告诉|说说|讲讲|看看|看一下|一下|谢谢|多谢
        的|了|吗|么|吧|啊|呀|哦|哈|嘛|是|是不是|是否|有没有|有|没有|在|要|要求|需要|应该|应当|能否|可以|可否|到|至|于|从|对|对于|对应|关于|有关|相关|涉及|把|被|让|给|和|与|及|以及|跟|或
        还是|还|就|就是|都|也|里面|以内|以上|之前|年底|期间|方面的|具体|大概|大约|左右|什么|甚么|怎么|怎样|如何|怎么样|怎么说|哪个|哪项|哪条|哪一个|哪一项|哪种
        我|我们|咱|咱们|你|你们|您|他|她|他们|咱单位|领导|同事|在线等|明确|规定|规定的|提出|提到|写的|写了|写明|定的|定了|设定|说的|完成|达到|实现|做到|为了|因为|所以
        但是|不过|其中|其实|到底|究竟|一共|总的|整个|每个|将|将要|准备|打算|目前为止|啦|咯|喔|唉|嗯|那里|这里|这边|名称|名字|叫什么|叫|内容|情况|一个|一些|这么|那么多|不|别
        包括|包含|该怎么|希望|建成|建|是什么|什么样|什么样的|哪一|个人|人|上面|下面|文里|文中|原文|这份|那份|版本|省里|市里|区里|咱们区|咱们省|咱们市|我省|我市|我区|本省|本市|本区|全省|全市|全区|当地|本地
        a|an|the|of|in|on|at|by|to|for|with|from|as|is|are|was|were|be|been|being|am|do|does|did|has|have|had|will|would
        shall|should|must|may|might|can|could|i|me|my|we|our|us|you|your|he|she|please|pls|tell|show|give|find|look|up|know|want
        would like|like|need|needs|needed|require|requires|required|requirement|requirements|call for|calls for|ask|asks|asked|say|says|said|state|states|stated
        there|here|what|what is|how|which one|any|some|or|not|no|if|so|just|only|than|per|under|within|into|out|over|set
        sets|aim|aims|aimed|plan to|planned|expect|expected|supposed|going|make|made|makes|get|thing|things|one|ones|please tell me
        want to know|do you know|could you|can you|mention|mentions|mentioned|provide|provides|include|includes|included|including|cover|covers|covered|covering|concern|concerns|concerning|regarding|related|relate|relates
        relevant|deal|deals|dealing|exactly|really|thanks|thank|thank you|sir|madam|dear|kindly|quick question|question|s|t|m|re|ve|end|start|year|years|month|months|date|dates|day|days|province|city|district|municipality|chinese|china|hit|reach|reaches|achieve|achieves|meet|complete|total of|name|names|named|called|involve|involved|involves|involving|take|takes|place|happen|happens|happening|planning|fall|falls|held|hold
    """,
}


def cue_terms() -> dict[str, set[Cue]]:
    """Each word with all it tells, from the tables above."""
    terms: dict[str, set[Cue]] = {}
    for cue, table in CUES.items():
        for term in table.replace("\n", "|").split("|"):
            if word := term.strip():
                terms.setdefault(word, set()).add(cue)
    return terms
