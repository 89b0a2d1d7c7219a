"""Whether a spot in a text speaks of now: cues of drills, old events, statistics and mere possibility."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from analyzer.model import Nature
from analyzer.nature import bygone, dates
from analyzer.nature.dates import Cue
from analyzer.patterns import bounds
from analyzer.patterns.scan import Hints, Opened, remembered
from analyzer.scope.bystanders import is_aside
from crawlers.beijing import BEIJING

OLD_AFTER = timedelta(days=60)
"""An explicit date that lies further back than this tells of an old event."""

_SENTENCE_END = re.compile(r"[。！？!?\n；;]+|…{1,4}")
_CLAUSE_END = re.compile(r"[，,。！？!?\n；;、：:]")
_GROUPS = {
    "drill": (
        r"演练|演习|推演|导调(?:组|员|台|中心|人员|系统)|参演(?:队伍|单位|人员|力量|车辆|官兵|部门|医护|群众|消防|救援)|按(?:照)?脚本|实战拉练|(?:灭火|救援|处置|通信|夜间|无脚本|预案|实战|跨区)拉动|拉动(?:结束|训练|考核)|(?:设定|想定)的?(?:情景|场景|灾情|科目|险情)|(?:情景|场景|灾情|科目)设定|(?<=[无非])真实(?:火情|警情|险情|灾情|伤亡|事故)|【测试】|测试(?:消息|信息|数据|推送)|接口(?:测试|联调)|盲演|抽考|等科目|预设(?:场景|情景|科目)|(?:防震|地震|消防|安全|避险|急救)(?:教育)?课(?:上|堂|里)|[“\"]伤[员者][”\"]|模拟(?!考|器|卷|题|信号|人生)|应急拉练|情景构建|假想|逃生体验|练兵|试鸣"
    ),
    "film": (
        r"(?:电影|电视剧|小说|游戏|动漫|漫画|影视剧|大片|网剧|短剧|综艺|故事)(?:里|中|《|剧情|情节|讲述|主角|男主(?!人)|女主(?!人)|结局|画面|桥段|的剧情|第[一二三四五六七八九十\d]{1,3}[章集回季部]|[就都]?写)|剧情|剧中|片中|影片|(?:该|本|这部)片(?=[^，。]{0,4}(?:讲|描写|再现))"
        r"|(?:小说|漫画)看到|[看追刷][了过完]?一?[部场集][^，。；\d]{0,4}(?:电影|电视剧|片子?|剧)(?=[，。])|(?:片子|[剧片书]|漫画)里(?!面的?人)|(?:这|那)(?:一)?集里?|(?:这|那)部(?:[韩美日国港泰英古]|电视|网络?|港产)?(?:剧|片|戏|电影)|动画片|灾难片|连载|第[一二三四五六七八九十\d]{1,3}章(?=[，：:])|关卡(?=[^，。！？；\n]{0,4}难)|男主(?!人|任|管)|女主(?!人|任|管|播)|反派|大结局|追剧|打本|团灭|剧透|副本|通关|读档|一?开局(?=[^，。]{0,8}就)|存档(?:没|丢|坏)|(?:通宵|熬夜)玩|(?:(?<![\u4e00-\u9fff])|(?<=[的这那个种些典血影剧说套视情笑俗段]))桥段|梦见|梦到|梦里|昨[晚天夜]的梦|做了?个?梦|噩梦"
        r"|作文(?:里|中|写)|日记里|课文|我方|敌方|王者[^，。！？；\n]{0,4}(?:[连跪局胜]|排位)|[开打]黑|攻城(?![略墙])|复活点|爆装备|公会战|帮战|国战(?=[，。我昨今打又])|打王者(?!荣耀)|打排位|[上掉]分|剧本杀|狼人杀里|冷笑话|讲笑话|讲段子|这片子"
        r"|(?:看|读|追|刷|写)到?第[一二三四五六七八九十\d]{1,3}[章集回季部]|(?:看|追|刷)(?:完)?的(?:那|这)?(?:部|集)?(?:电影|电视剧|网剧|[美韩日]?剧|灾难片|片子)(?=[，。！])|《[^》\n]{1,20}(?<!情况|通报|公告|通告|通知|报告|快报|说明)》(?:看(?![到见])|好看|也太)|伤停|伤缺|缺阵|伤病(?:满营|名单|潮)|无法(?:出战|登场)|(?<![a-z])ai\s?(?:[做画造弄拼]|生成|合成|制作)(?:出来)?的(?![^，。]{0,4}(?:报|通知|文))"
        r"|《[^》\n]{1,20}(?<!情况|通报|公告|通告|通知|报告|快报|说明)》(?:这?部?(?:片子|电影|剧|小说|书)?讲|里|中|讲述|剧情|结局|女主(?!人)|男主(?!人))"
    ),
    "denied": (
        r"[”\"」』](?:一[节句说处])?(?:的?(?:说法|数字|数据|内容|表述))?(?:系|是|为|属|均|纯属|实为){0,2}(?:有误|不准确|笔误|口误|误[写报读传登](?![成为作])|多[写打报]|少[写打报]|[写打读报]错(?![成为作])|错误|没有依据|毫无依据|查无此事)"
        r"|(?<=[人名位例户元级时个死伤亡难])(?:有误|不准确|(?:系|是|为|属|纯属){0,1}(?:笔误|口误|误[写报读传登](?![成为作]))|多写|少写|[写打读报]错(?![成为作])|没有依据|毫无依据|查无此事)"
        r"|(?:此前|之前|先前|早前)?被?误报(?:为|成)?(?=死亡|遇难|身亡|失踪|失联|重伤)|(?<!不)是假的|(?:说法|传言|消息|信息|数字|言论|传闻)[^，。；！？\n]{0,2}(?:没有|毫无|无)(?:任何|事实){0,2}[根依]据|(?:的|等)(?:说法|传言|消息|信息|言论|帖子|视频)，(?:经|已)[^，。！？；\n]{0,12}(?:核实|核查|查证|调查)(?!属实|确有)|的?(?:报道|信息|数据|消息|说法|数字)(?:有误|错误|不准确)|(?<!不)(?<!并非)(?:系|是|为|属|均为|纯属|都是)[^，。！？；\n]{0,4}(?:谣言|谣传|不实|虚假|编造|误传)|(?:视频|图片|画面|照片|截图)(?:系|是|为|属)?[^，。！？；\n]{0,4}(?:合成|生成|伪造|拼接|摆拍)|不实|不属实|与(?:事实|实情|实际(?:情况)?)不符|子虚乌有"
    ),
    "retracted": (
        r"(?:后来|刚刚?|刚才|结果|社区|村里|官方|警方|派出所|民警|居委会?|物业|学校|医院|校方|公司|政府|镇上|园长|当事人|本人|人家|厂里)[^，。！？；\n\d]{0,10}(?:说|发现|证实|通报|核实|问了?|确认)(?:是|这是|了|都是)?(?:误传|假的|谣言|乌龙|瞎传|没有的事|没有?这回事|虚惊)"
        r"|？(?=[^，。！？；：\n]{2,14}：(?:[^，。！？；\n]{0,6})(?:[没并]有?无?此事|不实|谣言|假的|误传|子虚乌有|没有的事|未发生)|[^，。！？；：\n求请盼等望谁快该]{1,8}(?:辟谣|否认|澄清)(?![吗呢？]))"
    ),
    "quoted": (
        r"[”\"」](?=[？?]|(?:的|等)?(?:内容|语音|网传|传言|传闻|说法|谣言|帖[文子]|网帖|贴[文子]|(?:小|短|相关)?视频|消息|信息|言论|截图|流言|回应|澄清|辟谣))"
    ),
    "rumoured": (
        r"(?:误[写读报发登作传]|错[写读报发]|[写读打说报]错)[成为作了]|(?<=[”\"」])(?:误)?[读写打说报传]成|(?<=辟谣[：，！])(?:目前)?(?:并没有|并未|没有|不存在|从未)|编造|捏造|谁又?在(?:瞎|乱)?(?:传|造谣)|(?:并非|不是|而非|谣言|谣传)(?:如)?(?:网传|网上|传言|传闻|所谓|大家|外界|说|称|所说)(?:说|传|称|讲|的)?"
    ),
    "absent": r"(?:并没有|根本没有|并?不存在|没有发生|未发生)(?:所谓|网传|传言)?的?(?=[“\"「])",
    "negated": r"(?<!还)(?:并?没有|并未|从未|未曾|并?不存在)(?=[^，。！？；\n]{0,10}[\d几一二两三四五六七八九十])",
    "refuted": (
        r"辟谣|(?:未|没有?)(?:对外)?(?:发布?|出具?|制作|印发)过?(?:此|该|这[份条则个]|上述|相关|类似|任何){1,2}[^，。；！？\n]{0,4}(?:通报|通告|公告|警情|消息|文件|通知)|(?:通报|公告|通告|文件|通知)[”\"」]?(?:系|为|是|属|纯属){1,2}(?:他人|恶意)?(?:伪造|假冒|冒名|虚假)|没有此事|不存在[^，。；！？\n]{0,8}(?:所[说述称传]|传言|网传|上述|此类)[^，。；！？\n]{0,6}(?:情况|情形|现象|问题|事)|(?<!查)无此事|没有这[回件]事|无中生有|移花接木|张冠李戴|(?:并?无|没有?|未接到|未发现)(?:任何|过|此类|类似|相关){1,3}[^，。；！？\n]{0,6}(?:事故|火灾|爆炸|警情|险情|灾情|报警|报告)|(?:画面|视频|图片|照片|录像|影像)[^，。；！？\n]{0,6}(?:截取?|剪辑?|摘|搬运?)自|实为虚惊|虚惊一场|(?<=，)与[^，。；！？\n]{1,10}无关(?=[，。！\n]|$)|(?:网传|传言|传闻|谣言|所谓|帖[文子]|视频|信息|消息|数字|数据|内容|说法|言论)[^，。；！？\n]{0,10}失实|(?:请勿|切勿|勿|不|别)(?:轻?信|造)谣|未(?:发生|出现)过?(?:任何)?(?:爆炸|爆燃|燃爆|火灾|起火|坍塌|垮塌|溃坝|决堤|事故|中毒|踩踏)|(?:^|[\n。！？?])[【\[]?(?:谣言|谣传|假消息|假的)[】\]！!，：:]|(?:是|系|为)[^，。！？；\n]{0,6}(?:拼接|合成|摆拍|旧闻|假视频|旧视频|老视频)|(?:啥|什么|屁)事[儿也都]{0,2}没有|别(?:再)?[瞎乱]传了?|(?<![别莫不要])[瞎乱]传的?|[瞎胡]编的?|(?:^|[\n。！，])编的吧|以讹传讹|没影的事|别(?:再)?[转发]了|(?:是|系)[^，。！？；\n]{0,6}(?:年前|外地|外省|别处|早年)的?(?=[，。！\n]|$)"
        r"|(?:核实|核查|查证|调查|了解)[，,]?(?:实?系|实为|原来?是)[^。！？\n]{0,40}(?:无|未造成|没有?(?:造成)?)(?:任何)?人员?(?:伤亡|受伤)"
    ),
    "heading": (
        r"(?:文[后末]|页末|同页|另页)(?:另|还)?(?:载|附|列|刊|记)[^，。；！？\n]{0,8}[：:]|(?:旧闻|相关|延伸|新闻)(?:链接|回放|阅读|报道|案例)[：:]"
        r"|(?<=[。；\n])(?:典型|此前|类似|过往|往期|同类)?案例[：:]|(?<=[。；\n])另[举附]旧例[：:]"
    ),
    "anniversary": (
        r"再审|改判|高院|(?:事发|案发)(?:后的?)?第[二三四五六七八九十\d]{1,2}年|(?:地震|火灾|大火|洪水|爆炸|事故|矿难|空难|惨案|泥石流|海啸|台风|灾难|遇难)[^，。！？；\n]{0,6}周年|(?:被告人?|原告)[^，。！？；\n]{0,10}(?:表示|当庭|上诉|认罪|获刑|被判)|当庭(?:认|宣|表)|[一二终]审(?:法院)?(?:判|维持)|调查报告(?:已|正式|今[天日])?(?:向社会)?(?:公布|公开|发布)|(?<![未将并后时法])(?:公布|公开|发布|批复)(?!后|前)[^，。；！？\n]{2,50}?(?:事[故件]|火灾|爆炸|坍塌|”)[^，。；！？\n]{0,8}(?<!初步)调查报告|不服[^，。；\n]{0,4}上诉"
    ),
    "hearsay": (
        r"(?:帖[文子]|贴[文子]|网帖|视频|截图|文章|消息|评论)(?:[里中]|内容)?所?[说称讲写传言]的?|还(?=死了?[\d一二两三四五六七八九十几好])|什么(?=[^，。！？；\n]{0,6}[死伤亡没塌炸])|(?<![\u4e00-\u9fff])说(?=是?(?:死|伤|炸死|淹死)了?[\d一二两三四五六七八九十几好])|网传|网上|网络(?:流传|上)|传言|传闻|流传|网[民友][^，。！？；\n]{0,14}(?:称|述|发布|发帖|爆料|发文|留言)|发[帖文布][说称]|(?:语音|录音|聊天记录)[^，。！？；\n]{0,12}(?:转发|流传|传播|扩散|说|称)|刷屏|疯传|朋友圈|微信群|所谓|都说|都在?传|群里[^，。！？；\n]{0,4}[说传转发]|有(?:短视频|视频|帖子|人|消息|文章|自媒体)[^，。！？；\n]{0,8}(?:称|说|爆料)|有人说|听人?说|有(?:家长|居民|村民|业主|市民|学生|员工|读者|商户)[^，。！？；：\n\d]{0,3}[称说](?=“)"
    ),
    "unproved": (
        r"(?<!身份)(?<!身份信息)(?<!原因)(?:(?<![尚还暂])未能?|[尚还暂]未能?|无法|没能|[尚暂]无|(?<!还)没有|还没有?|有待|尚待)(?:[^，。！？；\n]{0,4}(?:得到|获得|获|予以?|经|官方|权威|独立|进一步|警方|院方|部门|消息)){0,2}(?:证实|核实|核验|确认)(?![^，。！？；\n]{0,6}(?:身份|原因|伤亡))"
    ),
    "supposed": (
        r"(?<![遭相突])遇(?=[^，。；！？\n]{1,8}[，时][^。；！？\n]{0,24}(?:须|应当|必须)[^。；！？\n]{0,12}(?:转移|撤离|疏散))|(?:预案|方案|细则|办法)[^，。；！？：\n]{0,6}(?:规定|明确|要求|修订)[，：](?=[^。；！？\n]{0,60}(?:须|应当?|必须|的，))|如果|假如|假设|假定|假使|倘若|要是|若是|(?<![一二三四五六七八九十两几\d防])万一|一旦|设想|若(?!干|无其事|隐若现|尔盖|羌|有所思)|哪天|哪怕|除非|是不是要等|非要?等到?|难道(?:要|非)等?|(?<![就早过]说)(?<!说过)(?<!知道)(?:迟早|早晚(?=[会要得出把])(?!会来|会有报应|[会要得]遭|[会要得]还|[会要得]清算))"
        r"|再[晚慢迟](?:来|到|送|[一几]|半|十|\d)|要不是|再(?:这么|这样|不管|不治)[^，。！？；\n]{0,12}，(?=[^，。！？；\n]{0,8}(?:烧|炸|塌|着火|起火|死|出事|出人命))|真(?:要)?(?:着火|起火|烧起来|炸|塌|出事|震)了?(?=[^。！？；\n]{0,16}(?:不稀奇|不奇怪|不意外|谁负责|跑不|来不及|怎么[办跑]))|(?:不然|否则)(?=[^，。！？；\n]{0,10}[就要会得]|[^，。！？；\n]{1,14}[全都](?:得|要|会|没|[死埋淹烧炸压砸毒困]))|看你们?|真要|再不[^，。！？；\n]{1,10}(?:就|要|会)|还要(?:死|伤|出)多少|判处|有期徒刑"
    ),
    "whenever": (
        r"(?:扬言|放话|叫嚣|威胁[要说称道]|恐吓)[^“”。\n]{0,10}“[^”\n]{1,80}”|“(?<=[称说道言帖文信：]“)(?=[^”\n]{0,30}(?:炸|杀|砍|烧死|陪葬|上天|同归于尽|带走))[^”\n]{0,10}(?:明[天早晚]|今[天晚]|马上|我要|要让|就要|埋了|等着|后天|周[一二三四五六日])[^”\n]{0,70}”|做好[^，。；！？\n]{1,20}准备|(?:发生|出现|引发|诱发)[^，。；！？\n\x20]{1,20}(?:可能性(?!不[大高]|[较很极偏]{0,2}[小低])|(?:风险|概率)(?=[较很极偏]{0,2}[高大]))|(?:请问|到时候?|将来|以后)[^，。；！？\n]{0,14}[死伤残]人?了?，?谁|(?:出现|发生|达到|超过|遇|遇到|当)[^，。；！？\n]{1,18}(?<!小)时(?=，)|\d(?:\.\d)?级(?:及)?以上[^，。；！？\n]{0,6}时|(?:别|非|不要|难道)(?:要|得)?等(?:到|着)?[^。；！？\n]{1,24}(?:才|再)(?=[会来去管装修改重动知有后想])|非(?:得|要)?(?:等|要|得)?[^，。；！？\n]{1,14}[死伤亡命][^，。；！？\n]{0,10}(?:才|再)|等(?:到|着)?[^，。；！？\n已了]{0,10}[死伤亡命][^，。；！？\n]{0,10}(?:才|再)[会来去管装修改重动知有后]"
    ),
    "memorial": (
        r"(?:地震|洪水|大水|溃坝|溃口|决口|泥石流|滑坡|山洪|海啸|台风|火灾|大火|山火|爆炸|矿难|空难|海难|沉船|事故|惨案|灾难|遇难|罹难)[^，。；！？\n]{0,8}纪念[碑馆园墙塔堂石]"
    ),
    "again": r"(?:悲剧|惨剧|惨祸|灾难|事故|一幕)[^，。；！？\n]{0,6}(?:重演|重现|再(?:次)?(?:发生|上演))",
    "feared": (
        r"担心|害怕|生怕|怕(?!热|冷|痛)|唯恐|惟恐|避免|以免|防止|预防|谨防|防范|以防|杜绝|严防|警惕|提防|扬言|放话|叫嚣|威胁(?:要|说|称)|恐吓|我要(?=[炸烧砍捅杀])|险些|差点|差一点|几乎要|幸好没|会不会|可能(?:会|要|得)|(?<![按照])(?:计划|拟|准备|预计|打算)(?:提前|紧急|集中|再)?(?:转移|疏散|撤离|安置)"
        r"|有可能|可能(?:导致|造成|引发|发生|出现|夺[走去]|带走|死|伤亡)|容易(?:导致|造成|引发|发生)|易(?:引发|造成|导致|发生)|随时(?:会|可能|都会|有)|存在[^，。！？；\n]{0,10}(?:隐患|风险|危险)"
        r"|潜在|恐怕?会|足以|承载|可容纳|能容纳"
    ),
    "advice": (
        r"的，?是(?:特别重大|特大|重大|较大|一般)事故|风险评估报告|(?:风险|隐患|危险性|影响|安全)评估(?=[：:])|以上[^，。！？；\n]{0,12}(?:的，?为|为[重特较一]|属于?[重特较一]|就是[重特较一]|算[重特较一])|(?:死亡|死|伤|损失|事故|病例|小时|户)[^，。；！？\n]{0,12}的，(?:为|属于?|构成|应(?!急|对)|处[一二三五七十\d以罚]|定为|认定为|列为|视为|可以?处|依法|启动)(?!了)|以上的?[^，。！？；\n]{0,12}(?:事故|事件|火灾|案件)的?，(?:应当|应由|由|必?须)|[撞砸][死伤][^，。！？；\n]{0,6}[要得该会]赔|是指|(?:预案|条例|办法|标准|法)》?规定|(?:^|\n)普法[：:]|[至到~-]\d{1,3}人的[^，。！？；\n]{0,4}为(?:特别重大|特大|重大|较大)|(?:如何|怎么|怎样|学会|教你|怎么|怎样)(?:正确|科学)?(?:自救|救治|救护|包扎|逃生|避险|应对|自保|预防|防范|防|辨别|分辨|判断|挑|选购|急救|处置)|往哪(?:儿|里)?跑|注意事项|小贴士|科普"
        r"|小知识|安全知识(?![^，。；\n]{0,6}(?:现场|竞赛|竞答|培训|比赛))|记住(?:这|几|三|四|五)|[这几三四五]招|小常识|小卡片|(?:三|四|五|几)(?:个)?(?:不要|要点|不要碰|不)(?=[/\n，。：:]|$)|要点|必读|必看"
        r"|一图[看读]懂|\d[人户万亿元]{0,2}以上(?:、|至)?\d{1,5}[人户万亿元]{1,2}以下|属于?哪一?[级类种]|属于?(?:一般|较大|重大|特别重大|特大)[^，。；？?\n]{0,6}(?:事故|事件)(?:吗|么|？|\?|还是)|驾考|应用题|选择题|填空题|例题|小升初|(?:背|学|讲|练)的?(?:这个|一个)?案例|(?:事故|事件)等级(?:为|是|属于?)[（(_—]|[（(]\s{0,4}[）)]|正确(?:的)?(?:做法|答案|选项|处置)|下列(?:哪|说法|选项)|以下哪|真题|案例题|考题|试题|题目(?:说|里|中|问|是)|[这那]道[^，。！？；\n]{0,16}题(?!材)|我选[的了]?(?:较大|重大|一般|特别重大)|考试估分|对答案|每日一[题练]|[单多]选题|判断题|答题|有奖竞答|够不?够赔|够赔|(?:身故|伤残|意外)[^，。；\n]{0,6}(?:赔付|保障|保额)|(?:加倍|双倍|最高可?)赔付|(?:点击|立即)投保|(?:宣传栏|标语|口号|警示语|公益广告)[：:]|续保|商业险|三者险|理赔(?:案例|年报|故事)|成功案例|(?:怎么做|怎么办)(?=\n)|逃生记|先兆|前兆|(?:避|风)险提[醒示](?=[\n：:】！]|$)|自救指南|避险指南|逃生技巧"
    ),
    "compared": (
        r"未(?:再)?发生(?:过)?(?:一起|1起|一次)?(?:死亡\d{1,2}人以上|较大以?上?|重大以?上?|重特大|特大|亡人)|(?:公布|发布|通报|曝光)[^，。！？；\n]{0,12}典型(?:交通|火灾|安全|生产)*(?:事故|案例)|警示案例|案例[一二三四五六七八九1-9](?=[：:，。\s])|(?:较|与|同)(?:去年|上年|前年)(?:同期|全年)?|比(?:去年|上年|前年)(?=同期|全年|下降|上升|减少|增加|增长|[少多降升]\d)|(?:去年|上年)同期|同期相比|起数|下降[^，。！？；\n]{0,4}(?:%|成|个百分点)"
        r"|呈[^，。！？；\n]{0,4}(?:下降|上升|增长|平稳)[^，。！？；\n]{0,4}趋势|双下降"
    ),
    "past": (
        r"(?<!\d)(?:19|20)\d\d年(?:的|那)?(?:一?[场次起])?(?:特?大?(?:洪[灾水]|[水雪冰旱]灾|火灾?|地震|爆炸)|大水|矿难|泥石流|台风)(?!应急|预案|防[治汛])|"
        r"[前头][两二三四五六七八九十几]起(?=[^起，。！？；\n]{0,10}(?:事故|车祸|火灾|中毒|共|合计|总共|累计|造成|致|带走|夺|死|伤|有))|(?:此前|之前|先前|前面)的?[一两二三四五六七八九十几\d][起次](?=[^起，。！？；\n]{0,10}(?:事故|车祸|火灾|中毒|共|合计|总共|累计|造成|致|带走|夺|死|伤|有))|(?:\d{1,3}|[一二两三四五六七八九十几数多]{1,3})(?:多|来)?年(?:之?前|以前)(?!的老|建|修|造(?!成)|盖|装|买|铺|种|搬)(?:的?今[天日])?|(?:好|许)多年前|(?<![从自])去年(?:的?今[天日])?(?!底?以来|起|开始|就(?!有[一两几]?[座家起场名例]|发生|出过)|至今|到现在)"
        r"|(?<![从自])前年(?!起|开始|就|至今)|大前年|(?<![从自此])前[几些两]年(?!起|开始|就|至今)|早[几些]年|头几年|上世纪|当年|那一?年|往年|历史[上课书]|课本[里上中]|书[上里][写说讲]|(?<!\d)0\d年(?=[^，。！？；\n级])|周年(?![店校]?庆|[^，。；\n]{0,6}(?:活动|仪式|现场|晚会))|年前的今天|旧闻|老新闻|陈年|早年|小时候|儿时|童年|年轻(?:时|那会|的时候)"
        r"|(?:上|读|念)?(?:小学|初中|高中|大学|中学)(?:的)?(?:那时|时候?|那年|那会)|(?:上|读)小学|[大高初][一二三四]那?(?:[回次]|年(?!级))|以前下乡|下乡那|老辈人|老照片|旧址(?!拆|改|施工|上?[新在])|遗址(?!公园|路|站|附近|旁)"
        r"|遗迹|民国|(?<![震火炸塌撞爆])那会儿?|那时候?|那一晚|(?<=[\u4e00-\u9fff])(?:过去|已经?过去)了?(?:十|二十|三十|四十|\d{1,2})?[一二三四五六七八九]?多?年"
        r"|[一二三四五六七八九十百\d]{1,3}(?:多|来)?年(?:之?后|过去)|(?<![一二三四五六七八九十\d])[五六七八九零][零一二三四五六七八九]年(?!级|龄|纪|后|之|前|代)|[五六七八九][零十]年代(?!的|建|初建|末建|老)|[五六七八九]几年(?![的个造建])|旧案|(?:一审|二审|终审|公开)?宣判|获刑|被判(?=处|刑|[一二三四五六七八九十\d])|法院判了(?=[：，])|提起公诉|出庭受审|庭审(?![^，。；\n]{0,2}(?:途中|时|期间|现场|路上))|(?:事故|大火|火灾|爆炸|矿难|坍塌)案(?=[^，。；\n]{0,12}(?:开庭|审理|宣判|判|被告))|(?<![之以])从前(?![面天年日街门后院排一两几半])|(?:那天|那个冬天|那年冬天)(?=，?[^，。；]{0,12}(?:记得|印象))|那一?[辈代]人?(?=[，说时的])|想当年|往事|旧事|曾经的|遗留|讲[他她](?:年轻|小时)|忆"
        r"|曾经?(?=[^，。！？；\n]{0,12}(?:参与|参加|经历|发生|造成|出现|导致|有|因|遭|死|炸|塌|着))|回顾|回忆|回望|往事|想起(?!来?交)|记得|老照片|(?<!留作)纪念(?!活动|[品章币日碑馆园墙塔堂石])|祭奠(?![^，。；\n]{0,4}(?:活动|仪式|现场))|县志|史料|史载|纪录片|[吸汲]取(?=[^，。！？；\n]{0,30}教训)|有一年|那年月|最险的一[回次]|[出结](?:生|婚)那[天年]|[常总]说起|悼念(?![^，。；\n]{0,4}(?:活动|仪式|现场))|遇难者?纪念(?![碑馆园墙塔堂])|[祭忌]日|每年的?(?:今[天日]|这一?天)|[公周年]祭(?![奠扫拜])|一年一度|获赔|(?:赔付|理赔|赔偿款?)(?:已|全部)?(?:到位|完毕|完成)|完成(?:赔付|理赔)|赔偿(?:方案|协议)(?:已?(?:公布|出炉|达成|签订)|：)|批复(?:同意|结案)|(?:还原|再现|重现)了?(?=[^，。；\n]{0,4}一[起场次])|警示教育(?=[^，。；\n]{0,2}(?:[片展]|会(?!场|议室|进行|期间|[^，。；\n]{0,4}[时中])))|以案(?:为鉴|促改|促治|说[法纪险]|释法|明[纪法])|(?:观看|收看|播放|学习|剖析|讲解|解剖|复盘|[看放讲学]了?)[^，。！？；\n]{0,24}?(?:案例|警示片|教育片|警示录)|放了?[^，。！？；\n]{0,24}?的片子|(?:事故|火灾|爆炸|坍塌|矿难)案例|案例(?:片|[中里](?=[\d一二两三四五六七八九十]))|(?:事故|火灾|爆炸|坍塌|矿难|惨案|案)为例|(?:老师|讲师|教官|教员)[^，。；\n]{0,4}[说讲]到?[^，。；\n]{0,6}那[起场次]|(?:[十百]|近年)大(?:安全|生产|责任)?(?:事故|灾难|火灾|矿难|惨案|惨剧)|年度盘点|退休前|那几年|那些年|[爷奶祖父]辈|死过(?=[\d一二两三四五六七八九十几]{1,3}[多余来几]?[个名位口条])|(?<![天晚夜早晨日午里])那[场次]|刻[着有](?=[^，。；\n]{0,14}(?:名字|姓名|遇难))|(?:名字|姓名)[被都]?刻"
    ),
    "recalled": (
        r"永远(?:铭记|怀念|记得|不[会能该]忘|缅怀)|(?:[没不]有?|从未|不曾|不敢|不能|不会|永不|勿|难以|莫)(?:被)?(?:忘记|忘却|忘怀|遗忘|相忘)|(?:一|每当|每次|每每)想起|想起来?(?:就|都|还|仍)(?![^，。；！？\n]{0,3}(?:后怕|害怕))"
        r"|致敬[^，。；！？\n]{0,6}(?:英雄|烈士|逝者)|(?:教训(?:太|很|极其|十分|非常|何其|是){0,2}(?:惨痛|深刻|深|惨烈|沉痛|用生命)|(?:惨痛|血的?|沉痛|深刻|前车|这些?|历史)(?:的)?教训|前车之鉴|前事不忘|引以为[戒鉴]|以此为[戒鉴])|警示(?:着)?(?:我们|世人|后人|人们)"
        r"|(?:^|[\n。！？])又到了?(?:\d{1,2}月(?:\d{1,2}[日号])?|一年|每年|这一天|这个日子|清明)|(?:悲剧|惨剧|灾难)(?:真的|绝)?(?:不能|不要|别|不应|不该)再(?=[有来]|发生|重演|上演)"
        r"|(?:^|[\n。！？，])从(?=[^，。；！？\n]{0,24}(?:死|亡|遇难|罹难|牺牲|丧生|受伤|事故|爆炸|火灾|矿难))[^，。；！？\n]{2,30}?(?:[，：](?:看|谈|论|想到)|[难亡故炸灾伤牲生](?:看|谈|论|说起|想到)|反思|透视|汲取)(?!见|到|得|过)"
    ),
    "known": bygone.NAMES,
    "dated": (
        r"(?<!\d)(?:19|20)\d\d年(?!(?:\d{1,2}月(?:\d{1,2}日)?)?以来)(?:\d{1,2}月(?:\d{1,2}[日号])?)?(?!前?[后底末初]?(?:新?建|修|造|盖|装|买|投|交|入|起))"
    ),
    "statistic": (
        r"去冬今春|今冬明春|(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?以来|[去前]年以来(?=[^，。；！？\n]{0,6}(?:已|共|累计|全[市区县省镇]|发生|接报))|今年(?:以来|(?:入[汛夏冬秋春]|暑期|暑假|汛期|主汛期|春节|夏季|冬季|开春)以来)|(?:入[汛夏冬秋春]|暑期|暑假|汛期|开学)以来|今[夏冬春秋](?=[^，。！？；\n]{0,8}(?:已|共|累计|接诊|收治))|[今本]年(?=[^，。！？；\n]{0,10}(?:共|已|累计)?(?:发生|接报|接处|处置|受理|查处)[^，。！？；\n]{0,12}(?:\d{2,6}|[十百千])[余多]?[起件宗])|年初以来|开年以来|全年(?!级|龄)|上半年|下半年|[一二三四首]季度|前[一二三四五六七八九十\d]{1,2}个?(?:月|季度)|\d{1,2}[-至到~]\d{1,2}月|[一二三四五六七八九十]{1,2}月[至到][一二三四五六七八九十]{1,2}月|同比|环比|年均|每年|平均每"
        r"|历年|近(?:\d{1,2}|[一二两三四五六七八九十几]{1,3})(?:多|来)?年|过去(?:的)?(?:\d{1,2}|[一二两三四五六七八九十几]{1,3})年(?=[^。]{0,20}[共计均])"
        r"|(?:上|本|这|近一?|第\d{1,2})周(?:，|内)?全[市县区省州国][^，。！？；\n]{0,8}(?:报告|监测|接报|共|累计)|[十五三两]年(?:间|来)|本年度|法定传染病|发病率|死亡率(?!约|[为达]?\d)|事故率|统计(?:数据|公报|年鉴)|半年报|(?:事故|火灾|安全|交通|消防|灾害|生产|统计|年度|[厅局队委])(?:年|季|月)报(?![销酬名考到废告逾])"
        r"|(?:上|当|本|\d{1,2})月份?(?=[^，。！？；\n]{0,10}(?:共|累计)(?:发生|接到|接报|受理|处置|报告|发现|查处))|\d{1,2}月份?全[市县区省州国](?=[^，。！？；\n]{0,14}(?:死亡|受伤|发生|事故|火灾))|全国(?:共|累计|每)(?!(?:确诊|报告|发现|有)?\d{1,6}例)|(?<!最新)(?<![台站仪])数据显示|白皮书|概率"
    ),
    "now": (
        r"恳请|请求|请有关|请相关|望有关|希望有关|求助|今天|今日|今早|今晨|今晚|今夜|今年(?!以来|[一上前])|昨天|昨日|昨晚|昨夜|昨早|前天|前日|日前|近日|近期|最近|这几天|这两天|刚刚"
        r"|刚才|刚(?![^，。！？；\n]{0,3}过|建|装|修|买|交房|搬|毕业)|此刻|目前|截至|截止|现在|眼下|正在|至今|到现在|如今|凌晨|清晨|中午|下午|傍晚|深夜|早上|上午|本周|上周|周[一二三四五六日]|这次|此次"
        r"|本次|又(?=[^，。！？；\n]{0,6}(?:起火|着火|着了|爆|塌|停|断|死|伤|出事|发生|漏))|再次|\d{1,2}月\d{1,2}[日号]|(?<!\d)\d{1,2}[日号](?!公告)|都(?:快|已经)?[一二两三四五六七八九十半几\d]{1,3}个?多?(?:年|月|天|周|星期)多?了"
    ),
    "real": (
        r"(?<!以为)(?<!当成)(?<!当)真的?(?:起火|着火|着了|烧|炸|爆|出事|发生|死|伤|有人|地震|停|侧?翻|泄?漏|撞|[坍倒垮]?塌|断|沉|坠)|竟然?|果真|不是演[练习]|并非演[练习]|非演[练习]|不是演的|假戏真|弄假成真|变成?实战|转[入为](?:实战|救援)"
        r"|突发(?!】|事件(?:应急|处置|预案|演)|公共)|意外(?!险|伤害险)|实际(?:上)?|真出|事发时|不慎|实情|真实情况|真相是"
    ),
    "indeed": r"其实",
}
_CUES = Opened("|".join(f"(?P<{kind}>{words})" for kind, words in _GROUPS.items()))
_NOWADAYS = {"如今", "现在", "至今", "目前", "眼下", "到现在", "今年", "正在"}
"""These tell of today, and not that what is told has just happened."""
_JUST = re.compile(r"发生(?![后在于的时以])|突发|现场|送医|抢救|救治|搜救|救援|伤情|事发|通报|介绍")
"""Beside a word that recalls: this is news."""
_WEAK = {"now", "real", "hearsay", "indeed", "negated"}
"""Words of now, and of what is real, say nothing where no other cue stands; no more do hearsay and a mere no."""
_HINTS = Hints(
    {
        "cue": "|".join(words for kind, words in _GROUPS.items() if kind not in {*_WEAK, "dated"}),
        "dated": _GROUPS["dated"],
    }
)
_BACKGROUND_DRILL = re.compile(
    r"(?:平时|平日|日常|此前|之前|曾|去年|上月|上周|前几天|上个?月|刚搞过|搞过|刚做过|多次|定期|经常|得益于|多亏|加强|下一步|将(?:组织|开展|定期)|要求|完善|制定|开展过|组织过|参加过|学过|常态化"
    r"|每年|每[月季周]|[天整]天|年年|[光净就只](?:会|知道|顾着?)|喜欢|爱|没有|从(?:来|未)|缺乏|不是|并非|取消|推迟|原定|原计划|以为是?|还以为|说是)[^，。！？；\n]{0,14}$"
)
_ITSELF = re.compile(r"[本此这]次[^，。；\n]{0,8}$|应急$")
"""Before a late word for a drill: it is the text's own subject."""
_AFTER_DRILL = re.compile(
    r"[^，。！？；\n]{0,8}(?:途中|返程|归来|回程|取消|推迟|派上了?用场|发挥了?作用|学到的|经验|不足|预案|制度|计划|作秀|走过场|形式主义)"
    r"|[^。！？\n]{0,6}(?:有(?:什么|啥|屁)用|给谁看|白[搞练演]|不[干办](?:实|人|正)?事)"
)
_ALWAYS = ("同比", "环比", "年均", "每年", "平均每", "发病率", "死亡率", "事故率")
_GOES_ON = re.compile(
    r"\s{0,3}(?:当时|那次|那场|那一|事后|该(?=事故|案|火灾|矿难|事件|次|公司|矿)|该起|其中|共|此后|后来|最终|最后|事故|大火|爆炸|地震|这起|造成)"
)
_ANEW = re.compile(r"又|再次|再度|突然|突发|途中|结束后|期间|现场|活动中")
_NO_DRILL = {"不是演练", "不是演习", "并非演练", "并非演习", "非演练", "非演习"}
_THAT_ONE = {"那场", "那次"}
_THAT_YEAR = {"那年", "那一年"}
"""Behind what it tells of, be it a clause further on: "死了6个人，那年我19岁"."""
_SOME_DAY = {"迟早", "早晚"}
"""An "if" in a clause on somebody governs what follows; these and the past of a remark do not."""
_ASIDE_MARKS = "，。！？；：!?\n/#（）()【】[]~… "
_ASIDE_REACH = 31
_LEAD = 16
_HEADED = 8
"""Characters of what is told before such a heading, at least."""
_LONGEST = 400
"""Characters of a sentence, or of one without a comma twice as many."""
_HEARD = re.compile(r"听[^，。！？；\n]{0,8}[说讲]$")
_RECORD = re.compile(r"[纪记]录[^，。；）\n]{0,6}$")
"""Before a year it makes it the year of a record that today's figure is set against."""
"""Behind "刚听说" it is the one of these days, and no old one."""
_WHOLE = {"anniversary": Nature.PAST, "recalled": Nature.PAST, "memorial": Nature.PAST, "compared": Nature.STATISTIC}
"""What a whole sentence speaks of that holds such a word."""
_TIME = {"past": Nature.PAST, "statistic": Nature.STATISTIC, "now": Nature.CURRENT, "real": Nature.CURRENT}


