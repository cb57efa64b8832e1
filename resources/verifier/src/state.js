// The journal's entries folded into what is known of the event.

import { pair } from "./facts.js";
import { readScheme } from "./scheme.js";

// What an entry says that cannot be so: the entry does not fit those before it.
export class DoesNotFit extends Error {}

export const need = (value, what) => {
  if (value === undefined || value === null) throw new DoesNotFit(what);
  return value;
};

const byId = (list) => new Map(list.map((one) => [one.id, one]));
const LOTS = ["places", "sessions", "order"];

export class State {
  constructor(created) {
    this.event = created.data;
    this.scheme = readScheme(created.data.scheme);
    this.text = created.data.scheme;
    this.values = new Map(); // component → entry → text
    this.draws = new Map();
    this.pastDraws = [];
    this.polls = new Map();
    this.keys = new Map(); // seat → public keys of all its devices
    this.stations = new Map();
    this.reports = [];
    this.size = 1;
    this.emptyRoster();
    this.emptyLots();
  }
  emptyRoster() {
    for (const name of ["candidates", "posts", "entries", "rooms", "seats", "absences"]) this[name] = new Map();
  }
  emptyLots() {
    this.appearances = new Map(); // room, lot
    this.lots = new Map(); // entry → room, number
    this.floor = new Map();
    this.undoable = new Map();
  }
  appearance(room, lot) {
    return need(this.appearances.get(pair(room, lot)), `${room} ${lot}`);
  }
  put(appearance, change) {
    this.appearances.set(pair(appearance.room, appearance.lot), { ...appearance, ...change });
  }
  groupOf(seat) {
    return this.scheme.group(need(this.seats.get(seat), seat).group);
  }
  // The draw by which candidates have their lots: the last of its kind that the plan holds.
  get lotsBy() {
    return [...this.scheme.draw.held].reverse().find((purpose) => LOTS.includes(purpose));
  }
  apply(entry) {
    const handle = HANDLERS[entry.kind];
    if (handle !== undefined) {
      const step = this.before(entry);
      handle(this, entry.data, entry);
      this.remember(entry, step);
    }
    this.size = entry.seq + 1;
  }
  // What can be taken back is the room's newest step, as long as nothing else happened there.
  before({ kind, data }) {
    if (!UNDOABLE.includes(kind)) return null;
    const lot = data.lot === undefined ? need(this.floor.get(data.room), data.room) : data.lot;
    return { appearance: this.appearance(data.room, lot), floor: this.floor.get(data.room) };
  }
  remember({ kind, data, seq }, step) {
    if (!IN_ROOM.includes(kind)) return;
    if (step === null) this.undoable.delete(data.room);
    else this.undoable.set(data.room, { seq, ...step });
  }
}

const called = (state, data) => {
  state.put(state.appearance(data.room, data.lot), { status: "floor" });
  state.floor.set(data.room, data.lot);
};

// Who is before the panel of a room.
export const onFloor = (state, room) => state.appearance(room, need(state.floor.get(room), room));

const started = (state, { room, stage, limit_ms: limit }) => state.put(onFloor(state, room), { clock: { stage, limit } });

// Whether a lot has had all its time: it has left, or no clock runs and no stage is to come.
export function timeOver(state, { status, clock, ended: had }) {
  const over = clock === null && state.scheme.stages.every(({ id }) => had.some((one) => one.stage === id));
  return status === "done" || (status === "floor" && over);
}

function extended(state, { room, limit_ms: limit }) {
  const now = onFloor(state, room);
  state.put(now, { clock: { ...need(now.clock, room), limit } });
}

function ended(state, { room, spent_ms: spent }) {
  const now = onFloor(state, room);
  state.put(now, { clock: null, ended: [...now.ended, { ...need(now.clock, room), spent }] });
}

const leave = (status) => (state, data) => {
  state.put(state.appearance(data.room, data.lot), { status, clock: null });
  if (state.floor.get(data.room) === data.lot) state.floor.delete(data.room);
};

function imported(state, data) {
  state.candidates = byId(data.candidates);
  state.absences = new Map(Object.entries(data.absences || {}));
  state.posts = byId(data.posts.map((post) => ({ ...post, cancelled: data.cancelled.includes(post.id) })));
  for (const name of ["entries", "rooms", "seats"]) state[name] = byId(data[name]);
  for (const [component, column] of Object.entries(data.values)) {
    state.values.set(component, new Map(Object.entries(column)));
  }
}

