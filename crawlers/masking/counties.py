"""Counties and towns whose names look like a person's: 上海闵行, 青岛李沧, 北京石景山, 隆宝镇."""

import re

_BY_CITY = """
三亚:吉阳 三明:宁化 上海:杨浦,浦东,闵行 上饶:万年,余干 临汾:尧都 临沂:兰陵 临沧:耿马 乌兰察布:四子王 乌海:乌达
乌鲁木齐:沙依巴克,米东 乐山:井研 九江:彭泽,柴桑,武宁,浔阳 云浮:罗定,郁南 伊春:乌翠,伊美,汤旺,金林 佛山:高明
佳木斯:向阳,汤原 保定:徐水,曲阳,高阳 保山:龙陵 信阳:罗山 克孜勒苏柯尔克孜:阿图什 克拉玛依:乌尔禾 六安:叶集,金安
六盘水:钟山 内江:东兴 凉山:宁南,甘洛,金阳,雷波 包头:石拐 北京:石景山 十堰:茅箭 南京:江宁,秦淮,高淳 南宁:武鸣,马山
南平:邵武 南昌:安义 南阳:唐河 台州:黄岩 吉安:万安 吉林:舒兰,龙潭 吐鲁番:高昌 吕梁:中阳,孝义,文水,方山,柳林 吴忠:利通
周口:鹿邑 呼伦贝尔:莫旗,鄂伦春旗,阿荣,陈旗 呼和浩特:和林格尔,武川 和田:于田,墨玉 咸阳:杨陵,秦都 哈尔滨:方正
唐山:曹妃甸 商丘:夏邑,宁陵,梁园 固原:彭阳 塔城:乌苏 大庆:杜蒙,萨尔图,让胡路,龙凤 大连:甘井子
天水:张家川,武山,甘谷,秦安 天津:武清 太原:万柏林,晋源 娄底:娄星 孝感:安陆 宁德:古田,周宁 宁波:宁海,江北 安庆:岳西
安阳:殷都,龙安 宜宾:江安 宜春:万载,高安 宝鸡:陈仓 宣城:宁国 山南:曲松,贡嘎 岳阳:临湘,华容,岳阳,岳阳楼
巴彦淖尔:乌中旗,乌前旗,乌后旗 常州:武进 常德:武陵 平凉:庄浪 平顶山:湛河 广安:岳池,武胜 广州:白云 廊坊:文安
延安:黄陵,黄龙 延边:汪清 开封:禹王台 张家口:尚义,张北,阳原 张家界:武陵源 徐州:贾汪 德宏:梁河 德州:夏津,宁津 德阳:罗江
忻州:宁武,忻府 成都:成华,武侯,简阳,金堂 抚州:黎川 拉萨:尼木,林周,达孜 揭阳:揭东,揭西 攀枝花:米易 文山:丘北,马关,麻栗坡
新乡:卫滨 新疆:可克达拉,图木舒克,白杨,石河子,阿拉尔 无锡:梁溪 日喀则:桑珠孜,江孜,白朗,聂拉木,谢通门 昆明:晋宁,石林
昌吉:吉木萨尔 昌都:丁青,左贡,江达,类乌齐 晋城:高平 普洱:孟连,景东,景谷 曲靖:师宗,罗平,陆良 朝阳:凌源,建平 本溪:桓仁
来宾:武宣,金秀 杭州:余杭,萧山 松原:宁江 枣庄:薛城 柳州:柳北,柳南 株洲:石峰,芦淞 桂林:龙胜 梧州:万秀,岑溪,龙圩
楚雄:姚安,武定,牟定 榆林:吴堡,榆阳 武威:古浪 武汉:江汉 毕节:赫章,金沙 汉中:宁强 汕头:金平 汕尾:陆丰 江门:江海
沈阳:于洪,康平,沈北,沈河 沧州:任丘,黄骅 河源:龙川 泰安:宁阳 泰州:高港 泸州:江阳,龙马潭 洛阳:伊川,孟津,栾川 济宁:梁山
海北:祁连 海西:乌兰 淄博:高青 淮南:潘集,田家庵 淮安:洪泽,金湖 深圳:罗湖 清远:连南,阳山 温州:龙港 湖州:吴兴
湛江:吴川,徐闻,麻章 滨州:邹平,阳信 漳州:华安,龙文,龙海 潮州:饶平 濮阳:华龙,南乐,台前,清丰,濮阳 烟台:牟平
牡丹江:穆棱,阳明 玉林:福绵,陆川 玉溪:华宁,江川 甘孜:康定,白玉 白山:江源 白银:景泰 益阳:安化,赫山 眉山:彭山,洪雅
石家庄:灵寿,高邑 福州:晋安,罗源 秦皇岛:卢龙 红河:蒙自,金平 绍兴:柯桥 绥化:兰西 绵阳:梓潼 聊城:东阿,阳谷 自贡:富顺
苏州:吴中,吴江 荆州:江陵 荆门:沙洋,钟祥 莆田:秀屿 菏泽:成武 萍乡:安源,芦溪 营口:老边 葫芦岛:龙港 蚌埠:禹会,龙子湖
衡水:安平,武强,武邑 衡阳:南岳,常宁,珠晖,石鼓,祁东,蒸湘,衡东,衡山,衡阳,雁峰 衢州:柯城,江山 西安:阎良,高陵
许昌:鄢陵,魏都 贵港:桂平,覃塘 贵阳:修文,白云 贺州:钟山 资阳:安岳 赣州:全南,章贡,龙南 赤峰:元宝山,敖汉,敖汉旗,林西,翁旗
辽阳:弓长岭 达州:万源 运城:万荣,闻喜 遂宁:大英 遵义:余庆 邢台:任泽,信都,宁晋 那曲:嘉黎,尼玛,比如,班戈,聂荣,色尼
邯郸:成安,武安 郑州:巩义 郴州:桂东,桂阳,苏仙 鄂尔多斯:乌审旗,杭锦,杭锦旗,鄂前旗,鄂托克 鄂州:梁子湖 酒泉:阿克塞
重庆:巫山,彭水,梁平,江北,江津,沙坪坝 金华:浦江,金东 金昌:金川 钦州:浦北 铜仁:万山 铜川:王益 银川:贺兰,金凤
锡林郭勒:苏右旗,苏左旗 锦州:凌海 长春:农安 长沙:岳麓 阳江:阳东,阳春,阳西 阿克苏:沙雅 阿勒泰:吉木乃
阿坝:小金,金川,马尔康 阿拉善:阿左旗 青岛:李沧 韶关:武江,翁源 鸡西:麻山 鹤岗:向阳 鹰潭:余江 黄冈:罗田,黄梅
黄石:铁山,阳新,黄石港 黔东南:施秉,黄平,黎平 黔南:龙里 齐齐哈尔:梅里斯,龙沙 龙岩:武平
"""
AROUND: dict[str, tuple[str, ...]] = {}
"""County -> the cities that have one of that name."""
for _line in _BY_CITY.split():
    _city, _counties = _line.split(":")
    for _county in _counties.split(","):
        AROUND[_county] = (*AROUND.get(_county, ()), _city)
