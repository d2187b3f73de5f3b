import { getBatch } from './batches'
import { pause } from './events'
import { ApiError } from './http'
import type { Batch } from './schema'

export const isEnded = ({ state }: Batch) => state === 'done' || state === 'cancelled'

/**
 * Follows a batch to its end. A connection that breaks is opened again, with an ordinary request in between: it reports the
 * error if there is one, and its texts are in the language of the page, which the events are not.
 * Rejects if the server refuses the request, if the first request fails, and when it is aborted.
 */
export async function followBatch(id: number, onChange: (batch: Batch) => void, signal: AbortSignal): Promise<void> {
  for (let isKnown = false; ; ) {
    let batch: Batch | null = null
    try {
      batch = await getBatch(id, signal)
      isKnown = true
      onChange(batch)
      if (isEnded(batch)) return
    } catch (error) {
      const mayPass = error instanceof ApiError && (error.status === 0 || error.status >= 500 || error.status === 429)
      if (!mayPass || !isKnown) throw error
    }
    if (batch && (await streamEvents(batch, onChange, signal)) === 'turned') continue
    await pause(2000, signal)
  }
}

/** Resolves when the batch ends or the reason of its pause changes ("turned"), and when the stream breaks. */
function streamEvents(known: Batch, onChange: (batch: Batch) => void, signal: AbortSignal): Promise<'turned' | 'broken'> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const events = new EventSource(known.links.events)
    const close = (settle: () => void) => {
      events.close()
      signal.removeEventListener('abort', abort)
      settle()
    }
    const abort = () => close(() => reject(signal.reason))
    events.addEventListener('progress', event => {
      const batch = JSON.parse((event as MessageEvent<string>).data) as Batch
      if (isEnded(batch) || batch.reason?.code !== known.reason?.code) close(() => resolve('turned'))
      else onChange({ ...batch, reason: known.reason })
    })
    events.onerror = () => close(() => resolve('broken'))
    signal.addEventListener('abort', abort, { once: true })
  })
}
