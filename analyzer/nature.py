"""What a whole post tells of, and what it does: denies a rumour, says that it is over, answers, warns."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from analyzer.clauses import Course, course
from analyzer.genres import advises, tallies
from analyzer.model import Nature, WarningSignal
from analyzer.text import normalise

READ_TO = 20_000
"""Characters of a text that are read."""

_HAPPENING = re.compile(
    r"起火|着火|着了|失火|大火|火灾|火情|冒烟|浓烟|爆炸|炸了|爆燃|事故|车祸|相撞|追尾|侧翻|翻车|坠[落楼亡河]|触电|中毒|呕吐|腹泻|死亡|死了|身亡|遇难|受伤|伤亡|\d死|\d伤"
    r"|失踪|失联|被困|被埋|坍塌|倒塌|塌了|塌陷|垮塌|滑坡|泥石流|山洪|洪水|决堤|溃坝|溃口|漫堤|内涝|积水|被淹|淹了|地震|震感|停[水电气暖运工课]|断[水电气网供]|没[水电气]"
    r"|没暖气|没来[水电]|泄漏|泄露|漏[水气电]|污染|异味|臭味|恶臭|欠薪|拖欠|欠[了着]?[^，。]{0,8}(?:工资|钱|薪)|讨薪|不发工资|没发工资|开裂|裂缝|坑|积压|故障|失灵|跑路|退费|感染|确诊|疫情|发病"
    r"|不热|不通|不亮|坏了|困在|高空坠物|砸[中到伤死]|溺水|踩踏|轻伤|重伤|疏散|转移|封路|中断|瘫痪|出事|遇险|险情|管涌|掉下|掉落|摔[下落倒死伤]|烧[毁伤死]|[垮塌裂炸烧淹漏破断倒](?:了|掉)|漫过|漫了|停了|断了|欠了|打伤|撞|病倒|传染病|漫水|决口|井盖[^，。]{0,3}(?:没|丢|坏|缺|松|翘|塌)"
)
_GRIEVANCE = re.compile(
    r"隐患|扰民|噪[音声]|占道|占用|堵塞|乱停|乱堆|停满|堆满|垃圾|污水|违[规法建章]|违反|投诉|反映|没人管|无人管|不管|不处理|不作为|乱收费|强制|拒绝|退款|拖延|破损|坏|缺少|不合理"
    r"|长期|恳请|请求|请(?:有关|尽快|相关|领导|问)|望有关|整改|一直|没有?(?:人|安装|设置|通)|挡住|欺骗|诈骗|虚假宣传|危房|年久失修|老化|松动|脱落|咯噔|火花|煤气味|咋办啊|谁来管|谁管"
)
"""What people complain of though nothing has happened yet: the matter itself is real and present."""
_STRONG = re.compile(
    r"如果|假如|假设|要是|万一|一旦|梦|剧|电影|小说|游戏|影片|片中|片子|自救|逃生|小时候|儿时|童年|当年|那会|那年|那时|回[忆顾]|往事|旧事|照片|周年|民国|上世纪|老辈|年之?前|年过去|纪念|缅怀|季度|以来|同比|统计"
)
"""Words that tell of no present happening even where none is named."""
_REFUTES = re.compile(
    r"辟谣|(?:信息|消息|传言|言论|传闻|视频|谣言|网传[^，。？?！]{0,20})(?:均|都|系|为|是|纯属|完全|严重)*(?:不实|不属实|失实|虚假|谣言|误传|假的|编造|伪造|拼接|旧闻|摆拍)"
    r"|(?:系|为|是|属|纯属|都是|全是|就是)(?:一则|一条|个|网络)?(?:谣言|不实信息|不实消息|不实传言|虚假信息|虚假消息|谣传|讹传|假消息|无稽之谈)"
    r"|不实信息|不实消息|不实传言|(?:编造|散布|捏造|制造)[^，。]{0,16}(?:谣言|虚假信息|不实信息|虚假警情|假警情)"
    r"|造谣[^。！？]{0,30}(?:被(?:罚|拘|行政|处罚|查处|抓|依法)|行政(?:拘留|处罚)|依法(?:处理|查处))|(?<![跟当])没有?这回事(?!一样)|(?:不要|别|莫|勿)(?:再|乱|瞎)*传(?:了|谣了)|谣言|谣传"
)
_DENIES = re.compile(
    r"不属实|不实|失实|与(?:实际|事实)(?:情况)?不符|子虚乌有|并无此事|无此事|没有此事|并非事实|无中生有|移花接木|摆拍|误传|编造|(?:都|全|就)?是假的|^假的|澄清(?!河|湖|水|度)"
    r"|(?:经|已)(?:[^，。]{0,6}(?:核实|核查|查证|调查|证实|了解|向[^，。]{1,10}(?:核实|了解)))[，,]?[^，。]{0,16}(?:并未|未发生|没有发生|并没有|不存在|未发现|无此|未出现|没有出现|不是事实|未接到)"
    r"|(?:并未|没有|从未|未曾|不会|未)(?:发生|出现)(?:过|任何)?|[没未](?:塌|垮|炸|爆|着火|停)"
    r"|(?:视频|图|照片|图片|画面|截图)[^，。]{0,10}(?:是|系|为)[^，。]{0,8}(?:外地|别的|其他|旧的?|以前|早年|年前|拼接|合成|p的|假)"
)
_RUMOUR = re.compile(r"网传|网上|网络上|传言|传闻|造谣|流传|疯传|朋友圈|微信群|说法|所谓|有人说|帖子|那张|视频|[别要]再?传|传染病|假的|短视频|抖音")
"""A denial means a rumour only where one is spoken of."""
_NO_REFUTAL = re.compile(
    r"不是谣言|并非谣言|非谣言|不是造谣|没有造谣|没造谣|谁说是谣言|(?:是不是|是否|会不会是|难道是|希望是|但愿是|以为是|不知是否|到底是)[^，。？?]{0,10}(?:谣言|假的|谣传|不实|真的)"
    r"|(?:求|等|盼|坐等|请|需要|快|赶紧|出来|有没有|没人|没有|还没|怎么不|为何不|为什么不|不|未|无人|有人|谁来|希望|何时|该)[^，。]{0,10}辟谣|辟谣(?:了?吗|呢|没有|一下|吧|打脸|是假|不了)|辟什么谣"
    r"|被辟谣(?:的)?(?:却|反而|竟)|(?:不|莫|勿|别|拒绝|杜绝|严厉?打击|打击|抵制|切勿|请勿|不要|勿要)(?:相?信|传|轻信|听信|传播|散布|散播|造|编造|相信|制造|转发)?[、和或及]?(?:传|信|造)?(?:谣|谣言|谣传|不实信息|不实消息|虚假信息|未经证实)[^，。]{0,6}"
    r"|谣言止于|谣言满天飞|谣言四起|遇到?谣言|识别谣言|谣言(?:吗|么|吧|还是)|说(?:我们|我|他们?|是)?造谣|被说成谣言|当成谣言|说是谣言|辟谣辟|跑断腿|(?:要求|尽快|请|希望|出面|出来|不)[^，。]{0,6}澄清|未澄清"
)
_ASKS = re.compile(r"[？?]|[吗么呢]$|是不是|有没有|是否|真假|难道|求证")
_RESOLVES = re.compile(
    r"恢复(?:了)?(?:正常)?(?:的)?(?:全面)?(?:[供送通][水电气暖热应]|供暖|供热|通车|通行|通航|运营|运行|使用|生产|用[水电气]|通[信讯气水电]|营业|上课|秩序|开放|交通|畅通|双向|正常|行车|通水|信号|网络)"
    r"|[供用通](?:水|电|气|暖|热|网)[^，。]{0,8}(?:已|已经|全部|全面|基本|均)[^，。]{0,4}恢复|(?:已|已经|全部|全面|均|都|已全部|现已|目前已)恢复|(?:电力|通信|网络|燃气|供应|线路|交通|信号|水压)[^，。]{0,6}恢复(?:了|正常)"
    r"|来(?:电|水|气|暖气?)了|通(?:水|电|气|暖|车|网|航)了|复(?:电|水|气|工)了|有[水电气]了|有暖气了|暖气[^，。]{0,3}热(?:了|乎|起来)"
    r"|(?:明火|火势|大火|火灾|山火|火情|火|余火|火点)[^，。]{0,14}(?:扑灭|熄灭|扑救完毕|灭了)|扑灭了|火灭了|火(?:已经?|都)灭|(?:得到|全面|有效|完全)(?:扑灭|控制)"
    r"|(?:险情|警报|警情|危险|预警|警戒|管控|封控|封闭|管制|隐患|故障|应急响应|响应|疫情|状态|交通管制)[^，。]{0,10}(?:已|全部|全面|均|成功|顺利|彻底|得到|正式)?(?:解除|排除|消除|终止|结束|撤销)|(?:隔离|封控|戒严)(?:了)?解除|(?:终止|结束)[^，。]{0,10}应急响应|解除(?:了)?(?:险情|警报|预警|警戒|管控|封控|封闭|隔离|交通管制|管制|应急响应)"
    r"|(?:被困|失联|失踪|走失|遇险|受困|落水|被埋)[^，。；]{0,16}(?:全部|均|都|已|悉数|成功|安全|平安|顺利)[^，。；]{0,10}(?:救出|获救|脱险|找到|解救|脱困|营救|出来|转移|返回|救起|寻获|上岸)"
    r"|全(?:部|员|数)?(?:被|已|安全|成功|平安)*(?:救出|获救|脱险|脱困|找到|解救|出院|撤出|治愈|康复)|(?:均|都|成功|顺利)(?:被|将[^，。]{0,12})?(?:救出|救起|救下来|获救|脱险|脱困|营救出|解救)(?![^，。]{0,4}\d)|人(?:都|已经?|全)?救出来了"
    r"|(?:抢修|修复|维修|处置|整改|抢险|清理|救援|搜救|清障|排涝|更换|疏通|清淤|检修|施救|消杀|回填)(?:工作|任务|施工|作业)?(?:已|已经|全部|均|顺利|圆满|现已|基本)*(?:完毕|完成|结束|到位|成功)|(?:已|已经|全部|都|终于|现已)(?:修复|修好|抢通|疏通|整改到位|处理好|补好|换好|清理干净|抽干|打通)(?!不)|问题[^，。]{0,6}(?:已|已经|全部|都|终于|得到)(?:了)?解决了?(?=[，。！!～~\s]|$)|终于(?:得到)?解决了?(?=[，。！!～~\s]|$)"
    r"|(?:老人|孩子|小孩|人|娃|失主|走失者)(?:已经?|终于|都)?(?:平安)?找到了|终于(?:能|可以)(?:正常)?(?:坐|走|用|上|出|开|喝|洗|过|充|睡)|可以正常(?:使用|通行|刷卡|用|走)|水压[^，。]{0,6}(?:上来|恢复)了|(?:信号灯|红绿灯|设备|系统|电梯)[^，。]{0,6}(?:修复|恢复)|(?:能|可以)(?:走车|通车|坐了|过人)|修好了|修通了|抢通了|处理好了|补上了|装好了|填平了|亮了起来|(?:路灯|灯)(?:都|终于|又|全)?亮了"
    r"|(?:工资|欠薪|薪资|工钱|血汗钱|薪水|欠款|工程款|退款|押金|预付款|学费|赔偿款|补偿款)[^，。；]{0,16}(?:已|全部|都|终于|足额|如数|一分不少|今天|刚刚|均)[^，。；]{0,10}(?:发放|结清|支付|到账|补发|发了|发到|拿到|兑付|付清|退还|退了|退回|发完|讨回|追回|到手|给了|领到)|(?:工资|工钱|薪水|欠薪|货款)[^，。]{0,4}(?:结了|结清了?)|(?:拿到|领到|讨回|追回|收到)(?:了)?[^，。；]{0,12}(?:工资|欠薪|薪资|工钱|血汗钱|薪水|退款|押金)"
    r"|(?:病人|患者|学生|伤者|病例)[^，。]{0,10}(?:全部|均|都)(?:已)?(?:出院|康复|治愈|返校|痊愈)|水[^，。]{0,4}退了|积水[^，。]{0,8}(?:退|排|抽)(?:了|去|完|净|干)|(?:已|全面|基本)(?:得到)?(?:消退|退去|排干)"
)
_NOT_YET = re.compile(
    r"尚未|还未|仍未|未能|没有?|未|不能|无法|何时|什么时候|啥时候?|多久|几时|几点|预计|预期|有望|力争|将(?:于|在|会)|争取|抓紧|正在|正全力|全力|尽快|尽早|早日|希望|盼|请|要求|能不能|能否|可否|才能|才会|才算|等[待到候]?|待|直到|待[^，。]{0,10}后"
    r"|确保|计划|拟|准备|将|恳求|求|督促|催|强烈|部分|陆续|逐步|逐渐|局部|仍有|剩余|其余|说(?:是|要|会|好)|承诺|答应|保证|据说|骗|假装|号称|谎称|所谓|明天|明日|后天|明晚|今晚|下周|月底|年底|之前|为了|为|难|必须|务必|应当|(?<![主重需])要|争取|即可|如果|要是|一旦|若|假如"
    r"|(?:\d{1,2}|[一二三四五六七八九十两]{1,3})(?:点|时)(?:前|左右|之前)|以便|不见|从未|(?<!\d)[1-9]人(?:被|已)"
)
_AGAIN = re.compile(r"恳请|请求|(?:但|可|不过|然而)[^。！？]{0,12}(?:又|没法|不能|没有|还是)|(?:又|再次|再度|重新|接着)(?:停|断|没|漏|塌|着|复燃|爆|坏|堵|不热|出现|发生)|复燃")
_BODY = (
    r"[省市区县州镇乡]?(?:应急管?理?|消防|公安|卫健|教育|住建|水务|水利|交通|城管|环保|生态环境|市场监管|市监|人社|气象|自然资源|民政|医保|供电|供水|燃气|热力|电力|自来水|公交|地铁)[^，。\s]{0,6}(?:局|委|厅|部门|支队|大队|总队|公司|集团|所|办|中心|站)"
    r"|(?:区|县|市|省|州|镇|乡)(?:委|政府|教体局|教育局|卫健委|住建局|应急局|水务局|城管局|人社局|市监局)|街道办?事?处?|社区居?委?会?|居委会|村委会|物业(?:公司|服务中心)?|开发区|管委会|指挥部|政务[^，。]{0,6}|官方|警方|校方|院方|厂方|景区方?|平台方|企业方|涉事(?:企业|公司|学校|门店|餐厅|单位)|有关部门|相关部门|主管部门|当地|工作人员|负责人|施工方|项目部|运营方|承建方|客服|检察机关|公安机关|监管部门|司法机关|纪委|监委|检察院|法院|疾控(?:中心)?|气象台|交警|消防(?:救援)?(?:局|支队|大队)?|(?:镇|村|社区|街道|乡)[上里]?干部"
)
_ANSWERS = re.compile(
    r"(?:情况|警情|事故|调查|处置|调查结果|处理结果|进展|核查|续报|工作|最新)(?:的)?(?:通报|说明|公告|公示|答复|回复)|(?:官方|警方|蓝底白字)(?:通报|回应|答复)|致歉[信声]|道歉信|告(?:全体)?(?:市民|居民|用户|业主|家长|广大[^，。]{0,4})书|关于[^。？?]{2,40}的(?:说明|通报|声明|公告|答复|回复)|答复如下|回复如下|通报如下|说明如下|公告如下|通知如下|现(?:将[^，。]{0,20})?(?:通报|说明|公告|答复|回复|告知)"
    rf"|(?:{_BODY})[^，。；？?]{{0,16}}(?:回应|答复|回复|通报|表示|称(?!霸|职|号|呼|为)|介绍|发布|说明|告知|致歉|道歉|发声|公布|提醒|透露|解释|通知|公告|证实|承诺|披露|回访|澄清|声明)"
    rf"|(?:{_BODY})[^，。；？?]{{0,12}}(?:已|已经|第一时间|立即|迅速|连夜|正)[^，。；？?]{{0,6}}(?:派|出动|安排|组织|责成|启动|成立|介入|赶赴|赶到|到达|到场|开展|协调|约谈|立案|督促|抢修|抢险|处置|调查|核实|整改|展开|部署|联系)"
    rf"|(?:{_BODY})(?:介入|出动|成立)|从[^，。]{{0,6}}(?:{_BODY})[^，。]{{0,4}}(?:获悉|了解到|处获悉)|^[^，。：:]{{0,12}}(?:{_BODY})[：:]|网信[^，。]{{0,6}}(?:回应|通报)"
    r"|已(?:经)?(?:派(?:员|人|出)?|安排|组织|责成|督促|协调|要求|转(?:交|办|由)|联系|成立|启动|列入|纳入|约谈)[^，。；？?]{0,24}(?:处理|处置|核实|调查|抢修|整改|跟进|检修|维修|办理|修复|核查|排查|巡查|清理|计划|预案|工作组|专班|响应|到场|抽排)"
    r"|网友(?:您好|你好|，您好)|(?:市民|业主|用户|居民|家长|乘客)(?:朋友)?(?:们)?[，,：:]?\s?(?:您好|你们好)|(?<!向)您(?:反映|所反映|提出)的|您的(?:来信|留言|诉求|问题)|感谢您[对的]|收悉"
    r"|(?:我|本)(?:局|委|办|街道|镇|区|公司|校|院|站|所|单位|中心|司|厂|县|市|社区|支队|大队|集团|部门|处|乡|店|园|物业|村|项目部)[^，。]{0,6}(?:已|将|正在|正组织|立即|第一时间|高度重视|对此|会同|决定|深表|受理|收到|回复|答复|郑重|严正|在此|提醒|现就|诚恳)"
    r"|经(?:查|核实|调查|核查|初步调查|现场核实|了解|查实|现场查看|我[局委办])[，,：:]"
)
_NO_ANSWER = re.compile(
    r"没有?(?:人|任何|一个|给|回|答|通报|处理|说法|下文|消息|得到|收到|见)|不(?:回应|回复|答复|处理|通报|公布|表态|管|给)|未(?:见|作|予|获|收到|得到|给|回|答|处理)|无人|没人|拒绝|拒不|何时|什么时候|多久|希望|请(?!广大|市民|大家|居民|用户|乘客|家长|各|以|勿|您)|盼|求|等|坐等|要求|敷衍|推诿|踢皮球|到底|究竟|难道|能不能|能否|怎么|为什么|为何|谁来?|应该|建议|催|给个|要个|欠|讨"
)
_HEARSAY = re.compile(
    r"说是?已|说会|说要|结果(?:没|还是|根本|到现在|人影)|没人来|不见人|至今没|还是没|一直没|却没|可是没|但没|白说|忽悠|踢皮球|推来推去|没下文|石沉大海"
    r"|尊敬的|书记(?:您|你)?好|领导(?:们)?(?:您|你)?好|[市局区县厅]长(?:您|你)?好|向您(?:反映|汇报|投诉|咨询)|^[^。]{0,30}(?:我是|我们是|本人)|恳请|投诉(?!举报)|维权"
)
"""A complainant who quotes an answer is not the body that answers."""

_SUBJECTS = (
    "暴雨|强降雨|台风|高温|大风|雷雨大风|雷暴大风|雷电|冰雹|寒潮|低温|持续低温|霜冻|暴雪|道路结冰|大雾|霾|沙尘暴|沙尘|干旱|洪水|山洪灾害|山洪|江河洪水|地质灾害|森林火险|草原火险|森林草原火险|内涝|城市内涝|渍涝"
    "|积涝|强对流|海浪|风暴潮|重污染天气|空气重污染|干热风|水旱灾害|中小河流洪水|农业气象灾害|雪灾|雨雪冰冻|冰冻|雷雨|洪涝|地震|海啸|电力|大气污染|重污染|高森林火险|灰霾|强降水|暴雨洪涝"
)
_COLOURS = {"红": "red", "橙": "orange", "黄": "yellow", "蓝": "blue"}
_ORDER = ("blue", "yellow", "orange", "red")
_WARNING = re.compile(
    rf"(?P<subject>{_SUBJECTS})(?:灾害)?(?:气象)?(?:风险)?[\"”“』」']?(?:[（(]?[ivx\u2160-\u2163一二三四1234]{{1,3}}级[）)]?)?[（(\"“『「']?(?P<colour>[红橙黄蓝])色?[）)]?(?:[（(]?[ivx\u2160-\u2163一二三四1234]{{1,3}}级[）)]?)?(?:气象)?(?:风险)?预警"
    rf"|(?P<colour2>[红橙黄蓝])色(?P<subject2>{_SUBJECTS})(?:灾害)?(?:气象)?(?:风险)?预警"
    rf"|(?P<subject3>{_SUBJECTS})(?:灾害)?(?:气象)?(?:风险)?预警(?:信号)?[^，。；]{{0,10}}(?:升级|升格|提升|调整|变更|上调|降级|降)(?:为|至|到)(?P<colour3>[红橙黄蓝])色"
    rf"|预警[^。\n]{{0,40}}(?:升级|升格|提升|调整|变更|上调|降级|下调|降)(?:为|至|到)[^，。；]{{0,6}}(?P<colour4>[红橙黄蓝])色"
)
_LIFTED_BEFORE = re.compile(r"(?:解除|取消|撤销|终止)[^，。；、]{0,24}$")
_LIFTED_AFTER = re.compile(r"(?:信号)?[^，。；]{0,14}(?:解除|取消|撤销|终止)(?!后|前|时间)")
_REPLACED = re.compile(r"(?:信号)?[^，。；]{0,10}(?:升级|升格|提升|调整|变更|上调|降级|下调|降)(?:为|至|到)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """A post's nature, and what it says about a matter already known."""

    nature: Nature = Nature.CURRENT
    refutes: bool = False
    resolves: bool = False
    answers: bool = False


