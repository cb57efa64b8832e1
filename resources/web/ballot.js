// A voter's page: a slip's code, a paper, review, «counted». The draft stays on this device until then and not longer.

import { fillPage } from "./ballotfill.js";
import { KeptPapers, randomCode } from "./ballotkept.js";
import { arrived, later, wayTo, waysTo } from "./ballotmove.js";
import { countedPage, findPage, foundPage, hallPage, rehearsalMark, reviewPage, slipPage, choosePage, spentPage } from "./ballotpages.js";
import { fill, h } from "./dom.js";
import { LANGUAGES, language, load, tr } from "./words.js";

const AGAIN_MS = 3000;
const HALL_MS = 2000;
const SHARED_MS = 30000;

class Ballot {
  constructor() {
    this.kept = new KeptPapers();
    this.slip = "";
    this.forms = null; // what the slip may vote on
    this.form = null; // the paper being filled in
    this.paper = null; // its draft: code, marks, others, mode, at
    this.page = "slip";
    this.fault = "";
    this.typed = ""; // a code that was refused: to be compared with the slip and mended, not typed anew
    this.sending = "";
    this.counted = null;
    this.found = null;
    this.spent = null;
    this.hall = null; // turnout, whether this is a rehearsal, and where another laptop would go on
    this.anyway = false; // sent though it would be void
    this.offline = false;
    this.moved = arrived(location.hash); // what came along from the laptop before
    this.shared = location.hash === "#shared" || Boolean(this.moved && this.moved.shared);
    this.root = document.getElementById("app");
  }

