// What to offer for what was typed: no page and no Stimulus in here.

const APOSTROPHES = /[‘’ʼ`´]/g;

/** Return what two spellings of one name have in common. */
export function keyOf(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").replace(APOSTROPHES, "'").toLowerCase().trim();
}

/**
 * Return the options that fit, best first: those that begin with it, those with
 * a word that does, then those that hold it. "The" at the start is nobody's first word.
 */
export function rank(options, typed) {
  const wanted = keyOf(typed);
  const fit = (option) => {
    const key = keyOf(option.value);
    if (key.startsWith(wanted) || key.replace(/^the /, "").startsWith(wanted)) return 0;
    if (key.includes(` ${wanted}`)) return 1;
    return key.includes(wanted) ? 2 : 3;
  };
  return options
    .map((option, place) => ({ option, place, fit: fit(option) }))
    .filter((each) => each.fit < 3)
    .sort((one, other) => one.fit - other.fit || one.place - other.place)
    .map((each) => each.option);
}

/** Return the option that these words are, in whatever spelling. */
export function find(options, typed) {
  const wanted = keyOf(typed);
  return options.find((option) => keyOf(option.value) === wanted);
}