_DENIES_WHAT_IS_BEFORE = {"denied": True, "quoted": True, "rumoured": False, "absent": False, "negated": False}
_IN_PUBLIC = re.compile(
    r"网|传|流传|刷屏|疯传|朋友圈|微信群|所谓|有(?:短视频|视频|帖子|消息|文章|自媒体)|帖|贴|视频|截图|发[帖文布]"
)
"""What is only passed on by anybody; "听说" and "都说" tell what somebody near has said."""
_IF_REFUTED = {"quoted", "negated"}
"""These deny only in a text that denies something in so many words."""


def _times_before(cues: Sequence[Cue], position: int) -> list[Cue]:
    """The words of a sentence up to a spot that say when it is."""
    return [cue for cue in cues if cue.kind in _TIME and cue.start <= position]


@dataclass(frozen=True, slots=True)
class Course:
    """The status of every spot of one text. Made by `course`."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    cues: tuple[tuple[Cue, ...], ...]
    carried: tuple[Nature, ...]
    text: str
    drilled: bool
    refuted: bool
    heading: int
    """Where a page begins to list other happenings; beyond the text where it does not."""

    @property
    def plain(self) -> bool:
        """Whether no cue stands anywhere."""
        return not self.starts

    def denied(self, position: int) -> bool:
        """Whether the words at `position` are called a rumour ("网传…系谣言", "并非网传的…"), there or further on."""
        if not self.starts:
            return False
        cues = self.cues[self._sentence(position)]
        if any(self._denies(cue, position) for cue in cues):
            return True
        heard = next((cue for cue in cues if cue.kind == "hearsay" and cue.start <= position), None)
        if heard is None:
            return False
        if _IN_PUBLIC.match(heard.text) and any(cue.kind == "unproved" and cue.start > position for cue in cues):
            return True
        if not self.refuted:
            return False
        ended = any(cue.kind == "denied" and heard.end <= cue.start < position for cue in cues)
        return not ended and not self._released(cues, heard, position)

    def _denies(self, cue: Cue, position: int) -> bool:
        """Whether a word denies what is told at a spot before it ("…不实", "“…”的传言") or behind ("并非网传的…")."""
        behind = cue.start > position
        if cue.kind == "retracted":
            return behind
        if _DENIES_WHAT_IS_BEFORE.get(cue.kind) is not behind or (cue.kind in _IF_REFUTED and not self.refuted):
            return False
        if cue.kind == "quoted":
            return all(self.text.find(mark, position, cue.start) < 0 for mark in '“"「')
        return not self._parted(position, cue.start)

    def _sentence(self, position: int) -> int:
        """The number of the sentence that a spot stands in; of none where there are none."""
        return max(bisect_right(self.starts, position) - 1, 0)

    def at(self, position: int) -> Nature:
        """What the words at `position` speak of."""
        if not self.starts or position >= self.heading:
            return Nature.PAST if self.starts else Nature.CURRENT
        index = self._sentence(position)
        cues = self.cues[index]
        if self.drilled and not self._real(index):
            return Nature.DRILL
        if self._supposed(cues, position):
            return Nature.HYPOTHETICAL
        whole = next((_WHOLE[c.kind] for c in cues if c.kind in _WHOLE and self._holds(c, position)), None)
        if whole is not None or any(c.text in _ALWAYS and not self._afterthought(c, position) for c in cues):
            return whole or Nature.STATISTIC
        if before := _times_before(cues, position):
            heard = before[-1].text in _THAT_ONE and any(c.text.startswith("刚") for c in before)
            return Nature.CURRENT if heard else _TIME[before[-1].kind]
        behind = [c for c in cues if c.kind in _TIME and c.start > position and self._dates(c, position)]
        return _TIME[behind[0].kind] if behind else self.carried[index]

    def of_these_days(self, position: int) -> bool:
        """Whether the words at `position` are told of now in so many words ("昨晚", "本周", "3月5日")."""
        if not self.starts or self.at(position) is not Nature.CURRENT:
            return False
        cues = self.cues[self._sentence(position)]
        before = _times_before(cues, position)
        return bool(before) and before[-1].kind == "now" and before[-1].text not in _NOWADAYS

    def _holds(self, cue: Cue, position: int) -> bool:
        """Whether a word that a whole sentence hangs on holds a spot.

        A monument holds what it is called after alone, and an old matter nothing that strikes anew behind it:
        "大火三周年，同一条街又烧起来了".
        """
        if cue.kind == "memorial":
            return cue.start <= position < cue.end
        struck = cue.kind == "anniversary" and cue.end <= position and self._parted(cue.end - 1, position)
        return not (struck and _ANEW.search(self.text, cue.end, position))

    def _dates(self, cue: Cue, position: int) -> bool:
        """Whether a word of time that stands behind a spot is the spot's: in its clause, or "that year"."""
        return cue.text in _THAT_YEAR or not self._parted(position, cue.start)

    def _afterthought(self, cue: Cue, position: int) -> bool:
        """Whether a "每年" only stands in a later clause: "又淹死两个，每年都这样"."""
        return cue.text == "每年" and cue.start > position and self._parted(position, cue.start)

    def _real(self, index: int) -> bool:
        """Whether a sentence beside a drill tells of something that truly happened.

        What follows "这不是演练内容" does too.
        """
        cues = self.cues[index]
        acted = any(c.text in {"模拟", "假设", "假想"} for c in cues)
        if not acted and any(c.kind == "real" for c in cues):
            return True
        return index > 0 and any(c.text in _NO_DRILL for c in self.cues[index - 1])

    def _supposed(self, cues: tuple[Cue, ...], position: int) -> bool:
        """Whether an "if", a fear or a film governs the spot."""
        for cue in cues:
            if cue.kind in {"film", "advice"}:
                return True
            if cue.kind == "supposed" and cue.start <= position and not self._released(cues, cue, position):
                return True
            if cue.kind == "whenever" and cue.start <= position < cue.end:
                return True
            if cue.kind == "again" and not self._parted(position, cue.start):
                return True
            if cue.kind == "feared" and cue.start <= position and not self._parted(cue.start, position):
                return True
        return False

    def _released(self, cues: tuple[Cue, ...], cue: Cue, position: int) -> bool:
        """Whether a word of now stands between an "if" and the spot."""
        return any(
            (c.kind in {"now", "indeed"} or c.text.startswith(("实际", "实情", "真实", "真相")))
            and cue.end <= c.start <= position
            and self._parted(cue.start, c.start)
            for c in cues
        )

    def _parted(self, one: int, other: int) -> bool:
        """Whether a clause ends between two spots."""
        return _CLAUSE_END.search(self.text, min(one, other) + 1, max(one, other) + 1) is not None