def judge(text: str, told_at: datetime | None = None) -> Judgement:
    """Judge a post by its clauses: `current` as soon as one of them tells of something real and present.

    `text` is title + newline + text. `told_at` shows whether an explicit date in it lies far back.
    """
    plain = normalise(text[:READ_TO])
    nature = _nature(plain, told_at)
    return Judgement(
        nature=nature,
        refutes=_refutes(plain),
        resolves=_resolves(plain),
        answers=nature is not Nature.DRILL and _answers(plain),
    )


def warning(text: str) -> WarningSignal | None:
    """The official warning signal a text speaks of: the gravest in force, else one that is lifted."""
    plain = normalise(text[:READ_TO])
    if "预警" not in plain:
        return None
    found = [signal for match in _WARNING.finditer(plain) if (signal := _signal(plain, match)) is not None]
    if not found:
        return None
    return max(found, key=lambda s: (not s.lifted, _ORDER.index(s.colour)))


def _signal(plain: str, match: re.Match[str]) -> WarningSignal | None:
    colour = next(filter(None, (match["colour"], match["colour2"], match["colour3"], match["colour4"])))
    subject = match["subject"] or match["subject2"] or match["subject3"] or ""
    if _REPLACED.match(plain, match.end()):
        return None
    before = plain[max(0, match.start() - 30) : match.start()]
    lifted = bool(_LIFTED_BEFORE.search(before) or _LIFTED_AFTER.match(plain, match.end()))
    return WarningSignal(colour=_COLOURS[colour], subject=subject, lifted=lifted)


