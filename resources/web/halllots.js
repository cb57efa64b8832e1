// Lots turned over one by one: the turn by post, the newest lot as it comes into view, the board that fills.

import { h, say } from "./dom.js";
import { orderPage } from "./hallorder.js";

const STAY_MS = 3000;

export function lotsPage(hall) {
  const { place } = hall;
  const head = h("p", { class: "lots-head" });
  const lot = h("h1", { class: "lots-lot" });
  const post = h("p", { class: "lots-post" });
  const count = h("span", {});
  const board = orderPage();
  const stage = h("section", { class: "lots-stage", "aria-live": "polite" }, head, lot, post);
  const foot = h("p", { class: "lots-foot" }, count, h("span", {}, place.say("lots_fixed")));
  let lots = null;
  let key = null;
  let since = -STAY_MS;

  // The newest lot stands for a moment, then the next turn is announced in its place; the very last one stays.
  function stand() {
    if (!lots) return;
    const turned = lots.last && (!lots.turn || performance.now() - since < STAY_MS);
    stage.classList.toggle("turned", Boolean(turned));
    say(head, turned ? lots.last.room : lots.turn ? place.say("lots_turn") : place.say("lots_all"));
    say(lot, turned ? place.say("lot", { lot: lots.last.lot }) : "");
    say(post, turned ? lots.last.post : lots.turn ? lots.turn.post : "");
  }

  return {
    el: [h("div", { class: "page lots" }, stage, h("div", { class: "lots-board" }, ...board.el)), foot],
    show(view, rooms) {
      lots = view.lots;
      if (!lots) return;
      const now = JSON.stringify(lots.last);
      if (key !== null && now !== key && lots.last) {
        since = performance.now();
        stage.classList.remove("settle");
        void stage.offsetWidth; // begin the settling anew
        stage.classList.add("settle");
      }
      key = now;
      say(count, lots.count);
      board.show(view, rooms);
      stand();
    },
    tick() {
      stand();
      board.tick();
    },
  };
}
