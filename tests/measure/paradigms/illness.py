"""Outbreaks and poisonings, told by symptoms, diseases and care."""

from tests.measure.paradigms.people import people, written
from tests.measure.paradigms.telling import Teller, Telling

SYMPTOMS = {
    "poison": "恶心 呕吐 腹泻 腹痛 发热 头晕 肠胃不适 呕吐腹泻 乏力 口舌发麻",
    "gas": "头晕 恶心 胸闷 呼吸困难 眼睛刺痛 咳嗽 四肢无力 意识模糊 头痛 呕吐",
    "epidemic": "发热 咳嗽 咽痛 皮疹 乏力 呕吐 高热 流涕 全身酸痛 腹泻",
}
TALKED = {
    "poison": "上吐下泻 吐个不停 拉了一夜 肚子疼 拉虚脱了 吐得厉害 又拉又吐 肚子疼得打滚 跑了一晚上厕所",
    "gas": "头晕得站不稳 被熏倒了 晕过去了 喘不上气 熏得直吐 晕倒了 恶心想吐 昏过去了",
    "epidemic": "发烧 高烧不退 咳得不行 烧到三十九度 起疹子 浑身起红点 发烧咳嗽 病倒了",
}
DISEASES = [
    "诺如病毒",
    "登革热",
    "流感",
    "手足口病",
    "水痘",
    "甲流",
    "肺结核",
    "支原体肺炎",
    "麻疹",
    "霍乱",
    "感染性腹泻",
    "腮腺炎",
]
CARE = [
    "被送医治疗",
    "住院治疗",
    "留院观察",
    "在医院接受治疗",
    "前往医院就诊",
    "入院治疗",
    "被送往医院救治",
    "正在接受治疗",
    "居家隔离治疗",
]
TALKED_CARE = ["住院了", "在医院输液", "挂水去了", "送医院洗胃了", "被救护车接走了", "还在医院躺着", "住进医院了"]
FORMAL = """
{s}出现{y}等症状|*
{s}出现{y}、{z}等症状，{c}|*
先后有{s}出现{y}等症状|*
{s}因{y}{c}|*
陆续有{s}出现{y}、{z}症状，目前{c}|*
共有{n}人到医院就诊，其中{b}人住院治疗|*
{n}人就医，{b}人留院观察，其余已回家|poison gas
{s}食用后出现{y}等不适症状|poison
{s}饭后感到不适，出现{y}|poison
{s}吸入后出现{y}等症状|gas
{s}确诊{d}|epidemic
{s}感染{d}|epidemic
{s}患{d}|epidemic
报告{d}病例{n}例|epidemic
累计报告{d}病例{n}例|epidemic
确诊{d}患者{n}例|epidemic
新增{d}确诊病例{b}例，累计{n}例|epidemic
共报告病例{n}例，其中重症{b}例|epidemic
累计发病{n}例，无死亡病例|epidemic
{n}名学生因{d}请假|epidemic
现有{d}病例{n}例|epidemic
食物中毒{n}人，均无生命危险|poison
中毒{n}人，其中{b}人症状较重|poison gas
{n}名患者症状好转，无重症|poison epidemic
"""
PLAIN = """
{s}{t}|*
{s}都{t}|*
{s}{t}，{k}|*
{s}{k}|*
{t}的有{n}个|*
吃倒了{n}个|poison
放倒了{n}个|poison
病倒了{n}个|epidemic
班里{n}个孩子得了{d}|epidemic
{n}个孩子{d}请假了|epidemic
一个班{n}个{d}|epidemic
{n}个中招的，都是{d}|epidemic
熏倒{n}个|gas
"""


def illness(teller: Teller) -> Telling | None:
    """12名学生出现呕吐、腹泻等症状，被送医治疗。"""
    lex, hazard = teller.lex, teller.hazard
    if hazard not in SYMPTOMS:
        return None
    lines = [line.split("|") for line in (PLAIN if teller.plain else FORMAL).strip().splitlines()]
    form, _ = lex.one([x for x in lines if x[1] == "*" or hazard in x[1].split()], lambda x: x[0])
    count, some = teller.rng.choice([3, 4, 5, 6, 7, 8, 9, 11, 12, 16, 23, 27, 34, 46]), teller.rng.randint(1, 3)
    who = people(lex, count, hazard, plain=teller.plain, full=False)
    if who.quantity == "about" or who.subject in {"俩", "role-after"}:
        return None
    told = {
        "s": who.text,
        "n": written(lex, count, plain=teller.plain)[0],
        "b": written(lex, some, plain=False)[0],
        "y": lex.one(SYMPTOMS[hazard].split()),
        "z": lex.one(SYMPTOMS[hazard].split()),
        "t": lex.one(TALKED[hazard].split()),
        "d": lex.one(DISEASES),
        "c": lex.one(CARE),
        "k": lex.one(TALKED_CARE),
    }
    if ("居家" in told["c"] and hazard != "epidemic") or told["y"] in told["z"] or told["z"] in told["y"]:
        return None
    if told["t"] == "又拉又吐" and "{t}的" not in form:
        return None
    teller.note("ill", count)
    teller.told.open.add("serious_injured")
    used = [key for key in "ytdck" if f"{{{key}}}" in form]
    teller.tag(form=f"ill: {form}", **{f"word {key}": told[key] for key in used})
    teller.told.text = f"{teller.opening()}，{form.format(**told)}。{teller.ending()}"
    return teller.told
