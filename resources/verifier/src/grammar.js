// Every table of a scheme: its keys, what each accepts, and what it is when left out.
// A key of which nothing stands after the kind is required.

const ROUNDING = { places: ["int", 2], mode: ["word", "half-up"] };
const EXACT = { places: 0, mode: "exact" };
const LIMITS = {
  at_least: ["limit", null],
  above: ["limit", null],
  at_most: ["limit", null],
  below: ["limit", null],
};
const CONDITION = {
  attribute: ["word", ""],
  of: ["word", ""],
  equals: ["word", null],
  any_of: ["words", []],
  ...LIMITS,
  present: ["bool", null],
  negate: ["bool", false],
};
const WHEN = [[CONDITION], []];
const TRIM = {
  high: ["int", 1],
  low: ["int", 1],
  on: ["word", "totals"],
  when_more_than: ["int", 0],
  high_percent: ["number", "0"],
  low_percent: ["number", "0"],
};
const NO_TRIM = { high: 0, low: 0, on: "totals", when_more_than: 0, high_percent: "0", low_percent: "0" };
const NAMED = { id: ["word"], title: ["text"] };
const PER = ["word", "entry"];

const GROUP = {
  ...NAMED,
  seats: ["int"],
  criteria: [
    [
      {
        ...NAMED,
        maximum: ["number"],
        minimum: ["number", "0"],
        step: ["number", "0.1"],
        weight: ["number", "1"],
        look_for: ["text", null],
        bands: [[{ title: ["text"], low: ["number"], high: ["number"] }], []],
      },
    ],
  ],
  minimum: ["int", 1],
  scope: ["word", "room"],
  chief: ["int", 1],
  trim: [[TRIM], [{}]],
  discard: [{ beyond: ["number"], of: ["word", "mean"], percent: ["bool", false] }, null],
  take: ["word", "mean"],
  rounding: [ROUNDING, null],
  total_rounding: [ROUNDING, EXACT],
  criterion_rounding: [ROUNDING, EXACT],
  total_minimum: ["number", null],
  total_maximum: ["number", null],
  calibrate: ["int", 0],
  per: PER,
};

const STAGE = {
  ...NAMED,
  limit_s: ["int"],
  warnings_s: ["ints", [60]],
  at_end: ["word", "bell"],
  penalties: [[{ points: ["number"], up_to_s: ["int", null], every_s: ["int", null] }], []],
  reading: ["bool", false],
};

const SPREAD = {
  item: ["word", ""],
  grade: ["word", ""],
  at_least: ["number", null],
  above: ["number", null],
  at_most: ["number", null],
  below: ["number", null],
  count_at_most: ["int", null],
  count_at_least: ["int", null],
  share_at_most: ["ratio", null],
  share_at_least: ["ratio", null],
};

const BALLOT = {
  ...NAMED,
  kind: ["word"],
  within: ["word", "event"],
  grades: [[{ ...NAMED, points: ["ratio", "0"] }], []],
  items: [[{ ...NAMED, weight: ["ratio", "1"] }], []],
  classes: [[{ ...NAMED, weight: ["ratio", "1"] }], []],
  choose_exactly: ["int", null],
  choose_at_most: ["int", null],
  choose_at_least: ["int", null],
  write_in: ["bool", false],
  minimum: ["number", "0"],
  maximum: ["number", "100"],
  step: ["number", "1"],
  over_mark: ["word", "item"],
  blank: ["word", "abstain"],
  blank_paper: ["word", "valid"],
  all_equal: ["word", "valid"],
  spreads: [[SPREAD], []],
  quorum: [[{ of: ["word"], over: ["word"], at_least: ["ratio", null], above: ["ratio", null] }], []],
  note: ["text", null],
  per: PER,
};

const COMPONENT = {
  ...NAMED,
  kind: ["word"],
  note: ["text", null],
  rounding: [ROUNDING, null],
  absent: ["word", "out"],
  later: ["bool", false],
};
const BROUGHT = { ...COMPONENT, maximum: ["number", "100"], minimum: ["number", "0"], per: PER };
const HELD = { cap: ["number", null], floor: ["number", null], maximum: ["number", null] };
const DROPPED = { drop_high: ["int", 0], drop_low: ["int", 0] };

