// The board follows the desk: the stream says that something changed, the page fetches its changing part again.
const board = document.querySelector("[data-live]");
if (board) {
  const notice = document.querySelector("[data-notice]");
  let stale = false;
  const refresh = async () => {
    // A person who is choosing or typing is not interrupted, but told; once he is done the board follows.
    stale = board.contains(document.activeElement);
    notice.hidden = !stale;
    if (stale) return;
    const answer = await fetch(board.dataset.live);
    if (answer.ok) board.innerHTML = await answer.text();
  };
  new EventSource("/console/changes").onmessage = refresh;
  board.addEventListener("focusout", () => setTimeout(() => { if (stale) refresh(); }));
  setInterval(() => { if (!board.contains(document.activeElement)) refresh(); }, 30000);
}