function schemeChanged(state, data) {
  state.scheme = readScheme(data.scheme);
  state.text = data.scheme;
  if (data.roster_kept) return;
  state.emptyRoster();
  state.values = new Map();
  state.stations = new Map();
}

function joined(state, data) {
  state.stations.set(data.seat, data);
  const keys = state.keys.get(data.seat) || [];
  if (data.public_key && !keys.includes(data.public_key)) state.keys.set(data.seat, [...keys, data.public_key]);
}

function entered(state, data) {
  const column = new Map(state.values.get(data.component));
  column.delete(data.entry);
  if (data.value !== null) column.set(data.entry, data.value);
  state.values.set(data.component, column);
}

function sheet(state, data, { seq }) {
  const now = state.appearance(data.room, data.lot);
  state.put(now, { sheets: new Map(now.sheets).set(data.seat, { marks: data.marks, seq }) });
}

function reopened(state, data) {
  const now = state.appearance(data.room, data.lot);
  const given = need(now.sheets.get(data.seat), data.seat);
  if (given.seq !== data.replaces) throw new DoesNotFit(`replaces ${data.replaces}`);
  const sheets = new Map(now.sheets);
  sheets.delete(data.seat);
  const group = need(state.seats.get(data.seat), data.seat).group;
  state.put(now, { sheets, accepted: now.accepted.filter((one) => one !== group) });
}

function accepted(state, data) {
  const now = state.appearance(data.room, data.lot);
  state.put(now, { accepted: [...now.accepted, data.group] });
}

function excused(state, data) {
  const now = state.appearance(data.room, data.lot);
  state.put(now, { excused: new Map(now.excused).set(data.seat, data.excuse) });
}

function undone(state, data) {
  const step = need(state.undoable.get(data.room), data.room);
  if (step.seq !== data.undoes) throw new DoesNotFit(`undoes ${data.undoes}`);
  state.put(step.appearance, {});
  if (step.floor === undefined) state.floor.delete(data.room);
  else state.floor.set(data.room, step.floor);
}

// --- Draws -----------------------------------------------------------------------------------------------
function frozen(state, data, { seq }) {
  if (state.draws.has(data.purpose)) state.pastDraws.push(state.draws.get(data.purpose));
  const parts = { commitments: new Map(), revealed: new Map(), changes: [], shown: "", held: null };
  state.draws.set(data.purpose, { ...data, ...parts, seq });
}

const drawOf = (state, data) => need(state.draws.get(data.purpose), data.purpose);

// The room a place of a draw lies in: its own, or that of which it is a half-day.
function roomOf(state, place) {
  if (state.rooms.has(place)) return place;
  const halves = state.scheme.draw.half_days.map((name, i) => `-${i + 1}${name}`);
  const half = halves.find((one) => place.endsWith(one) && state.rooms.has(place.slice(0, -one.length)));
  return half ? place.slice(0, -half.length) : need(null, place);
}

function addLot(state, entry, room, number) {
  const at = { room, lot: number };
  state.lots.set(entry, { room, number });
  const empty = { status: "waiting", clock: null, ended: [], sheets: new Map(), excused: new Map(), accepted: [] };
  state.appearances.set(pair(room, number), { ...at, entry, ...empty });
}

const lastLot = (state, room) =>
  Math.max(0, ...[...state.appearances.values()].filter((one) => one.room === room).map((one) => one.lot));

function held(state, data, { seq, kind }) {
  const draw = drawOf(state, data);
  draw.held = { ...data, seq, typed: kind === "draw.typed" };
  if (data.purpose !== state.lotsBy) return;
  state.lots = new Map();
  state.appearances = new Map();
  for (const place of Object.keys(data.result).sort()) {
    const room = roomOf(state, place);
    for (const entry of data.result[place]) addLot(state, entry, room, lastLot(state, room) + 1);
  }
}