_NOTHING = Course((), (), (), (), "", drilled=False, refuted=False, heading=0)


@remembered
def course(plain: str, told_at: datetime | None = None) -> Course:
    """Read the cues of a normalised text. `told_at` shows whether an explicit date lies far back."""
    seen = _HINTS(plain)
    if "cue" not in seen and (told_at is None or "dated" not in seen):
        return _NOTHING
    found = [cue for match in _CUES.finditer(plain) if (cue := _cue(match, told_at)) is not None]
    found = [cue for cue in found if not (cue.kind == "past" or cue.text in _SOME_DAY) or not _in_aside(plain, cue)]
    found = _recalling(plain, dates.of_that_year(plain, found, told_at))
    kinds = {cue.kind for cue in found}
    if kinds <= _WEAK:
        return _NOTHING
    starts, ends = _sentences(plain)
    cues: list[list[Cue]] = [[] for _ in starts]
    for cue in found:
        cues[max(bisect_right(starts, cue.start) - 1, 0)].append(cue)
    return Course(
        starts=tuple(starts),
        ends=tuple(ends),
        cues=tuple(map(tuple, cues)),
        carried=tuple(_carry(plain, starts, cues)),
        text=plain,
        drilled=_drilled(plain, found, ends),
        refuted=any(cue.kind in {"denied", "absent", "refuted"} for cue in found),
        heading=next((c.start for c in found if c.kind == "heading" and c.start > _HEADED), len(plain) + 1),
    )


