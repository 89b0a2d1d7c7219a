"""Cities whose names look like a person's, which hardly anybody bears: 龙岩, 吴忠, 林芝."""

CITIES = frozenset(
    """
石家庄 唐山 秦皇岛 邢台 张家口 衡水 阳泉 长治 晋城 晋中 忻州 吕梁 乌海 包头
通辽 阿拉善 沈阳 长春 吉林 通化 白山 松原 白城 双鸭山 伊春 南京 徐州 常州
苏州 南通 连云港 泰州 宿迁 杭州 宁波 温州 嘉兴 金华 马鞍山 安庆 黄山 宿州
池州 宣城 南平 龙岩 宁德 南昌 景德镇 吉安 上饶 青岛 东营 泰安 郑州 开封 洛阳
平顶山 安阳 焦作 濮阳 许昌 南阳 商丘 信阳 周口 武汉 黄石 鄂州 荆门 荆州 黄冈
咸宁 恩施 长沙 衡阳 邵阳 岳阳 常德 张家界 益阳 怀化 娄底 广州 韶关 江门 湛江
惠州 梅州 阳江 东莞 揭阳 云浮 南宁 柳州 玉林 百色 贺州 来宾 海口 成都 广元
乐山 南充 广安 巴中 阿坝 甘孜 安顺 毕节 曲靖 楚雄 红河 文山 昌都 林芝 山南
那曲 阿里 西安 咸阳 安康 商洛 兰州 金昌 白银 武威 张掖 平凉 甘南 西宁 海东
海北 黄南 海南 海西 石嘴山 吴忠 昌吉 阿克苏 和田 伊犁 阿勒泰
""".split()  # noqa: SIM905  # a list of 150 literals is no easier to read
)


def is_city(name: str) -> bool:
    """Whether it is the name of a city, with what cities end in or "from" before it (从 is a surname too)."""
    return name.removesuffix("市") in CITIES or name.removeprefix("从") in CITIES
