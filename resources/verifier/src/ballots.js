// Counting papers: which are valid, and how many votes each answer has; and votes as a number.

import { cut, decimalWritten, ONE, Q, sorted, sumOf, ZERO } from "./exact.js";
import { addTo, pair } from "./facts.js";
import { holderOf, Reason } from "./context.js";
import { dropped } from "./scheme.js";

const itemsOf = (ballot) => (ballot.items.length ? ballot.items.map((item) => item.id) : [""]);
export const classesOf = (ballot) => (ballot.classes.length ? ballot.classes.map((one) => one.id) : [""]);

function answersOf(ballot) {
  if (ballot.kind === "decide") return ["for", "against", "abstain"];
  return ballot.kind === "choose" ? ["for"] : ballot.grades.map((grade) => grade.id);
}

const numberOf = (answer) => (/^[+-]?[0-9]{1,30}(\.[0-9]{1,30})?$/.test(answer) ? decimalWritten(answer).q : null);

const isNumbers = (ballot) => ballot.kind === "points" || ballot.kind === "rank";

// --- One paper -------------------------------------------------------------------------------------------
function mayStand(ballot, answer, standing) {
  if (!isNumbers(ballot)) return answersOf(ballot).includes(answer);
  const number = numberOf(answer);
  if (number === null) return false;
  if (ballot.kind === "rank") return number.d === 1n && number.n >= 1n && number.n <= BigInt(standing);
  const steps = number.sub(ballot.minimum.q).div(ballot.step.q);
  return steps.d === 1n && number.cmp(ballot.minimum.q) >= 0 && number.cmp(ballot.maximum.q) <= 0;
}

function hits(spread, answer) {
  if (spread.grade) return answer === spread.grade;
  const number = numberOf(answer);
  if (number === null) return false;
  const { at_least: least, above, at_most: most, below } = spread;
  return !(
    (least && number.cmp(least.q) < 0) ||
    (above && number.cmp(above.q) <= 0) ||
    (most && number.cmp(most.q) > 0) ||
    (below && number.cmp(below.q) >= 0)
  );
}

function keepsSpread(ballot, spread, marks) {
  return (spread.item ? [spread.item] : itemsOf(ballot)).every((item) => {
    const given = marks.filter((mark) => mark.item === item).map((mark) => mark.answer);
    const found = given.filter((answer) => hits(spread, answer)).length;
    const all = Q.int(given.length);
    return !(
      (spread.count_at_most !== null && found > spread.count_at_most) ||
      (spread.count_at_least !== null && found < spread.count_at_least) ||
      (spread.share_at_most && Q.int(found).cmp(spread.share_at_most.q.mul(all)) > 0) ||
      (spread.share_at_least && Q.int(found).cmp(spread.share_at_least.q.mul(all)) < 0)
    );
  });
}

// An answer so that equal ones are equal texts: numbers by their value.
const sign = (ballot, answer) => (isNumbers(ballot) ? numberOf(answer).key() : answer);

function keepsRules(ballot, marks, others) {
  if (ballot.kind === "choose") {
    const chosen = marks.length + others;
    const { choose_exactly: exact, choose_at_most: most, choose_at_least: least } = ballot;
    if (
      chosen &&
      ((exact !== null && chosen !== exact) || (most !== null && chosen > most) || (least !== null && chosen < least))
    ) {
      return false;
    }
  }
  const different = new Set(marks.map((mark) => sign(ballot, mark.answer))).size;
  if (ballot.kind === "rank" && different !== marks.length) return false;
  if (ballot.all_equal === "void" && marks.length > 1 && different === 1) return false;
  return !marks.length || ballot.spreads.every((spread) => keepsSpread(ballot, spread, marks));
}

// The marks of a paper that count, and whether the paper as a whole is void.
function cleaned(ballot, paper, standing) {
  const marks = [];
  let spoilt = paper.void;
  for (const name of standing) {
    for (const item of itemsOf(ballot)) {
      const answers = (paper.marks.get(name) || new Map()).get(item) || [];
      if (answers.length === 1 && mayStand(ballot, answers[0], standing.length)) {
        marks.push({ name, item, answer: answers[0] });
      } else if (answers.length) spoilt = spoilt || ballot.over_mark === "paper";
      else if (ballot.blank === "paper") spoilt = true;
    }
  }
  return { marks, spoilt: spoilt || !keepsRules(ballot, marks, paper.others.length) };
}

// --- A box -----------------------------------------------------------------------------------------------
const emptyCount = () => ({
  issued: 0,
  returned: 0,
  valid: 0,
  void: 0,
  blank: 0,
  members: null,
  present: null,
  votes: new Map(), // name, item → answer → votes
  others: new Map(),
  voidVote: false,
  short: false,
});

function vote(votes, answer, number = 1) {
  votes.set(answer, (votes.get(answer) || 0) + number);
}