  async begin() {
    if (this.moved && LANGUAGES[this.moved.language]) this.kept.speak(this.moved.language);
    await load(this.kept.language() || preferred());
    if (location.hash === "#hall") return this.watch();
    this.look();
    if (this.moved) await this.arrive(this.moved);
    const scanned = location.hash.match(/^#([0-9A-Za-z-]{12,20})$/);
    if (scanned) {
      history.replaceState(null, "", location.pathname); // the code is no business of the history
      this.slip = scanned[1];
      await this.open();
    }
    this.render();
  }

  // The laptop died while this page was open there: go on with the same paper; one that was sent, under its code, so that it counts once.
  async arrive({ slip, poll, paper, sending, anyway, codes }) {
    history.replaceState(null, "", location.pathname + (this.shared ? "#shared" : ""));
    while (!this.hall) {
      await this.look();
      if (!this.hall) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
    if (!(this.hall.epoch > 1)) return; // nobody took over: this is not the link of a laptop before
    for (const { code, title } of codes) this.kept.remember(code, title);
    if (paper) this.kept.keep(slip, poll, { ...paper, code: paper.code || randomCode() });
    this.slip = slip;
    if (slip) await this.open();
    if (!paper || !this.forms) return;
    const form = this.forms.forms.find((one) => one.poll === poll);
    if (!form || !["open", "used"].includes(form.state)) this.kept.drop(slip, poll);
    if (!form || form.state !== "open") return;
    this.take(form);
    if (sending) this.send(anyway);
  }

  async speak(wanted) {
    await load(wanted);
    this.kept.speak(wanted);
    if (this.forms) await this.open(false);
    this.render();
  }

  // ---- the laptop ----

  async ask(path, body) {
    let answer;
    try {
      const signal = AbortSignal.timeout ? AbortSignal.timeout(8000) : undefined;
      answer = await fetch(path, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ ...body, language: language() }),
        signal,
      });
    } catch {
      return this.lost();
    }
    try {
      const said = await answer.json();
      this.offline = said.code === "standby.superseded";
      if (this.offline) return this.lost();
      return answer.ok ? said : { refused: said.code, text: said.text };
    } catch {
      return this.lost();
    }
  }

  // The laptop does not answer, or is the host no more: to the one that took over, if it is there.
  async lost() {
    this.offline = true;
    const url = this.hall ? await later(this.hall) : "";
    if (url) {
      const way = wayTo(url, this, language(), true);
      this.goes();
      location.replace(way);
      await new Promise(() => {}); // nothing more happens on this page
    }
    return { offline: true, text: tr("vote.offline") };
  }

  // The paper is where the page goes: no draft of it is to stay at this address, which nobody may open again.
  goes() {
    if (this.form && this.slip) this.kept.drop(this.slip, this.form.poll);
  }

  // Where to go by hand: a browser that does not trust the other laptop's certificate yet has to be asked there.
  ways() {
    return this.offline && this.hall ? waysTo(this.hall.standby, this, language()) : [];
  }

  async open(turn = true) {
    const said = await this.ask("/b/open", { slip: this.slip });
    this.fault = said.text || "";
    if (!said.forms && said.refused) this.typed = this.slip; // one that the laptop does not know is worth nothing to others
    if (!said.forms) return this.render();
    this.forms = said;
    this.look(); // a standby may have come since
    if (turn) this.choose();
    else if (this.form) this.form = said.forms.find((form) => form.poll === this.form.poll) || this.form;
    this.render();
  }

  // ---- one step after the other ----

  start(typed) {
    this.slip = typed;
    return this.open();
  }

  choose() {
    const open = this.forms.forms.filter((form) => form.state === "open");
    this.page = "choose";
    // a paper that was sent while the network broke may be in already: its draft knows its code
    const mine = this.forms.forms.find((form) => form.state === "used" && this.kept.draft(this.slip, form.poll));
    if (mine) return this.take(mine, true);
    if (open.length === 1) this.take(open[0]);
    if (!open.length) this.spend(this.forms.forms.every((form) => form.state === "paper") ? "paper" : "used", false);
  }

  // The slip votes no more: `why` is used, paper or over. `lost`: a paper was filled in with it and not counted.
  spend(why, lost) {
    this.spent = { why, lost };
    this.turn("spent");
  }

  take(form, again = false) {
    this.form = form;
    this.paper = this.kept.draft(this.slip, form.poll) || this.kept.fresh(form);
    this.page = "fill";
    this.fault = "";
    this.keep();
    if (again) this.send(true);
    this.render();
  }

  keep() {
    this.kept.keep(this.slip, this.form.poll, this.paper);
  }

  turn(page) {
    this.page = page;
    this.fault = this.typed = "";
    window.scrollTo(0, 0);
    this.render();
  }

  // ---- sending ----

  async send(anyway = false) {
    if (this.sending) return;
    this.page = "review";
    this.sending = "sending";
    this.anyway = anyway;
    this.fault = "";
    this.render();
    for (;;) {
      const { code, marks, others } = this.paper;
      const written = others.filter((name) => name.trim());
      const said = await this.ask("/b/send", { slip: this.slip, poll: this.form.poll, code, marks, others: written, void: anyway });
      if (said.counted) return this.done(said);
      if (said.refused === "ballots.code_taken") {
        this.paper.code = this.kept.fresh(this.form).code;
        this.keep();
        continue;
      }
      if (!said.offline && said.refused !== "ballots.try_again") return this.refused(said);
      this.sending = "retry";
      this.render();
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }

  done(said) {
    this.sending = "";
    this.counted = said;
    this.kept.drop(this.slip, this.form.poll);
    if (!this.shared) this.kept.remember(said.counted, this.form.title);
    this.form.state = "used";
    this.paper = null;
    this.turn("counted");
    if (this.shared) setTimeout(() => this.page === "counted" && this.leave(), SHARED_MS); // the next voter must not see it
  }

  refused(said) {
    this.sending = "";
    if (said.void) return this.turn("void");
    const why = { "ballots.slip_used": "used", "ballots.slip_on_paper": "paper", "ballots.not_open": "over" }[said.refused];
    if (why) {
      this.kept.drop(this.slip, this.form.poll);
      return this.spend(why, true);
    }
    this.fault = said.text;
    this.render();
  }

  // Back to the beginning; on a shared tablet nothing of the voter stays.
  leave() {
    if (this.shared && this.form) this.kept.drop(this.slip, this.form.poll);
    Object.assign(this, { slip: "", forms: null, form: null, paper: null, counted: null, found: null, spent: null, sending: "" });
    this.turn("slip");
  }

  more() {
    return this.open();
  }

  // ---- afterwards ----

  async find(code) {
    const said = await this.ask("/b/find", { code });
    this.fault = said.text || "";
    this.typed = said.refused && !this.shared ? code : "";
    if (said.form) {
      this.found = said;
      this.page = "found";
    }
    this.render();
  }

  async watch() {
    this.page = "hall";
    for (;;) {
      await this.look();
      await new Promise((resolve) => setTimeout(resolve, HALL_MS));
    }
  }

  // Of a rehearsal every page says so, also before a slip is typed.
  async look() {
    try {
      this.hall = await (await fetch(`/b/turnout?language=${language()}`)).json();
      this.offline = false;
    } catch {
      if (this.page === "hall") await this.lost(); // else the last that was heard stays
    }
    if (this.page === "hall") return this.render();
    const band = this.root.querySelector(".vote-band"); // the rest stays: somebody may be typing
    if (band) band.replaceWith(this.band());
  }

  // ---- what is shown ----

  render() {
    document.title = tr("vote.page");
    const pages = { slip: slipPage, choose: choosePage, spent: spentPage, fill: fillPage, review: reviewPage, void: reviewPage, counted: countedPage, find: findPage, found: foundPage, hall: hallPage };
    const held = document.activeElement && document.activeElement.id;
    fill(this.root, this.page === "hall" ? null : this.band(), pages[this.page](this));
    if (held && document.getElementById(held)) document.getElementById(held).focus();
  }

  band() {
    const title = this.forms ? this.forms.title : tr("vote.page");
    const choice = Object.entries(LANGUAGES).map(([id, name]) => h("option", { value: id, selected: id === language() }, name));
    const languages = h("select", { class: "vote-language", "aria-label": "Language", onchange: (event) => this.speak(event.target.value) }, choice);
    return h("header", { class: "vote-band" }, h("span", { class: "vote-event" }, title), rehearsalMark(this), languages);
  }
}

function preferred() {
  const wanted = navigator.language || "";
  if (/^zh-(TW|HK|MO|Hant)/i.test(wanted)) return "zh-TW";
  return /^zh/i.test(wanted) || !wanted ? "zh-CN" : "en";
}

const ballot = new Ballot();
window.addEventListener("online", () => ballot.render());
ballot.begin();
