// An event of a month is headed with the month, one of a year with the year: only the form needs a first day for them.

const LENGTHS = { MONTH: "2026-12".length, YEAR: "2026".length };
const DAY = /^\d{4}-\d\d-\d\d$/;

class EventDefinition extends window.wagtailStreamField.blocks.StructBlockDefinition {
  render(...all) {
    const block = super.render(...all);
    const { starts, precision } = block.childBlocks;
    const label = starts.getTextLabel.bind(starts);
    starts.getTextLabel = (options) => {
      const day = label(options);
      return DAY.test(day) ? day.slice(0, LENGTHS[precision.getValue()]) : day;
    };
    return block;
  }
}

window.telepath.register("nutgraf.desk.Event", EventDefinition);