function countPapers(ballot, papers, standing) {
  const found = emptyCount();
  for (const name of standing) for (const item of itemsOf(ballot)) found.votes.set(pair(name, item), new Map());
  for (const paper of papers) {
    const { marks, spoilt } = cleaned(ballot, paper, standing);
    const empty = !marks.length && !paper.others.length;
    found.blank += empty ? 1 : 0;
    if (spoilt || (empty && ballot.blank_paper === "void")) {
      found.void += 1;
      continue;
    }
    found.valid += 1;
    for (const name of paper.others) vote(found.others, name);
    const given = new Map(marks.map((mark) => [pair(mark.name, mark.item), mark.answer]));
    for (const [key, votes] of found.votes) {
      const answer = given.has(key) ? given.get(key) : ballot.kind === "decide" ? "abstain" : null;
      if (answer !== null) vote(votes, answer);
    }
  }
  return found;
}

function countByHand(counted) {
  const found = { ...emptyCount(), valid: counted.valid, void: counted.void };
  for (const [name, items] of counted.votes) {
    for (const [item, votes] of items) found.votes.set(pair(name, item), new Map(votes));
  }
  return found;
}

// One box; `standing` are those who stand on its papers.
export function countBox(ballot, box, standing) {
  const found = box.counted ? countByHand(box.counted) : countPapers(ballot, box.papers, standing);
  const there = box.counted ? found.valid + found.void : box.papers.length;
  const returned = box.returned === null ? there : box.returned;
  const { issued, members, present } = box;
  const voidVote = box.voidVote || returned > issued;
  return { ...found, issued, returned, members, present, voidVote, short: there !== returned };
}

const plus = (a, b) => (a === null ? b : b === null ? a : a + b);

// Boxes put together, each of its papers counted `factor` times.
function together(boxes) {
  const whole = emptyCount();
  for (const [box, factor] of boxes) {
    for (const key of ["issued", "returned", "valid", "void"]) whole[key] += box[key] * factor;
    for (const key of ["members", "present"]) whole[key] = plus(whole[key], box[key] === null ? null : box[key] * factor);
    for (const [key, votes] of box.votes) {
      if (!whole.votes.has(key)) whole.votes.set(key, new Map());
      for (const [answer, number] of votes) vote(whole.votes.get(key), answer, number * factor);
    }
    for (const [name, number] of box.others) vote(whole.others, name, number);
    whole.voidVote = whole.voidVote || box.voidVote;
    whole.short = whole.short || box.short;
  }
  return whole;
}

const place = (ballot, where, voters) => JSON.stringify([ballot, where, voters]);

// All boxes by ballot, set and class; of votes held again only the last attempt.
export function countedBoxes(context) {
  const groups = new Map();
  const printed = new Map();
  for (const box of context.facts.ballots) {
    addTo(groups, place(box.ballot, box.where, box.voters), box, true);
    for (const paper of box.papers) {
      for (const name of paper.marks.keys()) addTo(printed, pair(box.ballot, box.where), name, true);
    }
  }
  const found = new Map();
  for (const [key, group] of groups) {
    const boxes = [...group.keys()];
    const ballot = context.scheme.ballot(boxes[0].ballot);
    const last = Math.max(...boxes.map((box) => box.attempt));
    const running = context.entries
      .filter((entry) => context.where(entry, ballot.within) === boxes[0].where)
      .map((entry) => holderOf(entry, ballot.per));
    const named = printed.get(pair(ballot.id, boxes[0].where)) || new Map();
    const standing = [...new Set(running)].filter((name) => ballot.kind === "choose" || named.has(name));
    const counts = boxes.filter((box) => box.attempt === last).map((box) => [countBox(ballot, box, standing), 1]);
    found.set(key, together(counts));
  }
  return found;
}

// --- Votes as a number -----------------------------------------------------------------------------------
function denominator(ballot, c, box, votes) {
  const number = (answers) => answers.reduce((sum, answer) => sum + (votes.get(answer) || 0), 0);
  if (c.denominator === "marked") return number([...votes.keys()]);
  if (c.denominator !== "answers") return box[c.denominator];
  return number(c.denominator_answers.length ? c.denominator_answers : ballot.kind === "decide" ? ["for", "against"] : []);
}

function pointsOf(ballot, votes) {
  const worth = new Map(ballot.grades.map((grade) => [grade.id, grade.points.q]));
  const of = (answer) => (ballot.kind === "points" ? numberOf(answer) : worth.get(answer)) || ZERO;
  return sumOf([...votes].map(([answer, number]) => of(answer).mul(Q.int(number))));
}

function meanPart(c, votes) {
  const numbers = sorted([...votes].flatMap(([answer, n]) => Array(n).fill(numberOf(answer) || ZERO)));
  const [high, low] = dropped(c.trim, numbers.length);
  const kept = numbers.length > high + low ? numbers.slice(low, numbers.length - high) : [];
  return [sumOf(kept), kept.length];
}

