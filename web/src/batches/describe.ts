import type { Batch } from '@/api/schema'
import { text } from '@/shared/i18n'

export const stateName = ({ state, open }: Batch) =>
  text.value.batchesPage.state[open && (state === 'reading' || state === 'running') ? 'open' : state]

export const doneOf = ({ succeeded, failed }: Batch) => succeeded + failed

/** 0.0532 -> "0.053", 5.32 -> "5.3", 53.2 -> "53" */
export const rounded = (value: number) => (value >= 10 ? value.toFixed(0) : Number(value.toPrecision(2)).toString())
