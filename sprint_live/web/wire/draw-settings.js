// The numbers of one drawing, in the order they have on the wire: what each accepts, its default, how it travels, and
// the part that a slider offers. Written by scripts/draw_settings.py from sprint_live/api/draw_settings.py: change that
// file, not this one.

/** @typedef {{low: number, high: number, step: number}} Slider */
/** @typedef {'u8' | 'u16' | 'u32'} Wire */
/** @typedef {{initial: number, low: number, high: number, wire: Wire, scale: number, slider?: Slider}} DrawSetting */

/** @satisfies {Record<string, DrawSetting>} */
export const DRAW_SETTINGS = /** @type {const} */ ({
  controlStrength: { initial: 1, low: 0, high: 2, wire: 'u16', scale: 1000, slider: { low: 0, high: 1, step: 0.05 } },
  controlStart: { initial: 0, low: 0, high: 1, wire: 'u16', scale: 1000, slider: { low: 0, high: 1, step: 0.05 } },
  controlEnd: { initial: 1, low: 0, high: 1, wire: 'u16', scale: 1000, slider: { low: 0, high: 1, step: 0.05 } },
  guidance: { initial: 4.5, low: 0, high: 20, wire: 'u16', scale: 1000, slider: { low: 1, high: 10, step: 0.5 } },
  strength: { initial: 0.6, low: 0.05, high: 1, wire: 'u16', scale: 1000, slider: { low: 0.05, high: 1, step: 0.05 } },
  seed: { initial: 0, low: 0, high: 4294967295, wire: 'u32', scale: 1 },
  steps: { initial: 1, low: 1, high: 4, wire: 'u8', scale: 1 },
});
