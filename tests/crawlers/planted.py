"""Generated texts with planted personal data, and texts that look like it and hold none. All of it is invented."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂"
)
_DOUBLE = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "慕容", "令狐", "司徒", "夏侯", "宇文", "端木")
_GIVEN = (
    *("伟", "芳", "娜", "敏", "静", "磊", "洋", "勇", "艳", "杰", "涛", "超", "霞", "平", "刚", "辉", "健", "琳", "晨", "萌", "茜", "宁", "凯", "倩"),
    *("建国", "秀英", "桂兰", "志强", "淑珍", "海燕", "俊杰", "晓东", "丽华", "国庆", "玉梅", "文博", "子涵", "梓轩", "雨桐", "浩然", "思远", "佳怡", "一诺"),
    *("宇航", "欣妍", "泽宇", "梦瑶", "嘉豪", "书瑶", "德明", "永福", "春花", "金凤", "满仓", "来福", "铁柱", "二妹", "小军", "大勇", "光辉", "红霞", "爱民", "卫东"),
    *("立新", "秋菊", "冬梅", "振华", "学文", "明辉", "少华", "翠兰", "凤英", "玉兰", "宝山", "长河", "天佑", "若兰", "静雯", "雪莲", "彩云", "云飞", "鹏程", "致远"),
    *("婉清", "奕辰", "沐阳", "可馨", "诗涵", "皓轩", "睿哲", "紫萱", "语嫣", "亦凡", "景行", "知夏", "慕白", "向荣", "守义", "传宝", "广财", "运来", "喜凤", "巧玲"),
)
_DIGIT_STYLES = ("0123456789", "０１２３４５６７８９")
_NUMERALS = "零一二三四五六七八九"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁苏浙赣鄂桂甘晋蒙陕吉闽贵粤青川宁琼"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_COMPOUNDS = ("柳荫小区", "竹影居", "澄湖花园", "向晴里二期", "栖桥新村", "恒沐家园", "云溪府", "金禾苑")
_STREETS = ("东河路", "澄湾大道", "柿子巷", "苇渡街", "青石板路", "人民中路")


@dataclass(frozen=True)
class Case:
    """A text, and the pieces that must not stand in its masked form (none for a text that must stay as it is)."""

    kind: str
    text: str
    planted: tuple[str, ...] = ()


def name(rng: random.Random) -> str:
    surname = rng.choice(_DOUBLE) if rng.random() < 0.04 else rng.choice(_SURNAMES)
    return surname + rng.choice(_GIVEN)


def mobile(rng: random.Random) -> str:
    return "1" + rng.choice("3456789") + "".join(rng.choices("0123456789", k=9))


def identity(rng: random.Random) -> str:
    area = rng.choice(("110101", "330106", "420111", "510104", "610113", "230102", "440305"))
    born = f"{rng.randint(1940, 2019)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    body = f"{area}{born}{rng.randint(0, 999):03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def card(rng: random.Random) -> str:
    body = rng.choice(("621700", "622848", "623058", "601382", "436742", "552245")) + "".join(rng.choices("0123456789", k=rng.choice((9, 12))))
    doubled = sum(sum(divmod(int(d) * 2, 10)) if i % 2 == 0 else int(d) for i, d in enumerate(reversed(body)))
    return body + str(-doubled % 10)


def plate(rng: random.Random) -> str:
    head = rng.choice(_PROVINCES) + rng.choice(_LETTERS[:18])
    mark = rng.choice(("", "", "·", " "))
    if rng.random() < 0.4:
        tail = rng.choice("DF") + rng.choice("0123456789" + _LETTERS) + "".join(rng.choices("0123456789", k=4))
    else:
        tail = "".join(rng.choices("0123456789" + _LETTERS, k=3)) + "".join(rng.choices("0123456789", k=2))
    return head + mark + tail


def door(rng: random.Random) -> str:
    room = f"{rng.randint(1, 28)}0{rng.randint(1, 6)}"
    building, unit = rng.randint(1, 36), rng.randint(1, 5)
    return rng.choice(
        (
            f"{building}栋{unit}单元{room}室", f"{building}号楼{unit}单元{room}", f"{building}幢{room}室", f"{building}栋{room}",
            f"{building}号楼{room}", f"{building}-{unit}-{room}", f"{building}#{unit}单元{room}", f"{rng.choice('ABCDE')}座{room}室",
            f"{building}号楼{_NUMERALS[unit]}单元{room}室", f"{unit}单元{room}室", f"{building}栋{unit}-{room}",
        )
    )  # fmt: skip


def _styled_mobile(rng: random.Random) -> tuple[str, str]:
    """A phone as people write it, and its form as written."""
    plain = mobile(rng)
    written = rng.choice(
        (
            plain, plain, f"{plain[:3]} {plain[3:7]} {plain[7:]}", f"{plain[:3]}-{plain[3:7]}-{plain[7:]}", f"+86 {plain}",
            f"{plain[:3]} {plain[3:6]} {plain[6:]}", plain.translate(str.maketrans("0123456789", _DIGIT_STYLES[1])),
            "".join(_NUMERALS[int(d)] for d in plain), f"{plain[:4]} {plain[4:7]} {plain[7:]}", f"86{plain}",
        )
    )  # fmt: skip
    return written, written.removeprefix("+86 ")


def _landline(rng: random.Random) -> str:
    local8 = rng.choice("2345678") + "".join(rng.choices("0123456789", k=7))
    area = rng.choice(("010", "021", "0571", "0755", "028", "0931"))
    return rng.choice((f"{area}-{local8}", f"（{area}）{local8}", f"{area} {local8}", f"{area}{local8}"))


def _account(rng: random.Random) -> str:
    if rng.random() < 0.4:
        return "".join(rng.choices("123456789", k=rng.randint(6, 10)))
    stem = "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(5, 9)))
    return stem + rng.choice(("", "_", "-")) + "".join(rng.choices("0123456789", k=rng.randint(2, 4)))


def _of_names(rng: random.Random) -> Iterator[Case]:
    templates = (
        "我叫{n}，家里已经停水两天了，孩子没法洗澡。", "业主{n}反映，{c}电梯三天两头坏。", "联系人：{n}，有车的请帮忙。", "患者{n}昨晚送进区医院，现在还在抢救。",
        "本人{n}，在{s}摆摊，昨天摊位被水冲走了。", "求助！我爸{n}今早在{s}走失，穿灰色外套。", "{n}先生说，他家阳台的墙裂了一指宽。", "{n}女士在{s}滑倒，脚踝骨折。",
        "三年级的{n}同学吃完午饭就吐了。", "修水管的{n}师傅两天没来了。", "班主任{n}老师通知明天停课。", "伤者{n}，男，{a}岁，已转到市里。",
        "姓名：{n}；诉求：暖气不热。", "邻居{n}帮我们把老人背下了楼。", "司机{n}说刹车突然失灵。", "收件人：{n}，地址{s}。", "我是{n}，住{c}，楼道灯坏了半个月。",
        "家长{n}告诉记者，孩子还在发烧。", "遇难者{n}是厂里的老工人。", "我朋友{n}被困在电梯里了。", "工友{n}的工资也没拿到。", "女儿{n}在{s}幼儿园，今天拉肚子。",
        "投诉人：{n}", "村民{n}家的房子进水了。", "{n}阿姨在楼下摔了一跤，没人管。", "經辦人：{n}，請回電。", "物业经理{n}一直不接电话。", "房东{n}不退押金，还断了电。",
        "老师{n}和同学们都被疏散到操场。", "请找{n}，他有钥匙。", "店主{n}说损失不小。", "被困人员名单：{n}、{m}。", "患者{n}和{m}都已脱离危险。", "我妈{n}今年{a}岁，住{c}。",
    )  # fmt: skip
    for number in range(700):
        first, second = name(rng), name(rng)
        template = templates[number % len(templates)]
        text = template.format(n=first, m=second, c=rng.choice(_COMPOUNDS), s=rng.choice(_STREETS), a=rng.randint(7, 88))
        yield Case("name", text, (first, second) if "{m}" in template else (first,))


def _of_numbers(rng: random.Random) -> Iterator[Case]:
    for _ in range(450):
        written, bare = _styled_mobile(rng)
        template = rng.choice(("有事打{}，24小时开机。", "电话{}", "联系{}，急！", "我的手机：{}。", "求扩散，知情者请拨{}，重谢", "{}（微信同号）", "call我{}在线等"))
        yield Case("mobile", template.format(written), (bare,))
    for _ in range(150):
        written = _landline(rng)
        yield Case("landline", rng.choice(("座机{}没人接", "请致电{}。", "家里电话：{}，白天在")).format(written), (written.strip("（")[-8:],))
    for _ in range(200):
        written = identity(rng)
        shown = rng.choice((written, written, written.lower(), written.translate(str.maketrans("0123456789", _DIGIT_STYLES[1])), f"{written[:6]} {written[6:14]} {written[14:]}"))
        yield Case("identity", rng.choice(("身份证{}", "身份证号：{}，请核实低保", "证件号码{}查不到社保", "我的号是{}")).format(shown), (shown,))
    for _ in range(150):
        written = card(rng)
        shown = rng.choice((written, " ".join(written[i : i + 4] for i in range(0, len(written), 4))))
        yield Case("bank", rng.choice(("卡号{}，工资打这里", "请退到{}", "银行卡{}被扣款", "开户行工行 {} 谢谢")).format(shown), (shown,))
    for _ in range(250):
        written = plate(rng)
        yield Case("plate", rng.choice(("{}堵住消防通道", "车牌{}，逃逸了", "一辆{}的货车翻了", "白色轿车（{}）撞了老人", "{} 请挪车")).format(written), (written,))


def _of_accounts(rng: random.Random) -> Iterator[Case]:
    for _ in range(200):
        written = _account(rng)
        template = rng.choice(("加微信{}", "微信号：{}", "VX {}", "QQ:{}", "qq号{}，进群", "维权群加QQ {}", "wx：{}", "我的微信是{}，备注停水", "抖音号：{}", "加v {}"))
        yield Case("account", template.format(written), (written,))
    for _ in range(120):
        written = f"{_account(rng)}@{rng.choice(('mail.example', 'qihe.example', '163.example.com'))}"
        yield Case("mail", rng.choice(("邮箱{}", "材料发到 {} 即可", "投稿：{}", "e-mail:{},谢谢")).format(written), (written,))
    for _ in range(100):
        written = rng.choice(("爱吃鱼的猫", "栖川老李", "momo_77", "小确幸Lily", "夜跑的阿强", "不想上班123"))
        yield Case("handle", rng.choice(("@{} 快来看，又停水了", "回复@{}: 我家也是", "谢谢 @{}，已经报修", "//@{}:转了")).format(written), (f"@{written}",))


def _of_doors(rng: random.Random) -> Iterator[Case]:
    for _ in range(350):
        written, place = door(rng), rng.choice(_COMPOUNDS)
        template = rng.choice(("{p}{d}漏水到楼下", "我住{p}{d}，停气三天", "地址：{p}{d}。", "{p}{d}有老人没人照看", "{p} {d}，请派人来", "救命！{p}{d}着火了"))
        yield Case("door", template.format(p=place, d=written), (written,))


def positives(seed: int = 20261120) -> list[Case]:
    """At least 2,000 texts with planted data."""
    rng = random.Random(seed)
    return [*_of_names(rng), *_of_numbers(rng), *_of_accounts(rng), *_of_doors(rng)]


def negatives(seed: int = 20261120) -> list[Case]:
    """Texts that hold amounts, figures, times, streets, hotlines and titles, and no personal data."""
    rng = random.Random(seed)
    templates = (
        "事故造成{a}人死亡，{b}人受伤，{c}人失踪。", "直接经济损失{n}元，其中设备损失{a}.{b}万元。", "{s}{b}号附近路面塌陷，深约{a}米。", "{p}{a}号楼停电，影响{n}户居民。",
        "本次停水涉及{s}、{t}沿线约{n}户，预计{h}时恢复。", "2026年11月{d}日{h}时{m}分，{s}发生车辆相撞。", "请拨打12345或供水热线96116、供电95598咨询。", "客服电话400-820-{f}，工作日9:00-18:00。",
        "震级{a}.{b}级，震源深度{c}千米，北纬30.{b}{a}度，东经120.{a}{b}度。", "订单号20261120{f}{f}查不到物流，退款{n}元一直不到账。", "过去24小时降雨{n}.{a}毫米，水位{a}.{b}米，超警戒0.{a}米。",
        "转移群众{n}人，出动消防车{a}辆、消防员{c}名。", "区长表示，将尽快恢复供气。", "市应急管理局局长介绍，现场明火已扑灭。", "学校食堂{c}名学生呕吐，{a}人住院。", "{t}到{s}路段{h}:{m}起双向封闭。",
        "{p}二期3号楼2单元电梯困人{a}小时。", "欠薪{n}万元，涉及工人{c}名，拖了{a}个月。", "文号：栖政发〔2026〕{a}号。", "网格员说{p}每户都会发通知。", "公交{b}路、{c}路临时改线，绕行{s}。",
        "价格从{a}元涨到{c}元一立方。", "11-{d} {h}:{m} 更新：{s}已通水。", "高温津贴每人每月{n}元没有发。", "面积{n}平方米，投资{a}亿元，工期{n}天。", "同学们安全疏散，老师清点人数。",
        "医生说老人高烧不退。", "家长许多人都在门口等。", "各位先生女士请有序撤离。", "司机高度紧张，乘客安全。", "患者安全转移到{s}医院。", "居民常年受噪声影响。", "电梯型号TKJ-{f}，编号{n}。",
        "G{n}次列车晚点{a}小时。", "车主方便的话请挪一下车。", "住户万一停电怎么办？", "业主陈述了{a}条意见。", "工人程度不一受伤。", "市民文明出行。", "老人平时住{p}。", "孩子白天还好好的。",
        "微信支付失败，扣了{n}元。", "QQ群里都在说{s}爆管。", "打开微信小程序即可缴费。", "温度@{a}度以下要注意防冻。", "比分{a}-{b}，{c}中{a}。", "本人于{d}日报修至今无人上门。", "我是高三学生，学校停水。",
        "应急响应由Ⅳ级升为Ⅲ级。", "共{n}户{c}人，已通气{a}户。", "请于{d}日前到{s}{b}号办理。", "任何单位不得迟报。", "何时恢复？", "余下的{n}户今晚通水。", "水费账单{n}元，用水{a}吨。",
    )  # fmt: skip
    cases = []
    for number in range(1100):
        numbers = {
            "a": rng.randint(2, 9), "b": rng.randint(2, 98), "c": rng.randint(11, 60), "n": rng.randint(120, 98000), "d": rng.randint(1, 28),
            "h": rng.randint(6, 22), "m": rng.randint(10, 59), "f": rng.randint(1000, 1899), "p": rng.choice(_COMPOUNDS),
            "s": rng.choice(_STREETS), "t": rng.choice(_STREETS),
        }  # fmt: skip
        cases.append(Case("none", templates[number % len(templates)].format(**numbers)))
    return cases