export const COMPONENTS = {
  imported: BROUGHT,
  entered: BROUGHT,
  panel: { ...COMPONENT, group: ["word"] },
  sum: {
    ...COMPONENT,
    ...HELD,
    terms: [[{ of: ["word"], weight: ["ratio", "1"], rounding: [ROUNDING, EXACT] }]],
    plus: ["number", "0"],
    divide: ["ratio", "1"],
  },
  formula: { ...COMPONENT, ...HELD, formula: ["word"] },
  case: { ...COMPONENT, cases: [[{ when: WHEN, of: ["word"] }]], otherwise: ["word", ""] },
  attribute: {
    ...COMPONENT,
    attribute: ["word"],
    times: ["number", "1"],
    cap: ["number", null],
    missing: ["word", "wait"],
  },
  bonus: {
    ...COMPONENT,
    awards: [[{ points: ["number"], when: WHEN, title: ["text", null] }]],
    take: ["word", "sum"],
    cap: ["number", null],
  },
  steps: {
    ...COMPONENT,
    of: ["word"],
    steps: [[{ at_least: ["number"], value: ["number"], title: ["text", null] }]],
    otherwise: ["number", "0"],
  },
  overrun: { ...COMPONENT, stage: ["word"], per: PER },
  ballot: {
    ...COMPONENT,
    ballot: ["word"],
    measure: ["word", "points"],
    answers: ["words", []],
    denominator: ["word", "valid"],
    denominator_answers: ["words", []],
    points: ["ratio", "100"],
    items: ["words", []],
    of_classes: ["words", []],
    classes: ["word", "weigh"],
    empty_class: ["word", "wait"],
    items_take: ["word", "mean"],
    trim: [TRIM, NO_TRIM],
    item_rounding: [ROUNDING, EXACT],
    class_rounding: [ROUNDING, EXACT],
  },
  statistic: { ...COMPONENT, ...DROPPED, of: ["word"], take: ["word", "mean"], within: ["word", "event"] },
  balance: {
    ...COMPONENT,
    ...DROPPED,
    of: ["word"],
    within: ["word", "room"],
    across: ["word", "event"],
    overall: ["word", "room-means"],
    means: [ROUNDING, EXACT],
    coefficient: [ROUNDING, { places: 4 }],
  },
  places: { ...COMPONENT, ...DROPPED, group: ["word"], within: ["word", "post"], take: ["word", "sum"] },
  best: { ...COMPONENT, of: ["word"], within: ["word", "post"], points: ["number", "100"] },
  grade: {
    ...COMPONENT,
    of: ["word"],
    grades: [
      [
        {
          ...NAMED,
          points: ["number", "0"],
          share: ["ratio", null],
          count: ["int", null],
          at_least: ["number", null],
          at_least_share: ["ratio", null],
        },
      ],
    ],
    within: ["word", "event"],
    people: ["word", "down"],
    ties: ["word", "down"],
  },
};

const ROUND = {
  ...NAMED,
  by: ["word"],
  order: ["word", "descending"],
  within: ["word", "post"],
  field: ["word", ""],
  gates: [
    [
      {
        of: ["word"],
        ...LIMITS,
        out_of: ["number", null],
        when: WHEN,
        code: ["word", "below_threshold"],
        title: ["text", null],
      },
    ],
    [],
  ],
  entrants: [{ minimum: ["int", 0], ratio: ["ratio", null], below: ["word", "cancel"] }, null],
  take: ["word", "best"],
  ratio: ["ratio", null],
  count: ["int", null],
  share: ["ratio", null],
  by_places: [
    [{ places: ["int"], places_to: ["int", null], ratio: ["ratio", null], count: ["int", null] }],
    [],
  ],
  ratio_rounding: ["word", "up"],
  ties: [
    [
      {
        by: ["word", ""],
        places: ["int", null],
        exact: ["bool", false],
        attribute: ["word", ""],
        prefer: ["words", []],
        direction: ["word", "descending"],
        lot: ["bool", false],
      },
    ],
    [],
  ],
  ties_at_cut: ["word", "all"],
  rank_style: ["word", "1224"],
  quotas: [
    [
      {
        when: WHEN,
        each: ["word", ""],
        at_least: ["int", null],
        at_most: ["int", null],
        title: ["text", null],
      },
    ],
    [],
  ],
  close: [{ count: ["int"], margin: ["ratio", null], leader_below: ["ratio", null] }, null],
  one_post: ["bool", false],
  replacement: ["word", "none"],
  replace_at_most: ["int", null],
  passed: ["text", null],
};

const DRAW = {
  held: ["words", ["order"]],
  parties: ["words", []],
  posts: ["word", "free"],
  absent: ["word", "lot"],
  late: ["word", "barred"],
  half_days: ["words", []],
  question_sets: ["words", []],
  one_unit: ["word", "apart"],
};

// Named here because plans have them; nothing that is checked follows from them.
const ATTENDANCE = { calls: ["int", 0], wait_s: ["int", 0], supervisor: ["bool", false] };

export const SCHEME = {
  format: ["int"],
  ...NAMED,
  components: [["component"]],
  composite: ["word"],
  note: ["text", null],
  language: ["word", "zh-CN"],
  choices: ["texts", []],
  rounding: [ROUNDING, {}],
  intake: [
    {
      minimum_entries: ["int", 0],
      minimum_ratio: ["ratio", null],
      counts: ["word", "entries"],
      below: ["word", "cancel"],
      move: ["bool", false],
      most_posts: ["int", null],
    },
    {},
  ],
  groups: [[GROUP], []],
  stages: [[STAGE], []],
  draw: [DRAW, {}],
  attendance: [ATTENDANCE, {}],
  second_copy: ["word", "warn"],
  attendance: [{ calls: ["int", 0], wait_s: ["int", 0], supervisor: ["bool", false] }, {}],
  ballots: [[BALLOT], []],
  rounds: [[ROUND], []],
  post_outcomes: [[NAMED], []],
};

// The keys of every table, for comparing with the program's own list.
export function everyTable(keys = SCHEME, found = Object.values(COMPONENTS).map((one) => Object.keys(one))) {
  found.push(Object.keys(keys));
  for (const [kind] of Object.values(keys)) {
    const inner = Array.isArray(kind) ? kind[0] : kind;
    if (typeof inner === "object") everyTable(inner, found);
  }
  return found;
}
