"""Full-text search over kept posts."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from services.api.deps import ServiceDep, Written
from services.formats import moment
from services.search.model import SearchQuery

router = APIRouter(tags=["搜索"])


@router.get("/search", summary="搜索保留的帖文（已脱敏）")
def search(
    service: ServiceDep,
    q: Annotated[
        Written,
        Query(min_length=1, max_length=200, description="关键词，空格分开的须同时出现；或帖文编号，如 #3f0c9a1e"),
    ],
    since: Annotated[AwareDatetime | None, Query(description="只要此后（含）的帖文")] = None,
    until: Annotated[AwareDatetime | None, Query(description="只要此前的帖文")] = None,
    topic: Annotated[str | None, Query(description="主题代码")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    after: Annotated[str | None, Query(description="上一页返回的 after")] = None,
) -> dict[str, Any]:
    query = SearchQuery(text=q, since=since, until=until, topics=(topic,) if topic else (), limit=limit, after=after)
    service.looked("", "search", q)
    page = service.search(query)
    hits = [
        {"id": h.post_id, "source": h.source_id, "title": h.title, "snippet": h.snippet, "told_at": moment(h.told_at)}
        for h in page.hits
    ]
    return {"hits": hits, "after": page.after}