def _recalling(plain: str, found: list[Cue]) -> list[Cue]:
    """The cues without those that only would recall what is long over, where the text tells news."""
    recalled = [cue for cue in found if cue.kind == "recalled"]
    if not recalled:
        return found
    news = any(cue.kind == "now" and cue.text not in _NOWADAYS for cue in found) or _JUST.search(plain) is not None
    return [cue for cue in found if cue.kind != "recalled"] if news else found


def is_dated(plain: str) -> bool:
    """Whether what a normalised text tells of may depend on when it was told."""
    return "dated" in _HINTS(plain)


def _in_aside(plain: str, cue: Cue) -> bool:
    """Whether a word of time or doubt stands in a clause that only speaks of somebody: "那人当年靠的是岳父"."""
    start = bounds.begin(plain, cue.start, _ASIDE_MARKS, _ASIDE_REACH)
    end = bounds.end(plain, cue.end, _ASIDE_MARKS, _ASIDE_REACH)
    # "十年前的政府" counts nothing but the years.
    until = cue.start if cue.text.endswith("前") else cue.end
    return is_aside(plain[start:until] + plain[cue.end : end])


def _cue(match: re.Match[str], told_at: datetime | None) -> Cue | None:
    kind = match.lastgroup or ""
    before = match.string[max(0, match.start() - _LEAD) : match.start()]
    if match.group() in _THAT_ONE and _HEARD.search(before):
        return None
    if kind == "known":
        return Cue("past", *match.span(), match[0]) if bygone.is_bygone(match, told_at) else None
    if kind == "dated":
        if _RECORD.search(before):
            return None
        if told_at is None:
            return None
        kind = "past" if _long_ago(match.group(), told_at) else "now"
    return Cue(kind, match.start(), match.end(), match.group())