_NOBODY = frozenset(
    """
闵行 杨浦 浦东 杨陵 巩义 孟津 张北 余杭 萧山 邹平 高淳 武清 江津 江宁 罗湖 吴江 岳麓 秦淮 任丘 简阳 忻府 武进 浦江
宁海 洪泽 高邑 饶平 揭东 揭西 沙洋 沙雅 于田 叶集 夏邑 鹿邑 余干 余江 万载 卢龙 唐河 鄢陵 章贡 芦淞 娄星 覃塘 麻章
牟平 薛城 敖汉 班戈 贡嘎 舒兰 穆棱 汪清 汤原 汤旺 师宗 施秉 彭泽 彭水 沈河 沈北 尧都 潘集 贾汪 殷都 孟连 耿马 钟祥
罗定 翁源 郁南 陆川 武鸣 柯桥 高青 徐闻 宁陵 宁津 黄骅 林周 达孜 尼木 嘉黎 聂荣 色尼 江孜 井研 梓潼 米易 甘洛 吴堡
庄浪 古浪 甘谷 阿荣 石拐 桓仁 林西 兰西 王益 乌达 茅箭 秀屿 岑溪 蒸湘
""".split()  # noqa: SIM905  # a list of 120 literals is no easier to read
)
"""Short ones that hardly anybody bears; of three characters none is borne."""
_ENDS = ("区", "县", "市", "旗", "自治")
_CITY_ENDS = ("市", "州", "地区", "盟", "省")
_LONGEST = max(map(len, AROUND))


_TOWN_END = re.compile(r"镇(?![定静住压得不守上里])|乡(?![下里亲音愁镇村上])|街道|苏木")
_IS_TOWN = re.compile(r"...?[镇乡]")


def is_town(shadow: str, start: int, end: int) -> bool:
    """Whether what was taken for a name is a town's, with what towns end in: 隆宝镇."""
    whole = _IS_TOWN.fullmatch(shadow, start, end) and _TOWN_END.match(shadow, end - 1)
    return whole is not None or _TOWN_END.match(shadow, end) is not None


def is_county(shadow: str, start: int, end: int) -> bool:
    """Whether what was taken for a name is a county's: well known, behind its city's, or with what counties end in."""
    for at in range(max(0, start - 2), end):
        for stop in range(max(at, start) + 2, min(len(shadow), at + _LONGEST) + 1):
            county = shadow[at:stop]
            if county not in AROUND:
                continue
            ends, behind_city = shadow.startswith(_ENDS, stop), _is_behind_city(shadow, at, county)
            alone = len(county) > 2 or county in _NOBODY
            if (start >= at or behind_city) and (end <= stop or ends) and (alone or ends or behind_city):
                return True
    return False


def _is_behind_city(shadow: str, at: int, county: str) -> bool:
    before = shadow[max(0, at - 10) : at]
    for end in _CITY_ENDS:
        before = before.removesuffix(end)
    return before.endswith(AROUND[county])
