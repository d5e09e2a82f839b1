// Marks on a text: where they are after the text was changed, and how they are drawn. No Stimulus in here.

const RTL = /^[^\p{L}]*[\p{Script=Arab}\p{Script=Hebr}\p{Script=Syrc}\p{Script=Thaa}\p{Script=Nkoo}\p{Script=Adlm}]/u;

/** Return the marks where they stand after an edit; those that the edit went through are left out. */
export function moved(marks, before, after) {
  let first = 0;
  const shorter = Math.min(before.length, after.length);
  while (first < shorter && before[first] === after[first]) first += 1;
  let last = 0;
  while (last < shorter - first && before[before.length - 1 - last] === after[after.length - 1 - last]) last += 1;
  const by = after.length - before.length;
  return marks.flatMap((mark) => {
    const [start, end] = mark.span;
    if (end <= first) return [mark];
    if (start >= before.length - last) return [{ ...mark, span: [start + by, end + by] }];
    // Somebody writes inside a line, and it is most likely the same line still.
    return !mark.fact && start <= first && end >= before.length - last ? [{ ...mark, span: [start, end + by] }] : [];
  });
}

/** Return the mark that is closest round a place: a fact before the line that it stands in. */
export function at(marks, place) {
  const round = marks.filter(({ span: [start, end] }) => start <= place && place <= end);
  return round.find((mark) => mark.fact) || round[0];
}

/** Draw a text with its marks; what is drawn has exactly the letters of the text. */
export function draw(sheet, text, marks) {
  const lines = marks.filter((mark) => !mark.fact).sort(byPlace);
  const facts = marks.filter((mark) => mark.fact).sort(byPlace);
  const parts = [];
  let here = 0;
  let words = null;
  lines.forEach((line) => {
    const [start, end] = line.span;
    if (start < here) return;
    while (facts.length && facts[0].span[1] <= start) facts.shift();
    const element = drawn(line, text, facts);
    // Several things on one line share the place beside it.
    if (!words || text.slice(words.end, start).includes("\n")) words = { element, said: [] };
    if (!words.said.includes(line.word)) words.said.push(line.word);
    words.end = end;
    words.element.dataset.word = words.said.join(", ");
    parts.push(text.slice(here, start), element);
    here = end;
  });
  // A last line end would not be seen without something after it.
  parts.push(text.slice(here), "\u200b");
  sheet.replaceChildren(...parts);
}

function drawn(line, text, facts) {
  const [first, last] = line.span;
  const element = span("ng-mark-line", line);
  // Each line of the text runs as its first letter does, and CSS alone is not told.
  element.classList.toggle("is-rtl", RTL.test(text.slice(text.lastIndexOf("\n", first - 1) + 1, last)));
  let here = first;
  for (const fact of facts) {
    if (fact.span[0] >= last) break;
    const [start, end] = [Math.max(fact.span[0], first), Math.min(fact.span[1], last)];
    if (start < here || start >= end) continue;
    const inner = span("ng-mark-fact", fact);
    inner.textContent = text.slice(start, end);
    element.append(text.slice(here, start), inner);
    here = end;
  }
  element.append(text.slice(here, last));
  return element;
}

function span(name, mark) {
  const element = document.createElement("span");
  element.className = `${name} ng-kind--${mark.kind}`;
  element.dataset.mark = mark.id;
  return element;
}

function byPlace(one, other) {
  return one.span[0] - other.span[0] || one.span[1] - other.span[1];
}
