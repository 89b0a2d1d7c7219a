"""What a complaint is about more closely than its topic: the thing that fails, by the words people have for it."""

from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

_OBJECTS = """
路灯 街灯 漆黑 黑灯瞎火 没有灯
坑 坑洞 坑洼 大坑 深坑 塌陷 路面破损 坑坑洼洼
井盖 窨井 无盖井 下水道口
红绿灯 信号灯 绿灯 红灯 闪黄灯
断头路 打通 通车 未通 修通
围挡 占道施工 道路施工 修路 封路 封桥 绕行
拥堵 堵车 堵死 堵得 错峰 水泄不通
车位 停车位 停车难 停车场 停车费 地下车库 违停
公交 班车 站台 减班 间隔 改线 绕线 甩站
电梯 轿厢 扶梯
物业费 涨价 涨费 收费标准 业主大会 投票
漏水 渗水 漏雨 渗漏 防水 屋顶漏 天花板滴
裂缝 开裂 沉降 裂了 下沉 地基 基坑
交房 延期 烂尾 停工 复工 逾期交房 保交楼
房贷 还贷 月供 贷款 征信 断供
违建 违章 私搭 加盖 搭建 砌墙
装修 敲墙 电钻 砸墙
酒吧 ktv 歌厅 音响 低音 摇滚 音乐 唱歌 广场舞
打桩 浇混凝土 夜间施工 通宵施工 工地施工 切钢筋
油烟 烧烤 夜市 烟道 夜宵
养猪 猪场 养殖 鸡粪 猪粪 粪水
垃圾 清运 垃圾桶 垃圾站 中转站
黑烟 废气 橡胶味 塑料味 胶皮 刺鼻
河水 死鱼 污水 排污 黑水 渠水
黄水 发黄 浑浊 泥水 怪味 异味 铁锈 水质 水样 漂白粉 余氯
停水 没水 断水 来水 爆管 水管 供水
水压 水小 加压
停电 没电 来电 变压器 送电
跳闸 负荷 电压 配电房
停气 没气 供气 燃气管 通气
煤气味 漏气 燃气泄漏 燃气味
暖气 供暖 采暖 供热 室温
宽带 断网 没网 光缆 网络
话费 扣费 套餐 增值业务 彩铃
工资 欠薪 讨薪 工钱 血汗钱 拖欠
社保 医保 养老金 退休金 断缴
包裹 快递 派送 快件
校服
课后 托管 午休费 补课 学费 收费
校车 接送 护学岗
拉肚子 闹肚子 呕吐 腹泻 食物中毒 上吐下泻 诺如 腹痛
食堂 后厨 饭菜 送餐
停办 分流 学位 招生 入学 入园
健身 私教 年卡 健身卡
美容 美发 理发
培训 课时 课时费
过期 变质 假货 日期
挂号 排队 叫号 窗口
疫苗
厕所 公厕
噪声监测 分贝
拆迁 征地 过渡费 安置 补偿款
低保 五保 救助
井水 打井
"""
"""A line an object, each with the words that people use for it."""


@cache
def _finder() -> tuple[AhoCorasick, tuple[int, ...]]:
    words = {word: number for number, line in enumerate(_OBJECTS.split("\n")) for word in line.split()}
    return AhoCorasick(list(words), MatchKind.LeftmostLongest), tuple(words.values())


def objects(text: str) -> frozenset[int]:
    """The numbers of the things that a text speaks of."""
    finder, owners = _finder()
    return frozenset([owners[found] for found, _, _ in finder.find_matches_as_indexes(text)])
