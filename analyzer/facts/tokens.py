"""The one scan over a text that finds figures of people and the words they may belong to."""

from analyzer.facts.amounts import PERSON_AMOUNT
from analyzer.facts.lexicon import EVENT, PERHAPS
from analyzer.facts.numerals import NUMERAL
from analyzer.scan import Opened

TOKEN = Opened(
    r"(?P<stop>[。！？!?\n；;])"
    rf"|(?P<ordinal>第{NUMERAL}[人名位个例具]|(?<!\d)1(?:10|19|20|22)(?=急救|救护|指挥|中心|调度|民警|接警|电话|出警|人员|医护|医生|救援|热线|的?医务)"
    rf"|一个比一个|一个(?:都|也)(?=[没不未冒])|(?:没有?|无)(?:任何)?{NUMERAL}(?:人|名|位|例|个人|个(?=[，。])))"
    rf"|(?P<couple>(?P<one>{NUMERAL})(?:名|个)?(?:男|女|老|大|死)(?P<other>{NUMERAL})(?:名|个)?(?:男|女|少|小)(?![\w]?[死伤]))"
    rf"|(?P<amount>{PERSON_AMOUNT})"
    rf"|(?P<pair>(?P<paired>{NUMERAL})(?P<more>[余多])?(?:死(?!一生|不悔|了之|百了|谢罪|有余|亡)|亡|伤)(?![者员病势情害亡心口感风寒]))"
    rf"|(?P<lone>(?<=[死亡伤:：])(?P<alone>{NUMERAL})[余多]?(?![\u4e00-\u9fff0-9]))"
    r"|(?P<open>[（(])|(?P<close>[）)])|(?P<comma>[，,#])|(?P<colon>[:：])|(?P<list>、)"
    r"|(?P<double>双双|[那这]对(?=[^，。；、\d]{0,12}(?:夫[妻妇]|母[女子]|父[女子]|兄[弟妹]|姐[妹弟]|情侣|老人)))"
    r"|(?P<single>(?<=有)个(?=[人老男女小孩工学娃阿大乘司年]|再没|当场|[还已]|没[救挺撑缓醒气])|(?<=死了)个(?![不没明])|(?<=死的)那个|该名(?=[工伤患乘司男女村市老学])|那位(?![置于])|那个(?=[^，。；、\d]{0,12}(?:没[能有]?[挺撑救熬]|还是走了|去世|没了))|那个(?=没|当场|人[没当也死]|还没|也没))"
    r"|(?P<among>(?<=[人名位例员者众生工民客子童友])(?:之|当)?(?:中(?=[，,有\d一二两三四五六七八九十])|里面?有))"
    r"|(?P<part>其中|(?:包括|包含)(?![^，。]{0,20}在内)|当中|[员者人众]中有?(?=[^，。]{0,6}[\d一二两三四五六七八九十]))"
    r"|(?P<apart>另|此外|同时|还有|还造成|并造成|其余|其他)"
    r"|(?P<to>(?:已|也|再|又)?(?:上升|增加|攀升|上调|上涨|升|增|扩大|上升|突破|变|涨|增长)(?:至|到|为|成)了?|更正为|更新为|修正为|变更为|调整为|改为"
    r"|(?:下调|下降|核减|减少|降|减)(?:至|到|为)|实为|应为|改成了?|核定为|修订为|订正为)"
    rf"|{EVENT}|(?P<perhaps>{PERHAPS})"
    rf"|(?P<bare>[死伤][了的]?(?:几|多少)[个人]|死了(?=个[^不没明])|死的(?=那个)|(?<![累笑气急烦困美爱恨馋忙疼酸想愁羞臭丑坑乐阵])[死亡伤](?:了|的)?(?:也|得|都|足|是)?有?(?=\s?(?:约|近|至少|超过?|少说)?{NUMERAL})|(?<=[人名个口])[死亡伤](?![心板角活循党磕撑守命者员病势情害感口胡路结机]))"
)
"""Named groups tell the kind of token; those of `EVENT` the kind of event."""
