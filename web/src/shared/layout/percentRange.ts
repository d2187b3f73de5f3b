/** A range of whole percentages. */
export type PercentRange = [low: number, high: number]

export const fullRange = (): PercentRange => [0, 100]

/** The ends as values of an address or a query; one that excludes nothing is missing. */
export const endsOf = ([low, high]: PercentRange) => ({ low: low > 0 ? low : undefined, high: high < 100 ? high : undefined })

/** Reads the ends from an address; a range that is not valid is full. */
export function rangeOf(low: string, high: string): PercentRange {
  const range: PercentRange = [percentage(low, 0), percentage(high, 100)]
  return range[0] <= range[1] ? range : fullRange()
}

const percentage = (text: string, otherwise: number) => (/^\d{1,3}$/.test(text) && Number(text) <= 100 ? Number(text) : otherwise)
