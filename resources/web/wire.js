// The connection to the laptop: comes back by itself, sends kept sheets until they are received.
// The protocol is in docs/formats/station-protocol.md.

export const VERSION = 1;

const PING_MS = 3000;
const SILENCE_MS = 9000;
const RESEND_MS = 6000;
const WINDOW = 16;
const LONGEST_MS = 5000;
const EACH_MS = 3000;
const UNMEASURED_MS = 10000;
const SLACK_MS = 20;
const ENDINGS = {
  "lan.unknown_station": "released",
  "lan.replaced": "replaced",
  "lan.version": "version",
  "lan.hello_first": "version",
};

export function randomHex(bytes) {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (b) => b.toString(16).padStart(2, "0")).join("");
}

export function now() {
  return Math.round(performance.now());
}

export class Wire {
  // owner: { event(): whose place this is, sheets(): waiting sheets of this seat, language(), heard(message), linked(link) }; path: the laptop's door
  constructor(token, owner, path = "/ws") {
    this.path = path;
    this.token = token;
    this.owner = owner;
    this.link = "offline";
    this.samples = [];
    this.rtt = null;
    this.sent = new Map();
    this.failures = 0;
    this.hosts = [location.host]; // where the laptop is, then where its standby would answer
    this.tried = 0;
    this.epoch = 1;
    this.proof = "";
    this.socket = null;
    this.timer = null;
    this.ended = false;
    this.battery = null;
    if (navigator.getBattery) navigator.getBattery().then((battery) => (this.battery = battery), () => {});
    this.heartbeat = setInterval(() => this.beat(), PING_MS);
    this.connect();
  }

  // The host that is tried now.
  get host() {
    return this.hosts[this.tried % this.hosts.length];
  }

  // Which host answered: one of an earlier epoch than we have met is left at once, a later one is stayed with.
  told({ epoch, proof, standby }) {
    if (epoch < this.epoch) {
      this.socket.close();
      return;
    }
    [this.epoch, this.proof] = [epoch, proof];
    this.hosts = [...new Set([this.host, ...standby.map(({ url }) => new URL(url).host)])];
    this.tried = 0;
  }

  // "elsewhere": the laptop runs another event. The place is kept and tried again; tries change nothing of it.
  setLink(link) {
    if (this.link === "elsewhere" && ["connecting", "offline"].includes(link)) return;
    if (this.link !== link) {
      this.link = link;
      this.owner.linked(link);
    }
  }

  connect() {
    clearTimeout(this.timer);
    if (this.ended || this.socket) return;
    this.setLink("connecting");
    this.sent.clear();
    this.heard = now();
    const socket = (this.socket = new WebSocket(`wss://${this.host}${this.path}`));
    socket.onopen = () =>
      this.post({
        type: "hello",
        token: this.token,
        version: VERSION,
        language: this.owner.language(),
        client: "browser",
        pending: this.owner.sheets().length,
        epoch: this.epoch,
        proof: this.proof,
      });
    socket.onmessage = (event) => this.socket === socket && this.take(JSON.parse(event.data));
    socket.onclose = () => this.socket === socket && this.lost();
  }

  lost() {
    this.socket = null;
    if (this.ended) return;
    if (this.link === "online") this.failures = 0;
    else this.tried += 1;
    if (this.link !== "online" && this.tried % this.hosts.length === 0) this.failures += 1;
    this.setLink("offline");
    const wait = Math.min(LONGEST_MS, 250 * 2 ** Math.min(this.failures, 10));
    this.timer = setTimeout(() => this.connect(), wait * (0.5 + Math.random() / 2));
  }

  // Something says that the network may be back: do not wait for the next try.
  nudge() {
    if (!this.socket) this.connect();
  }

  end(link) {
    this.ended = true;
    clearTimeout(this.timer);
    clearInterval(this.heartbeat);
    const socket = this.socket;
    this.socket = null;
    if (socket) socket.close();
    this.setLink(link);
  }

  post(message) {
    if (this.socket && this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  beat() {
    if (!this.socket) return;
    const patience = this.hosts.length > 1 && this.link === "connecting" ? EACH_MS : SILENCE_MS;
    if (now() - this.heard > patience) {
      const socket = this.socket;
      this.lost();
      socket.close();
      return;
    }
    if (this.link !== "online") return;
    const battery = this.battery ? Math.round(this.battery.level * 100) : null;
    const pending = this.owner.sheets().length;
    this.post({ type: "ping", t: now(), rtt: this.rtt, pending, wall: Date.now(), battery, error: this.error() });
    this.pump();
  }

  pump() {
    if (this.link !== "online") return;
    for (const sheet of this.owner.sheets()) {
      const at = this.sent.get(sheet.id);
      if (at !== undefined && now() - at < RESEND_MS) continue;
      if (at === undefined && this.sent.size >= WINDOW) break;
      this.sent.set(sheet.id, now());
      this.post(sheet);
    }
  }

  take(message) {
    this.heard = now();
    if (message.type === "welcome" || message.type === "placed") {
      this.samples = [[UNMEASURED_MS, message.mono - now()]];
      this.setLink("online");
    } else if (message.type === "pong") {
      const rtt = Math.max(0, now() - message.t);
      this.rtt = rtt;
      const ahead = message.mono - message.t - Math.floor(rtt / 2);
      const best = this.best();
      // Spans that have nothing in common: a clock jumped (a machine slept), and what was measured before is void.
      const jumped = Math.abs(ahead - best[1]) > (rtt + best[0]) / 2 + SLACK_MS;
      this.samples = [...(jumped ? [] : this.samples.slice(-7)), [rtt, ahead]];
    } else if (message.type === "hosts") {
      this.told(message);
      return;
    } else if (message.type === "released") {
      this.end("released");
    } else if (message.type === "refused" && message.id === null && message.code in ENDINGS) {
      const { event = this.owner.event() } = message.params;
      if (ENDINGS[message.code] === "released" && event !== this.owner.event()) this.setLink("elsewhere");
      else this.end(ENDINGS[message.code]);
    }
    if (message.type === "receipt" || (message.type === "refused" && message.final)) this.sent.delete(message.id);
    this.owner.heard(message);
    if (message.type === "welcome" || message.type === "receipt") this.pump();
  }

  best() {
    return this.samples.reduce((a, b) => (b[0] < a[0] ? b : a), [Infinity, 0]);
  }

  // By how many ms at most the clocks shown here are wrong; null before the first answer.
  error() {
    const rtt = this.best()[0];
    return rtt < UNMEASURED_MS ? Math.ceil(rtt / 2) : null;
  }

  // The laptop's monotonic clock, in ms.
  mono() {
    return now() + this.best()[1];
  }
}
