/**
 * What every made scorer begins with, as text: sets of values, outcomes as bits, gates and pivots. Written without the engine's
 * code, so that an error in the one is not an error in the other.
 *
 * Values of a number are a sorted array. `ends` marks an array that holds only the least and the greatest of a number item's
 * many values.
 */
export const RUNTIME = `const OPEN = -1, ABSENT = -2, SEVERAL = -3;
const NO = 1, YES = 2, MAYBE = 3;

const just = (value) => [value];
const sorted = (values, ends) => {
  const all = [...new Set(values)].sort((x, y) => x - y);
  const short = ends || all.length > 4096 ? [all[0], all[all.length - 1]] : all;
  if (short !== all || ends) short.ends = true;
  return short;
};
const each = (a, b, f) =>
  a.length === 1 && b.length === 1
    ? [f(a[0], b[0])]
    : sorted(a.flatMap((x) => b.map((y) => f(x, y))), (a.ends || b.ends) && (a.length > 1 || b.length > 1));
const half = (x) => (x < 0 ? -Math.floor(0.5 - x) : Math.floor(x + 0.5)) + 0;
const not = (outcome) => (outcome === MAYBE ? MAYBE : MAYBE - outcome);
const all = (parts) => {
  let seen = YES;
  for (const part of parts) {
    const one = part();
    if (one === NO) return NO;
    if (one === MAYBE) seen = MAYBE;
  }
  return seen;
};
const any = (parts) => not(all(parts.map((part) => () => not(part()))));
const atLeast = (values, least) => (values[values.length - 1] >= least ? YES : 0) | (values[0] < least ? NO : 0);
const within = (values, ranges) => {
  const inside = (x) => ranges.some(([from, to]) => x >= from && x <= to);
  if (!values.ends) return values.reduce((seen, x) => seen | (inside(x) ? YES : NO), 0);
  const [low, high] = [values[0], values[values.length - 1]];
  const touched = ranges.some(([from, to]) => high >= from && low <= to);
  const covered = ranges.some(([from, to]) => low >= from && high <= to);
  return (touched ? YES : 0) | (covered ? 0 : NO);
};
const indicated = (outcome) => (outcome === MAYBE ? [0, 1] : [outcome === YES ? 1 : 0]);
const either = (outcome, yes, no) => {
  if (outcome !== MAYBE) return outcome === YES ? yes() : no();
  const [a, b] = [yes(), no()];
  return sorted([...a, ...b], (a.ends && a.length > 1) || (b.ends && b.length > 1));
};
const looked = (of, keys, values) =>
  of.ends
    ? sorted(values.filter((_, i) => keys[i] >= of[0] && keys[i] <= of[of.length - 1]), true)
    : sorted(of.map((key) => values[keys.indexOf(key)]), false);

const choicesOf = (form, v) =>
  form.at[v] >= 0 || form.at[v] === ABSENT
    ? [form.at[v]]
    : form.at[v] === SEVERAL
      ? form.several[v]
      : variables[v].codes.map((_, i) => i);
const chosen = (form, v, choices) =>
  choicesOf(form, v).reduce((seen, choice) => seen | (choices.includes(choice) ? YES : NO), 0);
const pointed = (form, v, points) => sorted(choicesOf(form, v).map((choice) => points[choice]), false);
const count = (form, v) => {
  if (form.at[v] >= 0) return [form.at[v]];
  const ends = [variables[v].min, variables[v].max];
  ends.ends = true;
  return ends;
};

/** Every way to fill in what is open of the pivots; one that was answered with several values takes these alone. */
function* fillings(form, pivots) {
  const free = pivots.flatMap(([v, values]) =>
    form.at[v] === OPEN ? [[v, values]] : form.at[v] === SEVERAL ? [[v, form.several[v]]] : [],
  );
  if (free.length === 0) return yield form;
  const total = free.reduce((product, [, values]) => product * values.length, 1);
  for (let n = 0; n < total; n++) {
    const at = [...form.recorded.at];
    let rest = n;
    for (const [v, values] of free) {
      at[v] = values[rest % values.length];
      rest = Math.floor(rest / values.length);
    }
    yield gated(form.recorded, at, true);
  }
}
const decide = (form, pivots, test) => {
  let seen = 0;
  for (const filled of fillings(form, pivots)) seen |= test(filled);
  return seen;
};
const reach = (form, pivots, items, value) => {
  const without = (one) => items.length > 0 && items.every((v) => one.at[v] === ABSENT);
  if (without(form)) return null;
  let found = null;
  for (const filled of fillings(form, pivots)) {
    if (filled !== form && without(filled)) continue;
    const values = value(filled);
    found = found === null ? values : sorted([...found, ...values], found.ends || values.ends);
  }
  return found ?? [];
};

/** The form after its gates: what was not asked because of them takes what they say. */
function gated(recorded, at, filledIn = false) {
  const form = { recorded, at, several: recorded.several, states: [], kept: [] };
  for (const gate of gates) {
    const outcome = filledIn ? gate.test(form) : decide(form, gate.pivots, gate.test);
    if (outcome !== YES) {
      form.states.push(outcome === MAYBE ? 'undecided' : 'off');
      continue;
    }
    const against = gate.targets.some((v, i) => {
      const given = recorded.at[v];
      if (gate.kind === 'stops' || given === OPEN || given === ABSENT) return false;
      const choices = given === SEVERAL ? recorded.several[v] : [given];
      return gate.kind === 'not-applicable' || !choices.some((choice) => gate.same[i].includes(choice));
    });
    form.states.push(against ? 'contradicted' : 'holds');
    if (against || gate.kind === 'stops') continue;
    form.at = [...form.at];
    form.kept = [];
    gate.targets.forEach((v, i) => {
      if (recorded.at[v] === OPEN) form.at[v] = gate.kind === 'points' ? gate.as[i] : ABSENT;
    });
  }
  return form;
}

const read = (answers, context, chosenMembers) => {
  const asked = members.map(({ id, asked: by }) => by === 'all' || chosenMembers.includes(id));
  const several = {};
  const at = variables.map((variable, v) => {
    const answer = (v < items ? answers : context)[variable.id];
    const declined = answer === undefined || answer === null || typeof answer === 'object';
    if (variable.member !== undefined && answer !== undefined && answer !== null) asked[variable.member] = true;
    if (declined || (v >= items && answer === 'unknown')) return OPEN;
    if (variable.places !== undefined) return Math.round(Number(answer) * 10 ** variable.places);
    if (variable.codes === undefined || variable.missing.includes(String(answer))) return OPEN;
    const choices = [...variable.codes.keys()].filter((i) => variable.codes[i] === String(answer));
    if (choices.length === 0) throw new TypeError(variable.id + ': not an answer to this item');
    if (choices.length > 1) several[v] = choices;
    return choices.length > 1 ? SEVERAL : choices[0];
  });
  variables.forEach(({ member }, v) => {
    if (member !== undefined && !asked[member]) at[v] = ABSENT;
  });
  return { at, several, administered: asked };
};

const scoreOf = (values, scale) =>
  values === null
    ? { status: 'not-applicable' }
    : values[0] === values[values.length - 1]
      ? { status: 'complete', value: values[0] / scale }
      : { status: 'incomplete', bounds: { lowest: values[0] / scale, highest: values[values.length - 1] / scale } };
const flag = (outcome, reads, disputed) =>
  outcome === YES
    ? 'raised'
    : outcome === MAYBE || reads.some((v) => v < items && disputed.includes(v))
      ? 'open'
      : 'not-raised';
const levelsOf = (values, scale, levels) =>
  values &&
  levels.flatMap(([id, from, next]) => {
    const [low, high] = [from ?? -Infinity, next ?? Infinity];
    const met = values.ends
      ? values[values.length - 1] / scale >= low && values[0] / scale < high
      : values.some((x) => x / scale >= low && x / scale < high);
    return met ? [id] : [];
  });
const firstOf = (levels) => {
  const possible = [];
  for (const [id, outcome] of levels) {
    const one = outcome();
    if (one === YES) return [id];
    if (one === MAYBE) possible.push(id);
  }
  return possible;
};
const band = (possible, levels, negative, inconsistent) => {
  if (possible === null) return null;
  if (possible.length !== 1) return { status: 'undecided', possible };
  return inconsistent && negative.includes(possible[0])
    ? { status: 'undecided', possible: levels }
    : { status: 'decided', level: possible[0] };
};
const cutOff = (applies, outcome, negative, inconsistent) => {
  if (applies === NO) return null;
  const one = applies === YES ? outcome() : MAYBE;
  if (one === MAYBE) return 'undecided';
  const status = one === YES ? 'met' : 'not-met';
  return inconsistent && negative === status ? 'undecided' : status;
};
`;