def _long_ago(date: str, told_at: datetime) -> bool:
    numbers = [int(n) for n in re.findall(r"\d+", date)]
    year, month = numbers[0], min(max(numbers[1], 1), 12) if len(numbers) > 1 else 12
    # A bare year or month counts to its end.
    after = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=BEIJING)
    return told_at - after > OLD_AFTER


def _sentences(plain: str) -> tuple[list[int], list[int]]:
    starts, ends = [0], list[int]()
    for match in _SENTENCE_END.finditer(plain):
        _cut(plain, starts, ends, match.start())
        ends.append(match.start())
        starts.append(match.end())
    _cut(plain, starts, ends, len(plain))
    ends.append(len(plain))
    return starts, ends


def _cut(plain: str, starts: list[int], ends: list[int], end: int) -> None:
    """End a sentence that nobody ends where a clause does: each of its spots is asked of all its cues."""
    while end - starts[-1] > _LONGEST:
        clause = bounds.end(plain, starts[-1] + _LONGEST, "，", _LONGEST)
        if clause >= end:
            break
        ends.append(clause)
        starts.append(clause)


def _carry(plain: str, starts: list[int], cues: list[list[Cue]]) -> list[Nature]:
    """What a sentence without a cue of its own speaks of: an old story goes on until something of now is said."""
    carried: list[Nature] = []
    running = Nature.CURRENT
    spoken_of_now = False
    for start, own in zip(starts, cues, strict=True):
        goes_on = running if not spoken_of_now or _GOES_ON.match(plain, start) else Nature.CURRENT
        carried.append(goes_on)
        times = [_TIME[c.kind] for c in own if c.kind in _TIME]
        times += [Nature.PAST for c in own if c.kind in {"anniversary", "recalled"}]
        in_court = any(c.kind == "anniversary" for c in own)
        if times:
            # Of an old matter that a court is busy with now, what follows is told too.
            spoken_of_now = spoken_of_now or (Nature.CURRENT in times and not in_court)
            running = times[-1]
        elif plain[start : start + 2].strip() and running is not Nature.CURRENT and goes_on is Nature.CURRENT:
            running = Nature.CURRENT
    return carried


def _drilled(plain: str, found: list[Cue], ends: list[int]) -> bool:
    """Whether the text as a whole tells of a drill: named early or as its own subject, not as background."""
    lead = ends[min(2, len(ends) - 1)]
    for cue in found:
        if cue.kind != "drill":
            continue
        if _BACKGROUND_DRILL.search(plain, max(0, cue.start - 20), cue.start) or _AFTER_DRILL.match(plain, cue.end):
            continue
        if cue.start <= lead or _ITSELF.search(plain, max(0, cue.start - _LEAD), cue.start):
            return True
    return False