function itemValue(ballot, c, box, name, item) {
  const votes = box.votes.get(pair(name, item)) || new Map();
  let [top, bottom] = [ZERO, 0];
  if (c.measure === "mean") [top, bottom] = meanPart(c, votes);
  else {
    bottom = denominator(ballot, c, box, votes);
    const answers = answersOf(ballot);
    const usual = ["decide", "choose"].includes(ballot.kind) ? answers.slice(0, 1) : answers;
    const chosen = (c.answers.length ? c.answers : usual).reduce((sum, answer) => sum + (votes.get(answer) || 0), 0);
    if (c.measure === "votes") return Q.int(chosen);
    top = c.measure === "points" ? pointsOf(ballot, votes) : Q.int(chosen).mul(c.points.q);
  }
  if (bottom === null) return new Reason("denominator_missing", { ballot: ballot.id, denominator: c.denominator });
  if (bottom === 0) return new Reason("no_votes", { ballot: ballot.id });
  return cut(top.div(Q.int(bottom)), c.item_rounding);
}

function classValue(ballot, c, box, name) {
  const items = c.items.length ? c.items : itemsOf(ballot);
  const weights = new Map(ballot.items.map((item) => [item.id, item.weight.q]));
  const weight = (item) => weights.get(item) || ONE;
  const values = [];
  for (const item of items) {
    const value = itemValue(ballot, c, box, name, item);
    if (value instanceof Reason) return value;
    values.push(value.mul(weight(item)));
  }
  let whole = sumOf(values);
  if (c.items_take === "mean" && c.measure !== "votes") {
    const all = sumOf(items.map(weight));
    if (all.zero) return new Reason("division_by_zero");
    whole = whole.div(all);
  }
  return cut(whole, c.class_rounding);
}

// Whether enough took part; null when a number needed for that is not known.
function quorum(ballot, box) {
  for (const rule of ballot.quorum) {
    const [top, bottom] = [box[rule.of], box[rule.over]];
    if (top === null || bottom === null) return null;
    const share = bottom ? Q.int(top).div(Q.int(bottom)) : ZERO;
    if (rule.at_least && share.cmp(rule.at_least.q) < 0) return false;
    if (rule.above && share.cmp(rule.above.q) <= 0) return false;
  }
  return true;
}

const lcm = (a, b) => {
  let [x, y] = [a, b];
  while (y) [x, y] = [y, x % y];
  return (a / x) * b;
};

function pooledValue(ballot, c, boxes, weights, name) {
  const scale = [...weights.values()].reduce((common, weight) => lcm(common, weight.d), 1n);
  const times = (voters) => Number(((weights.get(voters) || ONE).n * scale) / (weights.get(voters) || ONE).d);
  const factors = boxes.map(([voters, box]) => [box, c.classes === "by-vote" ? times(voters) : 1]);
  const value = classValue(ballot, c, together(factors), name);
  if (value instanceof Reason || c.classes === "pool" || c.measure !== "votes") return value;
  return value.div(new Q(scale));
}

// The ballot's number for one entry, or why there is none.
export function ballotValue(context, c, entry) {
  const ballot = context.scheme.ballot(c.ballot);
  const name = holderOf(entry, ballot.per);
  const where = context.where(entry, ballot.within);
  const wanted = c.of_classes.length ? c.of_classes : classesOf(ballot);
  const boxes = wanted.map((voters) => [voters, context.boxes.get(place(ballot.id, where, voters))]);
  const params = { ballot: ballot.id };
  if (boxes.some(([, box]) => box === undefined)) return new Reason("ballot_missing", params);
  const whole = together(boxes.map(([, box]) => [box, 1]));
  if (whole.voidVote) {
    return new Reason("ballot_void", { ...params, issued: String(whole.issued), returned: String(whole.returned) });
  }
  const enough = quorum(ballot, whole);
  if (!enough) return new Reason(enough === null ? "quorum_open" : "quorum_failed", params);
  const named = itemsOf(ballot).some((item) => whole.votes.has(pair(name, item)));
  if (ballot.kind !== "choose" && !named) return new Reason("not_on_ballot", params);
  const weights = new Map(ballot.classes.map((one) => [one.id, one.weight.q]));
  if (c.classes !== "weigh") return pooledValue(ballot, c, boxes, weights, name);
  const parts = [];
  for (const [voters, box] of boxes) {
    if (box.valid === 0 && c.empty_class === "share-out") continue;
    const value = classValue(ballot, c, box, name);
    if (value instanceof Reason) return value;
    parts.push([value, weights.get(voters) || ONE]);
  }
  if (!parts.length) return new Reason("no_votes", params);
  const sum = sumOf(parts.map(([value, weight]) => value.mul(weight)));
  const all = sumOf(parts.map(([, weight]) => weight));
  if (c.measure === "votes") return sum;
  return all.zero ? new Reason("division_by_zero") : sum.div(all);
}