function changed(state, data) {
  drawOf(state, data).changes.push(data);
  if (data.purpose !== state.lotsBy) return;
  if (data.change === "late") {
    const room = roomOf(state, data.place);
    addLot(state, data.id, room, lastLot(state, room) + 1);
    return;
  }
  const lot = need(state.lots.get(data.id), data.id);
  state.put(state.appearance(lot.room, lot.number), { status: data.change === "withdrawn" ? "waived" : "absent" });
}

function discarded(state, data) {
  state.pastDraws.push(drawOf(state, data));
  state.draws.delete(data.purpose);
  if (data.purpose === state.lotsBy) state.emptyLots();
}

// --- Ballots held live -----------------------------------------------------------------------------------
export const pollOf = (state, data) => need(state.polls.get(data.poll), data.poll);

function pollOpened(state, data) {
  const empty = { slips: new Map(), printed: new Map(), papers: [], closed: null, tallies: new Map(), abandoned: false };
  state.polls.set(data.poll, { ...data, ...empty });
}

function slipsIssued(state, data) {
  const poll = pollOf(state, data);
  for (const digest of data.digests) poll.slips.set(digest, data.voter_class);
  poll.printed.set(data.voter_class, (poll.printed.get(data.voter_class) || 0) + data.papers);
}

const nothing = () => {};

const HANDLERS = {
  "event.created": nothing,
  "roster.imported": imported,
  "scheme.changed": schemeChanged,
  "run.opened": (state, data) => (state.opened = data),
  "run.closed": nothing,
  "run.reopened": nothing,
  "photos.added": nothing,
  "package.sealed": nothing,
  "package.opened": nothing,
  "judges.listed": nothing,
  "draw.frozen": frozen,
  "draw.committed": (state, data) => drawOf(state, data).commitments.set(data.party, data.commitment),
  "draw.public": (state, data) => (drawOf(state, data).shown = data.public),
  "draw.revealed": (state, data) => drawOf(state, data).revealed.set(data.party, data),
  "draw.drawn": held,
  "draw.typed": held,
  "draw.changed": changed,
  "draw.discarded": discarded,
  "station.joined": joined,
  "station.released": (state, data) => state.stations.delete(data.seat),
  "candidate.called": called,
  "candidate.recalled": nothing,
  "candidate.absent": leave("absent"),
  "entry.waived": leave("waived"),
  "identity.confirmed": nothing,
  "stage.started": started,
  "stage.paused": nothing,
  "stage.resumed": nothing,
  "stage.extended": extended,
  "stage.ended": ended,
  "sheet.received": sheet,
  "sheet.reopened": reopened,
  "panel.accepted": accepted,
  "seat.excused": excused,
  "seat.recused": nothing,
  "result.computed": nothing,
  "result.checked": nothing,
  "result.released": nothing,
  "signature.recorded": nothing,
  "witness.signed": nothing,
  "announcing.chosen": nothing,
  "clocks.noted": nothing,
  "ballot.opened": pollOpened,
  "ballot.issued": slipsIssued,
  "ballot.papers": (state, data) => pollOf(state, data).papers.push(...data.papers),
  "ballot.closed": (state, data) => (pollOf(state, data).closed = data),
  "ballot.counted": (state, data) => pollOf(state, data).tallies.set(data.voter_class, data),
  "ballot.withdrawn": nothing,
  "ballot.abandoned": (state, data) => (pollOf(state, data).abandoned = true),
  "incident.noted": nothing,
  "step.undone": undone,
  "appearance.closed": leave("done"),
  "value.entered": entered,
  "report.issued": (state, data) => state.reports.push(data),
  "showing.chosen": nothing,
  "lot.shown": nothing,
  "turn.passed": nothing,
  "standby.named": nothing,
  "host.promoted": nothing,
};

export const KINDS = Object.keys(HANDLERS);

const UNDOABLE = [
  "candidate.called",
  "candidate.absent",
  "entry.waived",
  "stage.started",
  "stage.ended",
  "result.checked",
  "appearance.closed",
];
const IN_ROOM = [
  ...UNDOABLE,
  "candidate.recalled",
  "identity.confirmed",
  "stage.paused",
  "stage.resumed",
  "stage.extended",
  "sheet.received",
  "sheet.reopened",
  "seat.excused",
  "panel.accepted",
  "result.computed",
  "result.released",
  "signature.recorded",
  "step.undone",
];