def _nature(plain: str, told_at: datetime | None) -> Nature:
    told = course(plain, told_at)
    if not told.drilled and tallies(plain):
        return Nature.STATISTIC
    if not told.drilled and advises(plain):
        return Nature.HYPOTHETICAL
    if told.plain:
        return Nature.CURRENT
    claims = Counter(told.at(match.start()) for match in _HAPPENING.finditer(plain))
    if Nature.CURRENT in claims or any(told.at(m.start()) is Nature.CURRENT for m in _GRIEVANCE.finditer(plain)):
        return Nature.CURRENT
    if claims:
        return claims.most_common(1)[0][0]
    return _without_claims(told)


def _without_claims(told: Course) -> Nature:
    """A text that names no happening is of the nature that its last words have, if all its sentences share it."""
    if told.drilled:
        return Nature.DRILL
    natures = {told.at(end) for start, end in zip(told.starts, told.ends, strict=True) if end > start}
    strong = any(_STRONG.search(cue.text) for cues in told.cues for cue in cues)
    return natures.pop() if len(natures) == 1 and strong else Nature.CURRENT


def _clause(plain: str, start: int, end: int) -> tuple[int, int]:
    """Bounds of the clause that a match lies in, at most 40 characters to each side."""
    left = max(plain.rfind(mark, max(0, start - 40), start) for mark in "，。；！？!?\n,;")
    right = min((at for mark in "，。；！\n,;" if (at := plain.find(mark, end, end + 40)) >= 0), default=min(len(plain), end + 40))
    return (left + 1 if left >= 0 else max(0, start - 40)), right


def _refutes(plain: str) -> bool:
    """Whether somebody denies a rumour: says that it is one, or denies something where one is spoken of."""
    denials: Iterable[re.Match[str]] = _REFUTES.finditer(plain)
    if _RUMOUR.search(plain):
        denials = chain(denials, _DENIES.finditer(plain))
    for match in denials:
        start, end = _clause(plain, match.start(), match.end())
        clause = plain[start : end + 1]
        if not _ASKS.search(clause.strip("。，；！")) and not _NO_REFUTAL.search(clause):
            return True
    return False


def _resolves(plain: str) -> bool:
    for match in _RESOLVES.finditer(plain):
        start, end = _clause(plain, match.start(), match.end())
        if _NOT_YET.search(plain, start, match.end()) or _ASKS.search(plain[match.end() : end + 1]):
            continue
        return not _AGAIN.search(plain, match.end())
    return False


def _answers(plain: str) -> bool:
    for match in _ANSWERS.finditer(plain):
        start, end = _clause(plain, match.start(), match.end())
        clause = plain[start : end + 1]
        if not _NO_ANSWER.search(clause) and not _ASKS.search(clause):
            return not _HEARSAY.search(plain)
    return False
