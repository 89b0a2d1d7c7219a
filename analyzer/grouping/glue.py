"""What grows together with a name that stands before it: in Chinese no space parts them."""

import re

from analyzer.idf import Idf

_BEFORE = re.compile(
    r"^(?:.{0,2}[在到从往去住对](?=..)|(?:[从对向和跟与离位叫给把被当称说是问请听挑让使将再又还就想找可]于?|我们?|靠近|位于|关于|有关|所谓|网传|流传|谣传|误传|传言|投诉|举报|反映|咨询|请问|求助|购买|刚才|[^\W\d]?[市区县](?=..)|[^\W\d]{2,3}(?:镇|街道|县|(?<![小社校园景厂矿城库])区)(?=..))+(?=..))"
)
"""What has grown together with a name before it: a verb, a preposition, the district."""
GLUE = "在从到往距我们了据许时晚把被送要均另求灰飘翻记者隔壁昨都任其人于分省市县州日月晨午称讯"
"""Characters behind which a name may begin, and that are seldom part of one."""


def bare(name: str) -> str:
    """Without what has grown together with it, but where that begins a word ("和平里")."""
    before = _BEFORE.match(name)
    return name[before.end() :] if before and (before.end() > 1 or name[:2] not in Idf.load().weights) else name
